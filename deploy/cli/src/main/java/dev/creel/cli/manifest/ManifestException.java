package dev.creel.cli.manifest;

/** A manifest that cannot be used. The message names the file, the place in it, and the way out. */
public final class ManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public ManifestException(String message) {
        super(message);
    }

    /** Refuses with {@code message}, because of {@code cause}. */
    public ManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
