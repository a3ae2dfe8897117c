package dev.creel.conformance.run;

/**
 * Which places are played: those whose {@code suite/place} contains a text.
 *
 * @param text empty for all
 */
public record Filter(String text) {
    /** Whether the script may hold a place that is wanted. */
    boolean wants(String suite, Script script) {
        var path = suite + "/" + script.name();
        int colon = text.lastIndexOf(':');
        return path.contains(text) || (colon >= 0 && path.endsWith(text.substring(0, colon)));
    }

    boolean wants(String suite, String place) {
        return (suite + "/" + place).contains(text);
    }

    boolean wantsAll() {
        return text.isEmpty();
    }
}
