package dev.creel.wasi.guest;

import dev.creel.component.host.Store;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.io.Wakeup;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A bounded pipe with the guest at one end and a test's thread at the other, whichever way it is used. */
final class Pipe {
    private final Wakeup wakeup;
    private final int capacity;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean ended;
    private boolean abandoned;
    private @Nullable IoError failure;

    Pipe(Store store, int capacity) {
        this.wakeup = store.context(Wakeup.class);
        this.capacity = capacity;
    }

    /** Returns once the guest has asked whether there is something to read. */
    void awaitReader() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void put(String text) {
        change(() -> content.writeBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    void end() {
        change(() -> ended = true);
    }

    void fail(IoError error) {
        change(() -> failure = error);
    }

    void abandon() {
        change(() -> abandoned = true);
    }

    synchronized byte[] take() {
        var bytes = content.toByteArray();
        content.reset();
        notifyAll();
        wakeup.signal();
        return bytes;
    }

    /** Takes until {@code count} bytes have come. */
    byte[] drain(int count) {
        var all = new ByteArrayOutputStream();
        while (all.size() < count) {
            synchronized (this) {
                while (content.size() == 0) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                all.writeBytes(take());
            }
        }
        return all.toByteArray();
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public byte[] read(long max) throws StreamClosedException, StreamFailedException {
                return readUpTo(max);
            }

            @Override
            public Pollable subscribe() {
                return Pipe.this::readable;
            }

            @Override
            public void close() {
                abandon();
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public long checkWrite() throws StreamClosedException {
                return room();
            }

            @Override
            public void write(byte[] bytes) throws StreamClosedException {
                room();
                change(() -> content.writeBytes(bytes));
            }

            @Override
            public void flush() throws StreamClosedException {
                room();
            }

            @Override
            public Pollable subscribe() {
                return Pipe.this::writable;
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private synchronized void change(Runnable change) {
        change.run();
        notifyAll();
        wakeup.signal();
    }

    private synchronized boolean readable() {
        asked.countDown();
        return content.size() > 0 || ended || failure != null;
    }

    private synchronized byte[] readUpTo(long max) throws StreamClosedException, StreamFailedException {
        if (failure != null) {
            throw new StreamFailedException(failure);
        }
        if (content.size() == 0 && ended) {
            throw new StreamClosedException();
        }
        var all = content.toByteArray();
        int count = (int) Math.min(max, all.length);
        content.reset();
        content.write(all, count, all.length - count);
        return java.util.Arrays.copyOf(all, count);
    }

    private synchronized boolean writable() {
        return abandoned || content.size() < capacity;
    }

    private synchronized long room() throws StreamClosedException {
        if (abandoned) {
            throw new StreamClosedException();
        }
        return (long) capacity - content.size();
    }
}
