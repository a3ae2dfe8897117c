package dev.creel.component.wit;

/** A WIT text that cannot be read. The message names the package, the line and what is wrong there. */
public final class InvalidWitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public InvalidWitException(String message) {
        super(message);
    }
}
