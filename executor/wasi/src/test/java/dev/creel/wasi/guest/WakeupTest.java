package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.host.Store;
import dev.creel.wasi.io.Wakeup;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakeupTest {
    private final Guest guest = new Guest();
    private final Wakeup wakeup = guest.store.context(Wakeup.class);

    /** Eight threads hand out single tickets and signal; a lost signal would leave the sleeper asleep for ever. */
    @Test
    void losesNoSignalUnderManySignallers() throws InterruptedException {
        int each = 20_000;
        var tickets = new AtomicInteger();
        var signallers = new Thread[8];
        for (int i = 0; i < signallers.length; i++) {
            signallers[i] = Thread.ofPlatform().start(() -> {
                for (int n = 0; n < each; n++) {
                    tickets.incrementAndGet();
                    wakeup.signal();
                }
            });
        }
        int taken = 0;
        while (taken < signallers.length * each) {
            assertTrue(wakeup.until(guest.store, () -> tickets.get() > 0, null));
            taken += tickets.getAndSet(0);
        }
        for (var signaller : signallers) {
            signaller.join();
        }
        assertEquals(signallers.length * each, taken);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        long start = System.nanoTime();
        assertFalse(wakeup.until(guest.store, () -> false, Duration.ofMillis(20)));
        assertTrue(System.nanoTime() - start >= 20_000_000);
    }

    @Test
    void countsAsWaitingOnlyWhileItWaits() {
        var waits = new AtomicInteger();
        var counting = new Store.Waits() {
            @Override
            public <T> T during(Callable<T> wait) throws Exception {
                waits.incrementAndGet();
                return wait.call();
            }
        };
        try (var store = new Store(guest.store.limits(), 1, counting)) {
            assertTrue(wakeup.until(store, () -> true, null));
            assertEquals(0, waits.get(), "nothing to wait for");
            assertFalse(wakeup.until(store, () -> false, Duration.ofMillis(1)));
            assertEquals(1, waits.get());
        }
    }
}
