package dev.creel.wasi.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/** What to do with one of a file's times. */
public sealed interface NewTime {
    /** Leave it. */
    record Keep() implements NewTime {}

    /** Make it the system's own time. */
    record Now() implements NewTime {}

    /** Make it this. */
    record At(Instant time) implements NewTime {}

    /** Writes both times as the {@code struct timespec[2]} of {@code utimensat}. */
    static MemorySegment put(MemorySegment to, NewTime accessed, NewTime modified) {
        put(to, 0, accessed);
        put(to, 16, modified);
        return to;
    }

    private static void put(MemorySegment to, long at, NewTime time) {
        long seconds = 0;
        long nanos = 0;
        switch (time) {
            case Keep() -> nanos = (1L << 30) - 2;
            case Now() -> nanos = (1L << 30) - 1;
            case At(var instant) -> {
                seconds = instant.getEpochSecond();
                nanos = instant.getNano();
            }
        }
        to.set(ValueLayout.JAVA_LONG, at, seconds);
        to.set(ValueLayout.JAVA_LONG, at + 8, nanos);
    }
}
