package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.wasi.http.BodySink;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the time of one run towards its deadline, and its processor time towards the limit of that. Time in which the guest waits because
 * its client does not take what is there is the client's, not the guest's: it does not count, so that a large body may go to a slow
 * client. (Clients that take nothing at all are cut off by the listeners.) Made by the guest's thread, which calls {@link #during}; the
 * timer asks what is left.
 */
final class RunClock implements Store.Waits {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Store.Waits waits;
    private final long deadlineNanos;
    private final long cpuNanos;
    private final long thread = Thread.currentThread().threadId();
    /** What the thread had used before, or less. */
    private final long cpuBefore;

    private volatile @Nullable BodySink response;
    /** How long the client has let the guest wait. */
    private final AtomicLong pausedNanos = new AtomicLong();
    /** Since when it does now, or 0; written by the guest's thread only. */
    private volatile long pausedSince;

    /**
     * @param waits told of each wait
     * @param deadlineNanos in {@link System#nanoTime} terms, if the client never lets the guest wait
     * @param limits of the run
     */
    RunClock(Store.Waits waits, long deadlineNanos, GuestLimits limits) {
        this.waits = waits;
        this.deadlineNanos = deadlineNanos;
        // No guest uses more than the time that passes: then nothing has to be measured.
        this.cpuNanos = isMeasured(limits) ? limits.cpu().toNanos() : Long.MAX_VALUE;
        this.cpuBefore = isMeasured(limits) ? Math.max(0, THREADS.getCurrentThreadCpuTime()) : 0;
    }

    private static boolean isMeasured(GuestLimits limits) {
        return limits.cpu().compareTo(limits.wall()) < 0 && THREADS.isThreadCpuTimeEnabled();
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

    @Override
    public void begins(Runnable pause) {
        waits.begins(pause);
    }

    @Override
    public void pause() throws InterruptedException {
        waits.pause();
    }

    /** After how much time at the earliest one of the limits can be reached; not positive when one is. */
    long leftNanos() {
        return Math.min(wallLeft(), cpuLeft());
    }

    /** Which limit is reached. */
    Optional<GuestStop.Reason> over() {
        if (wallLeft() <= 0) {
            return Optional.of(GuestStop.Reason.DEADLINE);
        }
        return cpuLeft() <= 0 ? Optional.of(GuestStop.Reason.CPU) : Optional.empty();
    }

    private long wallLeft() {
        long now = System.nanoTime();
        long since = pausedSince;
        return deadlineNanos - now + pausedNanos.get() + (since == 0 ? 0 : now - since);
    }

    /** Processor time that is left: no less time passes until it is used. */
    private long cpuLeft() {
        if (cpuNanos == Long.MAX_VALUE) {
            return cpuNanos;
        }
        long used = THREADS.getThreadCpuTime(thread);
        // A thread that has ended uses nothing.
        return used < 0 ? cpuNanos : cpuNanos - (used - cpuBefore);
    }
}
