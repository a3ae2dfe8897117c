package dev.creel.chassis.http;

import dev.creel.contract.ByteSize;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as a blocking stream. The event loop adds chunks and pauses the connection while more than
 * {@code bufferMax} bytes wait; the reader takes them and lets the connection go on when half of that is gone. The lock
 * guards the queue and its end.
 */
final class BodyInput extends InputStream {
    private final HttpServerRequest request;
    private final Context context;
    private final ByteSize bodyMax;
    private final long bufferMax;
    private final boolean continueExpected;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long received;
    private boolean paused = true;
    private boolean ended;
    private boolean dropping;
    private long dropMax;
    private @Nullable IOException failure;

    private boolean started;
    private byte[] chunk = new byte[0];
    private int at;

    /** Call on the event loop, in the request handler; leaves the request paused until the first read. */
    BodyInput(HttpServerRequest request, Context context, ByteSize bodyMax, ByteSize bufferMax) {
        this.request = request;
        this.context = context;
        this.bodyMax = bodyMax;
        this.bufferMax = bufferMax.bytes();
        this.continueExpected = "100-continue".equalsIgnoreCase(request.getHeader("expect"));
        request.pause();
        request.handler(this::add);
        request.endHandler(ignored -> end(null));
        request.exceptionHandler(e -> end(new IOException("the client went away in the middle of its request", e)));
    }

    private void add(Buffer buffer) {
        lock.lock();
        try {
            received += buffer.length();
            if (dropping) {
                if (received > dropMax) {
                    request.connection().close();
                }
                return;
            }
            waiting.add(buffer.getBytes());
            waitingBytes += buffer.length();
            if (waitingBytes > bufferMax || received > bodyMax.bytes()) {
                paused = true;
                request.pause();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable IOException why) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = why;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (at == chunk.length && !next()) {
            return -1;
        }
        int n = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, target, offset, n);
        at += n;
        return n;
    }

    @Override
    public int available() {
        return chunk.length - at;
    }

    /** Waits for a chunk that is not empty; false at the end. */
    private boolean next() throws IOException {
        start();
        lock.lock();
        try {
            while (true) {
                if (received > bodyMax.bytes()) {
                    throw tooLarge();
                }
                var head = waiting.poll();
                if (head != null) {
                    waitingBytes -= head.length;
                    resumeBelow(bufferMax / 2);
                    if (head.length > 0) {
                        chunk = head;
                        at = 0;
                        return true;
                    }
                } else if (failure != null) {
                    throw failure;
                } else if (ended) {
                    return false;
                } else {
                    resumeBelow(bufferMax);
                    changed.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading a request body", e);
        } finally {
            lock.unlock();
        }
    }

    private void resumeBelow(long level) {
        if (paused && waitingBytes <= level) {
            paused = false;
            context.runOnContext(ignored -> request.resume());
        }
    }

    private void start() {
        if (started) {
            return;
        }
        started = true;
        var length = request.getHeader("content-length");
        if (length != null && isMore(length, bodyMax.bytes())) {
            throw tooLarge();
        }
        if (continueExpected) {
            context.runOnContext(ignored -> request.response().writeContinue());
        }
    }

    private static boolean isMore(String digits, long max) {
        return digits.length() > 18 || Long.parseLong(digits) > max;
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemCode.TOO_LARGE, "The request body is larger than " + bodyMax + ", which is the limit here.");
    }

    /** Whether it is known that more is to come than {@code max}, which {@link #drop} would close the connection for. */
    boolean isMoreToCome(ByteSize max) {
        lock.lock();
        try {
            var length = request.getHeader("content-length");
            var unasked = continueExpected && !started;
            return !ended && length != null && (unasked || isMore(length, received + max.bytes()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether the client has gone before its request was complete. */
    boolean cut() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads and drops what the handler left, at most {@code max} bytes, so that the connection can take the next
     * request; closes the connection if there is more. Call on the event loop, once the handler is done.
     */
    void drop(ByteSize max) {
        lock.lock();
        try {
            waiting.clear();
            if (ended) {
                return;
            }
            dropping = true;
            dropMax = received + max.bytes();
            if (continueExpected && !started) {
                // The client waits for our go-ahead and may never send the body: nothing can follow on this connection.
                request.connection().close();
                return;
            }
        } finally {
            lock.unlock();
        }
        request.resume();
    }
}
