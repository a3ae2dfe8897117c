package dev.creel.contract.app;

import java.util.UUID;

/**
 * Identifies an immutable version of an application; made once, never reused.
 *
 * @param value the id
 */
public record RevisionId(UUID value) {
    /** A new, random id. */
    public static RevisionId random() {
        return new RevisionId(UUID.randomUUID());
    }

    /**
     * Reads a hyphenated UUID.
     *
     * @throws IllegalArgumentException naming the text, if it is none
     */
    public static RevisionId parse(String text) {
        try {
            return new RevisionId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an id (a hyphenated UUID)", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
