package dev.creel.wasi.io;

/**
 * The resource {@code input-stream}. Used by the guest's thread; whoever fills it from another thread signals the store's
 * {@link Wakeup}.
 */
public interface InputStream extends AutoCloseable {
    /**
     * Up to {@code max} bytes that are there now; empty if none are yet. Never blocks.
     *
     * @throws StreamClosedException at the end, and for ever after it
     * @throws StreamFailedException if reading failed; afterwards the stream is closed
     */
    byte[] read(long max) throws StreamClosedException, StreamFailedException;

    /** Ready when {@link #read} would return bytes or throw. */
    Pollable subscribe();

    /** The guest lets go of it. Never fails. */
    @Override
    void close();
}
