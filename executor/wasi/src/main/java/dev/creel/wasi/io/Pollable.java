package dev.creel.wasi.io;

/** The resource {@code pollable}: something that becomes ready. Whoever makes it ready signals the store's {@link Wakeup}. */
public interface Pollable {
    /** Never becomes ready by the clock. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /** Whether it is ready now. Any number of calls; cheap; never blocks. */
    boolean ready();

    /** When it becomes ready by itself, in {@link System#nanoTime} terms, or {@link #NO_DEADLINE}. Timers have one. */
    default long deadlineNanos() {
        return NO_DEADLINE;
    }

    /** Always ready. */
    Pollable READY = () -> true;
}
