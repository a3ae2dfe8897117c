package dev.creel.wasi.io;

/** The {@code last-operation-failed} of {@code stream-error}. Expected, so it carries no stack trace. */
public final class StreamFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient IoError error;

    /** Failed because of {@code error}. */
    public StreamFailedException(IoError error) {
        super(error.debug(), null, false, false);
        this.error = error;
    }

    /** Why. */
    public IoError error() {
        return error;
    }
}
