package dev.creel.conformance.run;

import java.util.regex.Pattern;

/**
 * A line of the list of what is skipped.
 *
 * @param line where in the list
 * @param suite which suites, with {@code *} for anything
 * @param place which place; a script's name means the whole script, with {@code *} for anything, but not for a colon
 * @param tag only trials with this tag; empty for any
 * @param reason why
 * @param section where the specification says what is not done
 */
public record Skip(int line, String suite, String place, String tag, String reason, String section) {
    /** Checks that the line says why, and where that is specified. */
    public Skip {
        if (reason.isBlank() || section.isBlank()) {
            throw new IllegalArgumentException("line " + line + " of the list of skips lacks a reason or a section");
        }
    }

    boolean isOfWholeScripts() {
        return tag.isEmpty() && place.indexOf(':') < 0;
    }

    /** Whether all that it selects is seen when only a part of the suites is played. */
    boolean isExact() {
        return tag.isEmpty() && (suite + place).indexOf('*') < 0;
    }

    boolean selects(String suiteName, Script script) {
        return isOfWholeScripts() && matches(suite, suiteName) && matches(place, script.name());
    }

    boolean selects(String suiteName, Trial trial) {
        return !isOfWholeScripts()
                && matches(suite, suiteName)
                && (matches(place, trial.place()) || (place.indexOf(':') < 0 && matches(place + ":*", trial.place())))
                && (tag.isEmpty() || trial.tags().contains(tag));
    }

    private static boolean matches(String pattern, String text) {
        var parts = pattern.split("\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Pattern.quote(parts[i]);
        }
        return Pattern.matches(String.join("[^:]*", parts), text);
    }

    /** Reason and section, as the report shows them. */
    String told() {
        return reason + " (" + section + ")";
    }
}
