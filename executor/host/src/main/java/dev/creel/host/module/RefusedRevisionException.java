package dev.creel.host.module;

/** A revision that will never run here as it is. The message is one sentence for its developer. */
public final class RefusedRevisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public RefusedRevisionException(String message) {
        super(message);
    }

    /** Refuses with {@code message}, because of {@code cause}. */
    public RefusedRevisionException(String message, Throwable cause) {
        super(message, cause);
    }
}
