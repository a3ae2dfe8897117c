package dev.creel.control.numbers;

import dev.creel.contract.app.AppId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import dev.creel.contract.numbers.Reading;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of all nodes in the text format that Prometheus scrapes. Totals of a node are {@code creel_…}, those of an application
 * {@code creel_app_…}, of which only so many have series as configuration says.
 */
final class Metrics {
    private static final long NANOS_OF_A_SECOND = 1_000_000_000;

    private final MetricsText text = new MetricsText();

    private Metrics() {}

    /**
     * Writes it all.
     *
     * @param names of applications, those that are known
     * @param appsMax how many applications have series: those with the most requests
     */
    static String of(List<NodeAnswer> answers, Map<AppId, AppNames.Name> names, int appsMax) {
        var metrics = new Metrics();
        var shown = mostAsked(answers, appsMax);
        for (var answer : answers) {
            var labels = Map.of("node", answer.node().value());
            boolean told = answer instanceof NodeAnswer.Told;
            metrics.text.gauge("creel_node_up", "Whether the node told its numbers.", labels, told ? "1" : "0");
            if (answer instanceof NodeAnswer.Told(var ignored, var at, var numbers)) {
                metrics.counts("creel_", labels, numbers.totals());
                numbers.readings().forEach(reading -> metrics.reading(labels, reading));
                metrics.text.gauge(
                        "creel_apps_counted",
                        "Applications that have had traffic lately.",
                        labels,
                        Integer.toString(numbers.appsCounted()));
                numbers.apps().stream()
                        .filter(app -> shown.contains(app.app()))
                        .forEach(app -> metrics.app(labels, app, names.get(app.app())));
            }
        }
        return metrics.text.toString();
    }

    private static Set<AppId> mostAsked(List<NodeAnswer> answers, int most) {
        var requests = new HashMap<AppId, Long>();
        for (var answer : answers) {
            if (answer instanceof NodeAnswer.Told(var ignored, var at, var numbers)) {
                numbers.apps()
                        .forEach(app -> requests.merge(app.app(), app.counts().of(Counted.REQUESTS), Long::sum));
            }
        }
        return requests.entrySet().stream()
                .sorted(Map.Entry.<AppId, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().toString()))
                .limit(most)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void app(Map<String, String> node, AppNumbers app, AppNames.@Nullable Name name) {
        var labels = new LinkedHashMap<>(node);
        labels.put("app", app.app().toString());
        labels.put("tenant", app.tenant().toString());
        if (name != null) {
            labels.put("name", name.app());
        }
        counts("creel_app_", labels, app.counts());
        text.gauge(
                "creel_app_requests_now",
                "Requests from outside that are under way.",
                labels,
                Long.toString(app.requestsNow()));
    }

    private void counts(String prefix, Map<String, String> labels, Counts counts) {
        for (var what : Counted.values()) {
            long count = counts.of(what);
            switch (what.kind()) {
                case PLAIN -> plain(prefix, labels, what, count);
                case OUTCOME ->
                    text.counter(
                            prefix + "outcomes_total",
                            "Runs of guests, by how they ended.",
                            with(labels, "outcome", what.word()),
                            Long.toString(count));
                case REFUSAL ->
                    text.counter(
                            prefix + "refused_total",
                            "Requests refused before a guest ran, by the limit that refused.",
                            with(labels, "limit", what.word()),
                            Long.toString(count));
            }
        }
    }

    private void plain(String prefix, Map<String, String> labels, Counted what, long count) {
        var word = what.word();
        boolean time = word.endsWith("_nanos");
        var name = time ? word.substring(0, word.length() - "nanos".length()) + "seconds" : word;
        text.counter(prefix + name + "_total", help(what), labels, time ? seconds(count) : Long.toString(count));
    }

    private static String help(Counted what) {
        return switch (what) {
            case REQUESTS -> "Requests from outside, refused ones included.";
            case RUNS -> "Runs of guests that have ended.";
            case WALL_NANOS -> "Time of runs from their beginning to their end.";
            case CPU_NANOS -> "Processor time of runs.";
            case BYTES_IN -> "Bytes of request bodies that guests have read.";
            case BYTES_OUT -> "Bytes of response bodies that guests have written.";
            case LOG_BYTES -> "Bytes that guests printed and that were kept.";
            case LOG_BYTES_DROPPED -> "Bytes that guests printed and that were dropped.";
            case OK,
                    FAILED,
                    TRAPPED,
                    OUT_OF_TIME,
                    OUT_OF_CPU,
                    OUT_OF_MEMORY,
                    NODE_FULL,
                    REQUEST_TOO_LARGE,
                    RESPONSE_TOO_LARGE,
                    ABANDONED,
                    APP_REQUESTS,
                    TENANT_REQUESTS,
                    QUEUE,
                    TRAPS,
                    REQUEST_BYTES -> throw new IllegalArgumentException(what + " is a label");
        };
    }

    /** Exactly, without floating point. */
    private static String seconds(long nanos) {
        return nanos / NANOS_OF_A_SECOND + "." + String.format(Locale.ROOT, "%09d", nanos % NANOS_OF_A_SECOND);
    }

    private void reading(Map<String, String> node, Reading reading) {
        var labels = new LinkedHashMap<>(node);
        labels.putAll(reading.labels());
        var value = Long.toString(reading.value());
        switch (reading.kind()) {
            case GAUGE -> text.gauge("creel_" + reading.name(), reading.help(), labels, value);
            case COUNTER -> text.counter("creel_" + reading.name() + "_total", reading.help(), labels, value);
        }
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var more = new LinkedHashMap<>(labels);
        more.put(name, value);
        return more;
    }
}
