package dev.creel.component.wit;

import java.util.Map;

/**
 * Reads interface definitions in WIT text: {@code package}, {@code interface}, {@code use}, every type of WASI 0.2, resources and
 * functions. Worlds are passed over. Pure; any thread may call it.
 */
public final class Wit {
    private Wit() {}

    /**
     * Reads texts that may refer to one another in any direction.
     *
     * @param texts each with one or several {@code package …;} lines, each of which holds until the next; a text without one
     *     continues the package of the text before it, as the files of a WIT directory do
     * @return every interface by its full name, e.g. {@code wasi:io/poll@0.2.12}, in text order
     * @throws InvalidWitException naming package and line
     */
    public static Map<String, WitInterface> parse(String... texts) {
        return new WitResolver(WitParser.parse(texts)).resolve();
    }
}
