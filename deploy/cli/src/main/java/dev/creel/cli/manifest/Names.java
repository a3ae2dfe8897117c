package dev.creel.cli.manifest;

import java.util.regex.Pattern;

/** Grammars of identifiers (reference spin-app §1.2.1). */
final class Names {
    private static final String KEBAB_WORD = "(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)";
    private static final Pattern COMPONENT =
            Pattern.compile(KEBAB_WORD + "(?:-" + KEBAB_WORD + ")*|" + KEBAB_WORD + "(?:_" + KEBAB_WORD + ")*");
    private static final Pattern VARIABLE = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*)*");

    private Names() {}

    static String component(String id, String where) {
        if (!COMPONENT.matcher(id).matches()) {
            throw new ManifestException(where + ": '" + id
                    + "' is not a component id: words of one case joined by '-', each starting with a letter");
        }
        return id;
    }

    static String variable(String name, String where) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new ManifestException(where + ": '" + name
                    + "' is not a variable name: lower-case words joined by '_', each starting with a letter");
        }
        return name;
    }
}
