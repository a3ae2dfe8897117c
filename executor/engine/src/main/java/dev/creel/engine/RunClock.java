package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.wasi.http.BodySink;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the time of one run towards its deadline. Time in which the guest waits because its client does not take what is
 * there is the client's, not the guest's: it does not count, so that a large body may go to a slow client. (Clients that
 * take nothing at all are cut off by the listeners.) The guest's thread calls {@link #during}, the timer {@link #leftNanos}.
 */
final class RunClock implements Store.Waits {
    private final Store.Waits waits;
    private final long deadlineNanos;
    private volatile @Nullable BodySink response;
    /** How long the client has let the guest wait. */
    private final AtomicLong pausedNanos = new AtomicLong();
    /** Since when it does now, or 0; written by the guest's thread only. */
    private volatile long pausedSince;

    /**
     * @param waits told of each wait
     * @param deadlineNanos in {@link System#nanoTime} terms, if the client never lets the guest wait
     */
    RunClock(Store.Waits waits, long deadlineNanos) {
        this.waits = waits;
        this.deadlineNanos = deadlineNanos;
    }

    /** The response has begun. */
    void responding(BodySink body) {
        response = body;
    }

    @Override
    public <T> T during(Callable<T> wait) throws Exception {
        var body = response;
        if (body == null || body.room() != 0) {
            return waits.during(wait);
        }
        long since = System.nanoTime();
        pausedSince = since == 0 ? 1 : since;
        try {
            return waits.during(wait);
        } finally {
            pausedNanos.addAndGet(System.nanoTime() - since);
            pausedSince = 0;
        }
    }

    /** How much of its time the guest has left; not positive when it is over. */
    long leftNanos() {
        long now = System.nanoTime();
        long since = pausedSince;
        return deadlineNanos - now + pausedNanos.get() + (since == 0 ? 0 : now - since);
    }
}
