package dev.creel.wasi.http;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A bounded pipe between two threads: what is written to {@link #sink} is read from {@link #source}. Carries a body from one
 * guest to another, or between a host's threads and a guest. Neither end ever blocks; each is told of the other's changes.
 * Thread-safe: the lock protects the chunks and both ends' states, and actions run outside it.
 */
public final class BodyPipe {
    private final Object lock = new Object();
    private final long capacity;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final Source source = new Source();
    private final Sink sink = new Sink();
    private long held;
    private boolean readerGone;
    private Optional<BodySource.Chunk> last = Optional.empty();
    private Runnable onReadable = () -> {};
    private Runnable onWritable = () -> {};

    /** A pipe that holds up to {@code capacity} bytes, and once more what a guest wrote early. */
    public BodyPipe(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a pipe needs room for at least one byte, not " + capacity);
        }
        this.capacity = capacity;
    }

    /** The reading end. */
    public BodySource source() {
        return source;
    }

    /** The writing end. */
    public BodySink sink() {
        return sink;
    }

    /** Ends the pipe because the writer's side failed; what was written before can still be read. Harmless after the end. */
    public void fail(HttpErrorCode code) {
        finish(new BodySource.Chunk.Broken(code));
    }

    private void finish(BodySource.Chunk end) {
        Runnable tell;
        synchronized (lock) {
            if (last.isPresent()) {
                return;
            }
            last = Optional.of(end);
            tell = onReadable;
        }
        tell.run();
    }

    private final class Source implements BodySource {
        @Override
        public Chunk poll(int max) {
            byte[] taken;
            Runnable tell;
            synchronized (lock) {
                if (chunks.isEmpty()) {
                    return last.orElseGet(Chunk.Empty::new);
                }
                taken = chunks.remove();
                if (taken.length > max) {
                    chunks.addFirst(Arrays.copyOfRange(taken, max, taken.length));
                    taken = Arrays.copyOf(taken, max);
                }
                held -= taken.length;
                tell = onWritable;
            }
            tell.run();
            return new Chunk.Bytes(taken);
        }

        @Override
        public boolean ready() {
            synchronized (lock) {
                return !chunks.isEmpty() || last.isPresent();
            }
        }

        @Override
        public void onChange(Runnable action) {
            synchronized (lock) {
                onReadable = action;
            }
        }

        @Override
        public void close() {
            Runnable tell;
            synchronized (lock) {
                readerGone = true;
                chunks.clear();
                held = 0;
                tell = onWritable;
            }
            tell.run();
        }
    }

    private final class Sink implements BodySink {
        @Override
        public long room() {
            synchronized (lock) {
                return readerGone || last.isPresent() ? -1 : Math.max(0, capacity - held);
            }
        }

        @Override
        public void write(byte[] bytes) {
            Runnable tell;
            synchronized (lock) {
                if (readerGone || last.isPresent() || bytes.length == 0) {
                    return;
                }
                chunks.add(bytes);
                held += bytes.length;
                tell = onReadable;
            }
            tell.run();
        }

        @Override
        public void end(Optional<List<Header>> trailers) {
            finish(new BodySource.Chunk.End(trailers));
        }

        @Override
        public void abort() {
            finish(new BodySource.Chunk.Broken(HttpErrorCode.of("connection-terminated")));
        }

        @Override
        public void onChange(Runnable action) {
            synchronized (lock) {
                onWritable = action;
            }
        }
    }
}
