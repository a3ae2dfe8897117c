package dev.creel.wasi.io;

/** The {@code closed} of {@code stream-error}. Expected, so it carries no stack trace. */
public final class StreamClosedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The end. */
    public StreamClosedException() {
        super("closed", null, false, false);
    }
}
