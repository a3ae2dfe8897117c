package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.TrapException;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.io.Pollable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for many things at once. */
@Timeout(60)
class PollTest {
    private static final int MANY = 1000;

    private Guest guest = new Guest();

    @AfterEach
    void close() {
        guest.close();
    }

    @Test
    void aThousandTimersCostNoThread() {
        int threads = Thread.activeCount();
        var pollables = new ArrayList<Object>();
        for (int i = 0; i < MANY; i++) {
            long nanos = i == 700 ? 50_000_000 : Duration.ofHours(1).toNanos();
            pollables.add(guest.call("clocks/monotonic-clock", "subscribe-duration", nanos));
        }
        assertEquals(List.of(700L), guest.call("io/poll", "poll", pollables));
        assertTrue(Thread.activeCount() <= threads, "as many threads as before");
    }

    @Test
    void aThousandStreamsCostNoThreadAndOneWakesTheGuest() {
        var pipes = new ArrayList<Pipe>();
        var pollables = new ArrayList<Object>();
        for (int i = 0; i < MANY; i++) {
            var pipe = new Pipe(guest.store, 10);
            pipes.add(pipe);
            pollables.add(guest.method("io/streams", "input-stream", "subscribe", pipe.input()));
        }
        int threads = Thread.activeCount();
        var looked = new java.util.concurrent.CountDownLatch(1);
        pollables.add((Pollable) () -> {
            looked.countDown();
            return false;
        });
        Thread.ofVirtual().start(() -> {
            try {
                looked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            pipes.get(321).put("x");
            pipes.get(654).put("y");
        });
        var ready = (List<?>) guest.call("io/poll", "poll", pollables);
        assertTrue(ready.contains(321L) || ready.contains(654L), ready::toString);
        assertTrue(Thread.activeCount() <= threads, "as many threads as before");
    }

    @Test
    void pollingMoreThanTheLimitTraps() {
        guest.close();
        guest = new Guest(WasiContext.builder().limits(WasiLimits.DEFAULT.withPollables(10)));
        var ready = Pollable.READY;
        assertEquals(10, ((List<?>) guest.call("io/poll", "poll", Collections.nCopies(10, ready))).size());
        var trap =
                assertThrows(TrapException.class, () -> guest.call("io/poll", "poll", Collections.nCopies(11, ready)));
        assertTrue(trap.getMessage().contains("limit of 10"), trap.getMessage());
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> WasiLimits.DEFAULT.withOpenFiles(0));
        assertThrows(IllegalArgumentException.class, () -> WasiLimits.DEFAULT.withPollables(0));
        assertThrows(IllegalArgumentException.class, () -> WasiLimits.DEFAULT.withSockets(-1));
        assertThrows(IllegalArgumentException.class, () -> WasiLimits.DEFAULT.withSocketBuffer(100));
        assertThrows(IllegalArgumentException.class, () -> WasiLimits.DEFAULT.withDatagrams(0));
        assertThrows(IllegalArgumentException.class, () -> WasiLimits.DEFAULT.withLookups(-1));
    }
}
