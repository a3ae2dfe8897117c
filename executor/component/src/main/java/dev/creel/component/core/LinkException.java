package dev.creel.component.core;

/** Something imported is missing or does not fit. The message names it. */
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public LinkException(String message) {
        super(message);
    }
}
