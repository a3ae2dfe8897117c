package dev.creel.engine;

/** A component that cannot run here. The message is for its developer and does not name the component: the caller does. */
public final class RefusedComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public RefusedComponentException(String message) {
        super(message);
    }

    /** Refuses with {@code message}, because of {@code cause}. */
    public RefusedComponentException(String message, Throwable cause) {
        super(message, cause);
    }
}
