package dev.creel.wasi.io;

import dev.creel.component.host.Store;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waiting on the guest's behalf: everything in WASI that blocks ends here. Only the guest's thread calls it; it sleeps on the
 * store's {@link Wakeup}, whoever wakes it, so no pollable costs a thread.
 */
public final class Blocking {
    /** Clocks may be set and arithmetic on nanoseconds may overflow: look at the deadlines at least this often. */
    private static final long SLEEP_NANOS_MAX = Duration.ofHours(1).toNanos();

    private Blocking() {}

    /**
     * Returns when at least one of {@code pollables} is ready; for an empty list, never.
     *
     * @throws dev.creel.component.core.InterruptedGuestException if the thread is interrupted
     */
    public static void untilAny(Store store, List<Pollable> pollables) {
        var wakeup = store.context(Wakeup.class);
        while (!wakeup.until(store, () -> anyReady(pollables), untilDeadline(pollables))) {
            // A deadline came: whether its pollable is ready is for the pollable's own clock to say.
        }
    }

    /** Returns when {@code pollable} is ready. */
    public static void until(Store store, Pollable pollable) {
        untilAny(store, List.of(pollable));
    }

    /** Up to {@code max} bytes, at least one of them; returns empty at once only for {@code max == 0}. */
    public static byte[] read(Store store, InputStream in, long max)
            throws StreamClosedException, StreamFailedException {
        var bytes = in.read(max);
        while (bytes.length == 0 && max > 0) {
            until(store, in.subscribe());
            bytes = in.read(max);
        }
        return bytes;
    }

    /** Writes all of {@code bytes}, however often the stream is full in between. */
    public static void write(Store store, OutputStream out, byte[] bytes)
            throws StreamClosedException, StreamFailedException {
        int written = 0;
        while (written < bytes.length) {
            int count = (int) Math.min(bytes.length - written, room(store, out));
            out.write(count == bytes.length ? bytes : Arrays.copyOfRange(bytes, written, written + count));
            written += count;
        }
    }

    /** Returns when all that was written is flushed. */
    public static void flush(Store store, OutputStream out) throws StreamClosedException, StreamFailedException {
        out.flush();
        room(store, out);
    }

    /** Waits until {@code out} takes bytes again; returns how many, at least one. */
    static long room(Store store, OutputStream out) throws StreamClosedException, StreamFailedException {
        long room = out.checkWrite();
        while (room == 0) {
            until(store, out.subscribe());
            room = out.checkWrite();
        }
        return room;
    }

    private static boolean anyReady(List<Pollable> pollables) {
        for (var pollable : pollables) {
            if (pollable.ready()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Duration untilDeadline(List<Pollable> pollables) {
        long nearest = Long.MAX_VALUE;
        for (var pollable : pollables) {
            long deadline = pollable.deadlineNanos();
            if (deadline != Pollable.NO_DEADLINE) {
                // At least a little, or a pollable whose clock lags behind ours would make this spin.
                nearest = Math.min(nearest, Math.max(deadline - System.nanoTime(), 1_000));
            }
        }
        return nearest == Long.MAX_VALUE ? null : Duration.ofNanos(Math.min(nearest, SLEEP_NANOS_MAX));
    }
}
