package dev.creel.contract.lockedapp;

import java.util.regex.Pattern;

/** How names of dependencies, and of the imports that they mean, are written. */
final class DependencyGrammar {
    private static final String WORD = "(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)";
    private static final String KEBAB = WORD + "(?:-(?:[a-z0-9]+|[A-Z0-9]+))*";
    private static final String VERSION = "\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?";
    static final Pattern PLAIN = Pattern.compile(KEBAB);
    static final Pattern PACKAGED =
            Pattern.compile("(" + KEBAB + ":" + KEBAB + ")(?:/(" + KEBAB + "))?(?:@(" + VERSION + "))?");

    private DependencyGrammar() {}

    /** What compatible versions share. */
    static String track(String version) {
        var release = version.split("\\+", 2)[0];
        if (release.contains("-")) {
            return release;
        }
        var numbers = release.split("\\.");
        if (!numbers[0].equals("0")) {
            return numbers[0];
        }
        return numbers[1].equals("0") ? release : "0." + numbers[1];
    }
}
