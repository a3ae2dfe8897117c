package dev.creel.wasi.io;

/** The resource {@code output-stream}. Used by the guest's thread; whoever drains it signals the store's {@link Wakeup}. */
public interface OutputStream extends AutoCloseable {
    /**
     * How many bytes the next {@link #write} may have; 0 if it must wait. Never blocks.
     *
     * @throws StreamClosedException if nobody reads any more
     * @throws StreamFailedException if an earlier write failed; afterwards the stream is closed
     */
    long checkWrite() throws StreamClosedException, StreamFailedException;

    /** Takes {@code bytes}, at most what {@link #checkWrite} permitted; the caller has checked that. The array is the stream's. */
    void write(byte[] bytes) throws StreamClosedException, StreamFailedException;

    /** Starts to flush; until that is done, {@link #checkWrite} answers 0. */
    void flush() throws StreamClosedException, StreamFailedException;

    /** Ready when {@link #checkWrite} would not answer 0. */
    Pollable subscribe();

    /** The guest lets go of it. Never fails. */
    @Override
    void close();
}
