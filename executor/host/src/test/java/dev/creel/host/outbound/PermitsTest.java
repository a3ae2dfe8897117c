package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.host.outbound.Permits.Entry;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PermitsTest {
    private final ArrayList<String> turns = new ArrayList<>();
    private final Runnable a = turn("a");
    private final Runnable b = turn("b");
    private final Runnable c = turn("c");
    private final Runnable d = turn("d");

    private Runnable turn(String name) {
        return () -> turns.add(name);
    }

    @Test
    void theOldestThatWaitsIsNext() {
        var permits = new Permits(1, 2);
        assertEquals(Entry.IN, permits.enter(a));
        assertEquals(Entry.WAITING, permits.enter(b));
        assertEquals(Entry.WAITING, permits.enter(c));
        assertEquals(Entry.REFUSED, permits.enter(d));
        permits.leave(a);
        assertEquals("[b]", turns.toString());
        permits.leave(b);
        assertEquals("[b, c]", turns.toString());
        permits.leave(c);
        assertEquals(Entry.IN, permits.enter(d));
    }

    @Test
    void whoGivesUpWaitingLosesItsPlaceOnly() {
        var permits = new Permits(1, 2);
        permits.enter(a);
        permits.enter(b);
        permits.enter(c);
        permits.leave(b);
        permits.leave(b);
        assertEquals(Entry.WAITING, permits.enter(d));
        permits.leave(a);
        permits.leave(a);
        assertEquals("[c]", turns.toString());
    }

    @Test
    void neverLetsMoreInThanItHasHoweverManyComeAtOnce() throws Exception {
        int requests = 2000;
        var permits = new Permits(3, requests);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(requests);
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < requests; i++) {
                // The turn hands its work to a thread, as an event loop would, and leaves when that is done.
                var turn = new Runnable() {
                    @Override
                    public void run() {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        pool.execute(() -> {
                            inside.decrementAndGet();
                            permits.leave(this);
                            done.countDown();
                        });
                    }
                };
                if (permits.enter(turn) == Entry.IN) {
                    turn.run();
                }
            }
            assertTrue(done.await(30, TimeUnit.SECONDS), done + " are left");
        }
        assertTrue(most.get() <= 3, most + " at once");
    }
}
