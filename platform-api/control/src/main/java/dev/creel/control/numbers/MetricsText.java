package dev.creel.control.numbers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prometheus' text format, version 0.0.4: all samples of a metric in one piece, below its help and its type, in the order in which metrics
 * are first named.
 */
final class MetricsText {
    private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();

    /** Adds a sample of a metric that goes up and down. */
    void gauge(String name, String help, Map<String, String> labels, String value) {
        add(name, "gauge", help, labels, value);
    }

    /** Adds a sample of a metric that only grows; its name ends with {@code _total}. */
    void counter(String name, String help, Map<String, String> labels, String value) {
        add(name, "counter", help, labels, value);
    }

    private void add(String name, String type, String help, Map<String, String> labels, String value) {
        var metric = metrics.computeIfAbsent(
                name,
                ignored -> new StringBuilder()
                        .append("# HELP ")
                        .append(name)
                        .append(' ')
                        .append(help.replace("\\", "\\\\").replace("\n", "\\n"))
                        .append("\n# TYPE ")
                        .append(name)
                        .append(' ')
                        .append(type)
                        .append('\n'));
        metric.append(name)
                .append(labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}")))
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return String.join("", metrics.values());
    }
}
