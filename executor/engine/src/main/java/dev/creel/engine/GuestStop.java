package dev.creel.engine;

import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.host.Store;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops one run from outside, at any time: before it begins, while it runs, harmlessly after its end. An interrupt never reaches
 * what runs next on the same thread. Thread-safe; its lock orders {@link #stop} against the end of the run.
 */
public final class GuestStop {
    /** Why. */
    public enum Reason {
        DEADLINE,
        CPU,
        CLIENT_GONE,
        SHUTDOWN
    }

    private final Deadlines deadlines;
    private final RunFlag flag = new RunFlag();
    private @Nullable Thread thread;
    private @Nullable Reason reason;
    private boolean over;

    /** For one run; {@code deadlines} repeats an interrupt that a host function swallowed. */
    public GuestStop(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** Stops the run, or keeps it from beginning. The first reason stays. */
    public void stop(Reason why) {
        synchronized (this) {
            if (over || reason != null) {
                return;
            }
            reason = why;
        }
        if (!nudge()) {
            deadlines.repeat(this::nudge);
        }
    }

    /** Interrupts the run if it is under way; says whether nothing is left to do. */
    private synchronized boolean nudge() {
        if (thread != null) {
            flag.raise();
            thread.interrupt();
        }
        return over || thread == null;
    }

    /** What the guest looks at while it runs. */
    GuestFlag flag() {
        return flag;
    }

    /** The run begins on this thread, and pauses by {@code waits} when asked to. Says why it must not, if it was stopped before. */
    synchronized Optional<Reason> begin(Store.Waits waits) {
        if (reason == null) {
            thread = Thread.currentThread();
            flag.waits = waits;
            waits.begins(flag::raise);
        }
        return Optional.ofNullable(reason);
    }

    /** The run is over; the thread's interrupt flag is clear afterwards. Says why it was stopped, if it was. */
    synchronized Optional<Reason> end() {
        over = true;
        thread = null;
        // Whoever interrupted did so under this lock: no interrupt of ours comes later.
        boolean ignored = Thread.interrupted();
        return Optional.ofNullable(reason);
    }

    /** Raised to stop the run, or to have it pause. */
    private final class RunFlag extends GuestFlag {
        private Store.Waits waits = Store.Waits.FREE;

        @Override
        public void reached() {
            synchronized (GuestStop.this) {
                if (reason != null) {
                    throw new InterruptedGuestException();
                }
                lower();
            }
            try {
                waits.pause();
            } catch (InterruptedException e) {
                throw new InterruptedGuestException();
            }
        }
    }
}
