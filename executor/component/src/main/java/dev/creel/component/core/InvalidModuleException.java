package dev.creel.component.core;

/** A module that cannot run: malformed, invalid, or beyond what the engine can. The message is for the developer. */
public final class InvalidModuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public InvalidModuleException(String message) {
        super(message);
    }

    /** Refuses with {@code message}, with the engine's own exception below. */
    public InvalidModuleException(String message, Throwable cause) {
        super(message, cause);
    }
}
