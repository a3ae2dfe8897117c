package dev.creel.chassis.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as they stand in configuration and on the command line: {@code 100ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}. */
public final class DurationText {
    private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * Reads {@code <number><unit>}.
     *
     * @throws IllegalArgumentException naming the text, if it has another form
     */
    public static Duration parse(String text) {
        var match = GRAMMAR.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; write for example 100ms, 30s, 5m or 2h");
        }
        long n = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }
}
