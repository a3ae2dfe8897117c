package dev.creel.cli.api;

/** A command cannot go on. The message is all that the user sees: it names the thing and the way out. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Fails with {@code message}. */
    public CommandFailedException(String message) {
        super(message);
    }

    /** Fails with {@code message}, because of {@code cause}. */
    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
