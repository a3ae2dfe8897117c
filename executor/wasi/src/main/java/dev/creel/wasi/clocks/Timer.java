package dev.creel.wasi.clocks;

import dev.creel.wasi.io.Pollable;
import java.util.function.LongSupplier;

/**
 * Ready from an instant on.
 *
 * @param clock says what time it is
 * @param when the instant, in the clock's nanoseconds
 */
public record Timer(LongSupplier clock, long when) implements Pollable {
    /** Ready {@code nanos} (unsigned) from now. */
    public static Pollable after(LongSupplier clock, long nanos) {
        long when = clock.getAsLong() + nanos;
        return nanos < 0 || when < 0 ? () -> false : new Timer(clock, when);
    }

    /** Ready at {@code instant} (unsigned): beyond what a clock reaches in three centuries, never. */
    public static Pollable at(LongSupplier clock, long instant) {
        return instant < 0 ? () -> false : new Timer(clock, instant);
    }

    @Override
    public boolean ready() {
        return clock.getAsLong() >= when;
    }

    @Override
    public long deadlineNanos() {
        return System.nanoTime() + Math.max(0, when - clock.getAsLong());
    }
}
