package dev.creel.contract.app;

import java.util.UUID;

/**
 * Identifies an account that owns applications; made once, never reused.
 *
 * @param value the id
 */
public record TenantId(UUID value) {
    /** A new, random id. */
    public static TenantId random() {
        return new TenantId(UUID.randomUUID());
    }

    /**
     * Reads a hyphenated UUID.
     *
     * @throws IllegalArgumentException naming the text, if it is none
     */
    public static TenantId parse(String text) {
        try {
            return new TenantId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an id (a hyphenated UUID)", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
