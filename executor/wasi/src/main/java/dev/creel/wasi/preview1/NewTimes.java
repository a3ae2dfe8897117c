package dev.creel.wasi.preview1;

import dev.creel.wasi.linux.NewTime;
import java.time.Instant;

/** Reads the {@code fstflags} that say which of a file's times to set to what. */
final class NewTimes {
    private static final int ACCESSED = 1;
    private static final int ACCESSED_NOW = 2;
    private static final int MODIFIED = 4;
    private static final int MODIFIED_NOW = 8;

    private NewTimes() {}

    static NewTime accessed(int flags, long nanos) throws ErrnoException {
        return time((flags & ACCESSED) != 0, (flags & ACCESSED_NOW) != 0, nanos);
    }

    static NewTime modified(int flags, long nanos) throws ErrnoException {
        return time((flags & MODIFIED) != 0, (flags & MODIFIED_NOW) != 0, nanos);
    }

    private static NewTime time(boolean given, boolean now, long nanos) throws ErrnoException {
        if (given && now) {
            throw Errno.INVAL.thrown();
        }
        if (given) {
            return new NewTime.At(Instant.ofEpochSecond(
                    Long.divideUnsigned(nanos, 1_000_000_000), Long.remainderUnsigned(nanos, 1_000_000_000)));
        }
        return now ? new NewTime.Now() : new NewTime.Keep();
    }
}
