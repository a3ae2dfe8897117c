package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.host.Store;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuestStopTest {
    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void interruptsARunAtItsDeadline() {
        var stop = new GuestStop(deadlines);
        assertEquals(Optional.empty(), stop.begin(Store.Waits.FREE));
        deadlines.stop(stop, new RunClock(Store.Waits.FREE, System.nanoTime() + 20_000_000, GuestLimits.DEFAULTS));
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        assertEquals(Optional.of(GuestStop.Reason.DEADLINE), stop.end());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void keepsARunFromBeginningThatWasStoppedBefore() {
        var stop = new GuestStop(deadlines);
        stop.stop(GuestStop.Reason.CLIENT_GONE);
        assertEquals(Optional.of(GuestStop.Reason.CLIENT_GONE), stop.begin(Store.Waits.FREE));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void leavesTheThreadAloneAfterTheEnd() {
        var stop = new GuestStop(deadlines);
        stop.begin(Store.Waits.FREE);
        stop.end();
        stop.stop(GuestStop.Reason.DEADLINE);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void keepsTheFirstReason() {
        var stop = new GuestStop(deadlines);
        stop.begin(Store.Waits.FREE);
        stop.stop(GuestStop.Reason.CLIENT_GONE);
        stop.stop(GuestStop.Reason.DEADLINE);
        assertEquals(Optional.of(GuestStop.Reason.CLIENT_GONE), stop.end());
    }

    @Test
    void interruptsAgainWhenAnInterruptWasSwallowed() {
        var stop = new GuestStop(deadlines);
        stop.begin(Store.Waits.FREE);
        stop.stop(GuestStop.Reason.SHUTDOWN);
        for (int i = 0; i < 3; i++) {
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
        }
        stop.end();
    }

    @Test
    void hammerNeverLeaksAnInterruptToTheNextRun() throws Exception {
        for (int round = 0; round < 2000; round++) {
            var stop = new GuestStop(deadlines);
            var go = new CountDownLatch(1);
            var stopper = Thread.ofVirtual().start(() -> {
                go.countDown();
                stop.stop(GuestStop.Reason.CLIENT_GONE);
            });
            var leaked = new CompletableFuture<Boolean>();
            var runner = Thread.ofPlatform().start(() -> {
                if (stop.begin(Store.Waits.FREE).isEmpty()) {
                    Thread.onSpinWait();
                }
                stop.end();
                leaked.complete(Thread.interrupted());
            });
            assertTrue(go.await(10, TimeUnit.SECONDS));
            stopper.join();
            runner.join();
            assertFalse(leaked.get());
        }
    }
}
