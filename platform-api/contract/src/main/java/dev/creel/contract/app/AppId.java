package dev.creel.contract.app;

import java.util.UUID;

/**
 * Identifies an application; made once, never reused.
 *
 * @param value the id
 */
public record AppId(UUID value) {
    /** A new, random id. */
    public static AppId random() {
        return new AppId(UUID.randomUUID());
    }

    /**
     * Reads a hyphenated UUID.
     *
     * @throws IllegalArgumentException naming the text, if it is none
     */
    public static AppId parse(String text) {
        try {
            return new AppId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an id (a hyphenated UUID)", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
