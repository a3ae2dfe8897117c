package dev.creel.artifacts;

import java.util.Optional;
import java.util.UUID;

/**
 * Names an unfinished upload; a random secret within its repository, never reused.
 *
 * @param value the id
 */
public record UploadId(UUID value) {
    /** A new, random id. */
    public static UploadId random() {
        return new UploadId(UUID.randomUUID());
    }

    /** Reads what {@link #toString} writes; empty for any other text, which names no upload. */
    public static Optional<UploadId> read(String text) {
        try {
            var id = new UploadId(UUID.fromString(text));
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
