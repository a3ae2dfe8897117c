package dev.creel.e2e.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code --name value} words behind a benchmark's name. What nobody reads is refused, with all that there is. */
final class BenchOptions {
    private final Map<String, String> given = new TreeMap<>();

    private BenchOptions() {}

    /** The words that {@code ./creel bench} was given; {@code known} are the names that may stand there. */
    static BenchOptions read(String... known) {
        return parse(System.getProperty("creel.bench.only", ""), known);
    }

    static BenchOptions parse(String line, String... known) {
        var options = new BenchOptions();
        var words = line.isBlank() ? new String[0] : line.strip().split("\\s+");
        var names = java.util.List.of(known);
        for (int i = 0; i < words.length; i += 2) {
            var name = words[i].startsWith("--") ? words[i].substring(2) : "";
            if (!names.contains(name) || i + 1 == words.length) {
                throw new IllegalArgumentException(
                        "'" + words[i] + "' is not understood; there are --" + String.join(" N, --", names) + " N");
            }
            options.given.put(name, words[i + 1]);
        }
        return options;
    }

    /** A word, if it was given. */
    Optional<String> word(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** A number of at least 0. */
    int number(String name, int otherwise) {
        var text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("--" + name + " is a number, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
