package dev.creel.cli.top;

import dev.creel.contract.app.AppId;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import dev.creel.contract.numbers.NodeNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks as text. After the first look it shows what has happened since the nodes started; after each further one, how much a second
 * between the two.
 */
public final class Screen {
    private static final long MIB = 1L << 20;
    private static final double NANOS = 1e9;

    private final Look now;
    private final Look before;
    /** Between the two; zero if there was only one. */
    private final Duration between;

    private final StringBuilder text = new StringBuilder();

    private Screen(Look now, Look before, Duration between) {
        this.now = now;
        this.before = before;
        this.between = between;
    }

    /** One look: counts since the nodes started. */
    public static List<String> of(Look look, int appsMax) {
        return new Screen(look, new Look(Map.of(), Map.of(), Map.of()), Duration.ZERO).lines(appsMax);
    }

    /** Two looks, so far apart: what has happened a second. */
    public static List<String> of(Look look, Look before, Duration between, int appsMax) {
        return new Screen(look, before, between).lines(appsMax);
    }

    private List<String> lines(int appsMax) {
        var requests = between.isZero() ? "REQUESTS" : "REQ/S";
        nodeLine("NODE", requests, "LANES", "WAIT", "APPS", "CPU", "REFUSED", "GUESTS-MIB", "HEAP-MIB");
        now.nodes().forEach(this::node);
        now.silent().forEach((name, why) -> text.append("%-20s does not answer: %s%n".formatted(name, why)));
        total();
        text.append(System.lineSeparator());
        appLine("APP (TENANT)", requests, "NOW", "RUNS", "CPU", "FAILED", "STOPPED", "REFUSED");
        busiest().stream().limit(appsMax).forEach(this::app);
        return text.toString().lines().toList();
    }

    private void node(NodeId id, NodeNumbers numbers) {
        // A node that was not there at the last look has started since.
        var counts =
                numbers.totals().since(before.node(id).map(NodeNumbers::totals).orElse(Counts.NONE));
        nodeLine(
                id.value(),
                rate(counts.of(Counted.REQUESTS)),
                numbers.reading("lanes_running") + "/" + numbers.reading("lanes_permits"),
                Long.toString(numbers.reading("lanes_waiting")),
                Integer.toString(numbers.appsCounted()),
                cpu(counts),
                rate(counts.of(Counted.Kind.REFUSAL)),
                Long.toString(numbers.reading("memory_used_bytes") / MIB),
                Long.toString(numbers.reading("process_heap_bytes") / MIB));
    }

    private void total() {
        if (now.nodes().size() < 2) {
            return;
        }
        var counts = now.totals().since(before.totals());
        nodeLine(
                "all",
                rate(counts.of(Counted.REQUESTS)),
                sum("lanes_running") + "/" + sum("lanes_permits"),
                Long.toString(sum("lanes_waiting")),
                "",
                cpu(counts),
                rate(counts.of(Counted.Kind.REFUSAL)),
                "",
                "");
    }

    private long sum(String reading) {
        return now.nodes().values().stream()
                .mapToLong(node -> node.reading(reading))
                .sum();
    }

    /** Those with the most processor time first, then by requests. */
    private List<AppNumbers> busiest() {
        var earlier = before.apps();
        var all = new ArrayList<AppNumbers>();
        now.apps()
                .forEach((id, app) -> all.add(new AppNumbers(
                        id, app.tenant(), app.requestsNow(), app.counts().since(counts(earlier, id, app)))));
        all.sort(Comparator.<AppNumbers>comparingLong(app -> app.counts().of(Counted.CPU_NANOS))
                .thenComparingLong(app -> app.counts().of(Counted.REQUESTS))
                .reversed()
                .thenComparing(app -> now.name(app.app())));
        return all;
    }

    /** An application that was not listed at the last look has had its counts for an unknown time: none of them are since then. */
    private Counts counts(Map<AppId, AppNumbers> earlier, AppId id, AppNumbers app) {
        var known = earlier.get(id);
        return known != null ? known.counts() : between.isZero() ? Counts.NONE : app.counts();
    }

    private void app(AppNumbers app) {
        var counts = app.counts();
        long stopped = counts.of(Counted.OUT_OF_TIME)
                + counts.of(Counted.OUT_OF_CPU)
                + counts.of(Counted.OUT_OF_MEMORY)
                + counts.of(Counted.REQUEST_TOO_LARGE)
                + counts.of(Counted.RESPONSE_TOO_LARGE);
        appLine(
                now.name(app.app()),
                rate(counts.of(Counted.REQUESTS)),
                Long.toString(app.requestsNow()),
                rate(counts.of(Counted.RUNS)),
                cpu(counts),
                rate(counts.of(Counted.FAILED) + counts.of(Counted.TRAPPED)),
                rate(stopped),
                rate(counts.of(Counted.Kind.REFUSAL)));
    }

    /** A count, or how much of it there was a second. */
    private String rate(long count) {
        return between.isZero() ? Long.toString(count) : format((double) count / seconds());
    }

    /** Processor time in seconds, or how much of a processor it was. */
    private String cpu(Counts counts) {
        double used = (double) counts.of(Counted.CPU_NANOS) / NANOS;
        return between.isZero() ? format(used) + " s" : format(100 * used / seconds()) + " %";
    }

    private double seconds() {
        return (double) between.toNanos() / NANOS;
    }

    private static String format(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private void nodeLine(Object... columns) {
        add(String.format(Locale.ROOT, "%-20s %9s %7s %6s %6s %8s %8s %10s %10s%n", columns));
    }

    private void appLine(Object... columns) {
        add(String.format(Locale.ROOT, "%-36s %10s %6s %10s %9s %9s %9s %9s%n", columns));
    }

    private void add(String line) {
        text.append(line.stripTrailing()).append(System.lineSeparator());
    }
}
