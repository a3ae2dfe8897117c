package dev.creel.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One timer thread for all runs of a process. Thread-safe. */
public final class Deadlines implements AutoCloseable {
    private static final long REPEAT_MILLIS = 5;

    private final ScheduledThreadPoolExecutor timer;

    /** Starts the timer thread, a daemon. */
    public Deadlines() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("creel-deadlines").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Stops {@code run} in {@code time} unless the answer is cancelled before. */
    Future<?> stopIn(Duration time, GuestStop run) {
        return timer.schedule(() -> run.stop(GuestStop.Reason.DEADLINE), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs {@code action} every few milliseconds until it says true. */
    void repeat(BooleanSupplier action) {
        if (timer.isShutdown()) {
            return;
        }
        var ignored = timer.schedule(
                () -> {
                    if (!action.getAsBoolean()) {
                        repeat(action);
                    }
                },
                REPEAT_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
