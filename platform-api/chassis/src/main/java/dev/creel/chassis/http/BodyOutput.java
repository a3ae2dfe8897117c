package dev.creel.chassis.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as a blocking stream: at most {@code windowMax} bytes are on their way to the socket, then a
 * write waits. The lock guards that count and the failure of the connection.
 */
final class BodyOutput extends OutputStream {
    private static final int CHUNK_BYTES = 32 * 1024;

    private final HttpServerResponse response;
    private final Context context;
    private final OptionalLong length;
    private final boolean discards;
    private final long windowMax;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long underway;
    private @Nullable Throwable failure;

    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private long written;
    private boolean closed;

    BodyOutput(HttpServerResponse response, Context context, OptionalLong length, boolean discards, long windowMax) {
        this.response = response;
        this.context = context;
        this.length = length;
        this.discards = discards;
        this.windowMax = windowMax;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        if (closed) {
            throw new IOException("the response has ended");
        }
        written += count;
        if (length.isPresent() && written > length.getAsLong()) {
            throw new IOException("more bytes than the content-length of " + length.getAsLong());
        }
        if (discards) {
            return;
        }
        int from = offset;
        int left = count;
        while (left > 0) {
            int n = Math.min(left, CHUNK_BYTES - filled);
            System.arraycopy(source, from, chunk, filled, n);
            filled += n;
            from += n;
            left -= n;
            if (filled == CHUNK_BYTES) {
                flush();
            }
        }
    }

    /** Hands what was written to the connection; waits only while the window is full. */
    @Override
    public void flush() throws IOException {
        if (filled == 0 || discards) {
            return;
        }
        int size = filled;
        var buffer = Buffer.buffer(size).appendBytes(chunk, 0, size);
        filled = 0;
        lock.lock();
        try {
            while (underway > 0 && underway + size > windowMax && failure == null) {
                changed.await();
            }
            check();
            underway += size;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing a response body", e);
        } finally {
            lock.unlock();
        }
        context.runOnContext(ignored -> response.write(buffer).onComplete(done -> arrived(size, done.cause())));
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException("the client went away in the middle of the response", failure);
        }
    }

    private void arrived(int size, @Nullable Throwable cause) {
        lock.lock();
        try {
            underway -= size;
            if (cause != null && failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Called on the event loop when the connection closes before the response has ended. */
    void cut(Throwable cause) {
        arrived(0, cause);
    }

    boolean ended() {
        return closed;
    }

    /**
     * Ends the response.
     *
     * @throws IOException if fewer bytes than the declared length were written; the response is not ended then
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (!discards && length.isPresent() && written < length.getAsLong()) {
            throw new IOException(
                    "only " + written + " of " + length.getAsLong() + " bytes of the response body were written");
        }
        flush();
        closed = true;
        context.runOnContext(ignored -> response.end());
    }
}
