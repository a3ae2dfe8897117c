package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.host.Store;
import dev.creel.wasi.http.BodyPipe;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RunClockTest {
    private static final long TIME = TimeUnit.SECONDS.toNanos(60);
    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(200);

    @Test
    void waitingForAClientThatTakesNothingDoesNotCount() throws Exception {
        var clock = new RunClock(Store.Waits.FREE, System.nanoTime() + TIME, GuestLimits.DEFAULTS);
        clock.responding(fullPipe());
        long before = clock.leftNanos();
        clock.during(() -> {
            long start = clock.leftNanos();
            park();
            assertTrue(start - clock.leftNanos() < WAIT / 2, "paused while it waits");
            return "";
        });
        assertTrue(before - clock.leftNanos() < WAIT / 2, "and not counted afterwards");
    }

    @Test
    void everyOtherWaitCounts() throws Exception {
        var clock = new RunClock(Store.Waits.FREE, System.nanoTime() + TIME, GuestLimits.DEFAULTS);
        assertCounted(clock);
        clock.responding(new BodyPipe(100).sink());
        assertCounted(clock);
    }

    private static void assertCounted(RunClock clock) throws Exception {
        long before = clock.leftNanos();
        clock.during(() -> {
            park();
            return "";
        });
        assertTrue(before - clock.leftNanos() >= WAIT);
    }

    private static dev.creel.wasi.http.BodySink fullPipe() {
        var pipe = new BodyPipe(100);
        pipe.sink().write(new byte[100]);
        return pipe.sink();
    }

    private static void park() {
        long until = System.nanoTime() + WAIT;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
