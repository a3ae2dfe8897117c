package dev.creel.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is known not to be as the suites say. All of it is played, so that the list stays true: a line of which nothing fails any
 * more is stale. Thread-safe: what was seen of each line is counted atomically.
 */
public final class SkipList {
    private static final int COLUMNS = 4;

    private final List<Skip> skips;
    private final Map<Skip, Seen> seen = new ConcurrentHashMap<>();

    private static final class Seen {
        private final AtomicInteger passed = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
    }

    private SkipList(List<Skip> skips) {
        this.skips = List.copyOf(skips);
        this.skips.forEach(skip -> seen.put(skip, new Seen()));
    }

    /**
     * Reads the rows of a table in Markdown: suite, place with an optional tag in brackets, reason, section.
     *
     * @throws IllegalArgumentException naming a row that is not so
     */
    public static SkipList parse(String markdown) {
        var skips = new ArrayList<Skip>();
        var lines = markdown.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("| `")) {
                skips.add(row(i + 1, lines[i]));
            }
        }
        return new SkipList(skips);
    }

    private static Skip row(int line, String text) {
        var cells = text.strip().replaceAll("^\\||\\|$", "").split("\\|", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "line " + line + " of the list of skips has not " + COLUMNS + " columns");
        }
        var place = cells[1].replace("`", "").strip();
        int bracket = place.indexOf(" [");
        var tag = bracket < 0 ? "" : place.substring(bracket + 2, place.length() - 1);
        return new Skip(
                line,
                cells[0].replace("`", "").strip(),
                bracket < 0 ? place : place.substring(0, bracket),
                tag,
                cells[2].strip(),
                cells[3].strip());
    }

    Optional<Skip> of(String suite, Script script) {
        return skips.stream().filter(skip -> skip.selects(suite, script)).findFirst();
    }

    Optional<Skip> of(String suite, Trial trial) {
        return skips.stream().filter(skip -> skip.selects(suite, trial)).findFirst();
    }

    void passed(Skip skip) {
        seen.get(skip).passed.incrementAndGet();
    }

    void failed(Skip skip) {
        seen.get(skip).failed.incrementAndGet();
    }

    /** Lines of which something was played and nothing failed. Of a part of the suites only exact lines can be judged. */
    List<Skip> stale(boolean all) {
        return skips.stream()
                .filter(skip -> all || skip.isExact())
                .filter(skip ->
                        seen.get(skip).passed.get() > 0 && seen.get(skip).failed.get() == 0)
                .toList();
    }
}
