package dev.creel.artifacts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name for a manifest that can be moved to another one.
 *
 * @param value OCI grammar: 1–128 letters, digits, {@code _}, {@code .} and {@code -}, the first neither {@code .} nor {@code -}
 */
record Tag(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /** Empty if {@code text} is not a tag. */
    static Optional<Tag> read(String text) {
        return GRAMMAR.matcher(text).matches() ? Optional.of(new Tag(text)) : Optional.empty();
    }

    /** Refuses what is not a tag. */
    static Tag parse(String text) {
        return read(text)
                .orElseThrow(() -> new RegistryException(
                        RegistryError.NAME_INVALID,
                        "'" + text + "' is not a tag: letters, digits, '_', '.' and '-', at most 128,"
                                + " not beginning with '.' or '-'"));
    }
}
