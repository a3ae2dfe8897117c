package dev.creel.conformance.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came out of a run. Thread-safe: its lock holds the counts and the failures together. */
public final class Report {
    private static final int FAILURES_SHOWN_MAX = 500;
    private static final int TEXT_MAX = 600;

    private final Map<String, Line> lines = new LinkedHashMap<>();
    /** Place → failure, sorted, so that two runs tell the same. */
    private final Map<String, Played> failures = new TreeMap<>();

    private final List<Skip> stale = new ArrayList<>();

    private static final class Line {
        private int scripts;
        private int passed;
        private int failed;
        private int skipped;
        private long nanos;
        private final Map<String, Integer> reasons = new TreeMap<>();
    }

    synchronized void begin(String suite) {
        lines.put(suite, new Line());
    }

    synchronized void add(String suite, List<Played> played, long nanos) {
        var line = lines.get(suite);
        line.scripts++;
        line.nanos += nanos;
        for (var one : played) {
            switch (one.verdict()) {
                case Verdict.Passed _ -> line.passed++;
                case Verdict.Failed _ -> {
                    line.failed++;
                    failures.put(suite + " " + one.place() + " " + failures.size(), one);
                }
                case Verdict.Skipped(var reason) -> {
                    line.skipped++;
                    line.reasons.merge(reason, 1, Integer::sum);
                }
            }
        }
    }

    synchronized void stale(Skip skip) {
        stale.add(skip);
    }

    /** How many passed. */
    public synchronized int passed() {
        return lines.values().stream().mapToInt(line -> line.passed).sum();
    }

    /** How many failed, stale lines of the list among them. */
    public synchronized int failed() {
        return lines.values().stream().mapToInt(line -> line.failed).sum() + stale.size();
    }

    /** How many are skipped. */
    public synchronized int skipped() {
        return lines.values().stream().mapToInt(line -> line.skipped).sum();
    }

    /** Prints failures, the table, reasons of what is skipped, and the counts in the last line. */
    public synchronized void print(PrintStream out) {
        printFailures(out);
        out.printf("%n%-24s %8s %8s %8s %8s %10s%n", "suite", "scripts", "passed", "failed", "skipped", "time");
        lines.forEach((suite, line) -> out.printf(
                Locale.ROOT,
                "%-24s %8d %8d %8d %8d %8.1f s%n",
                suite,
                line.scripts,
                line.passed,
                line.failed,
                line.skipped,
                Duration.ofNanos(line.nanos).toMillis() / 1000.0));
        if (skipped() > 0) {
            out.println("\nskipped:");
            lines.forEach((suite, line) ->
                    line.reasons.forEach((reason, count) -> out.printf("  %-24s %6d  %s%n", suite, count, reason)));
        }
        out.printf("%n%d passed, %d failed, %d skipped%n", passed(), failed(), skipped());
        out.flush();
    }

    private void printFailures(PrintStream out) {
        int left = FAILURES_SHOWN_MAX;
        for (var failure : failures.values()) {
            if (left-- == 0) {
                out.println("… and " + (failures.size() - FAILURES_SHOWN_MAX) + " more");
                break;
            }
            if (failure.verdict() instanceof Verdict.Failed(var expected, var got)) {
                out.println("FAILED " + failure.suite() + " " + failure.place() + " " + failure.what());
                out.println("    expected " + shortened(expected));
                out.println("    got      " + shortened(got));
            }
        }
        for (var skip : stale) {
            out.println("STALE line " + skip.line() + " of the list of skips: " + skip.suite() + " " + skip.place()
                    + (skip.tag().isEmpty() ? "" : " [" + skip.tag() + "]") + " passes; take it out");
        }
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }
}
