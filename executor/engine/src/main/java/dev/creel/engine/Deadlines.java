package dev.creel.engine;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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

    /** Stops {@code run} when {@code clock} has nothing left, unless the answer is cancelled before. */
    Deadline stop(GuestStop run, RunClock clock) {
        var deadline = new Deadline(run, clock);
        deadline.arm();
        return deadline;
    }

    /** One run's alarm; set again as long as its clock was paused meanwhile. Its lock orders firing against {@link #cancel}. */
    final class Deadline {
        private final GuestStop run;
        private final RunClock clock;
        private @Nullable Future<?> alarm;
        private boolean over;

        private Deadline(GuestStop run, RunClock clock) {
            this.run = run;
            this.clock = clock;
        }

        private synchronized void arm() {
            if (!over && !timer.isShutdown()) {
                alarm = timer.schedule(this::ring, Math.max(0, clock.leftNanos()), TimeUnit.NANOSECONDS);
            }
        }

        private void ring() {
            var reason = clock.over();
            if (reason.isEmpty()) {
                arm();
                return;
            }
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            run.stop(reason.get());
        }

        /** The run has ended; says whether that was before its time was over. */
        synchronized boolean cancel() {
            boolean inTime = !over;
            over = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
            return inTime;
        }
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
