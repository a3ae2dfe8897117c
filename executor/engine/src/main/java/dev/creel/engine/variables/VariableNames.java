package dev.creel.engine.variables;

import java.util.regex.Pattern;

/** What a variable may be called: {@code a–z} first, then {@code a–z}, {@code 0–9} and single underscores, none at the end. */
public final class VariableNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private VariableNames() {}

    /** Whether {@code name} is one. */
    public static boolean valid(String name) {
        return NAME.matcher(name).matches();
    }

    /** Says what is wrong with a name that is none. */
    public static String complaint(String name) {
        return "invalid variable name \"" + name
                + "\": it must start with a lower-case letter and go on with lower-case letters, digits and single underscores";
    }
}
