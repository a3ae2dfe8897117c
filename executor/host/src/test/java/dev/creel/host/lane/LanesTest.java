package dev.creel.host.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {
    private static final TenantId TENANT = TenantId.random();

    private Lanes lanes = lanes(1, 4, 2);

    private static Lanes lanes(int permits, int lanesMax, int queueMax) {
        return new Lanes(new LaneConfig(
                permits, lanesMax, queueMax, 5000, Duration.ofMillis(5), ByteSize.ofMiB(8), Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void runsNoMoreGuestsAtOnceThanPermits() throws Exception {
        lanes = lanes(2, 8, 200);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            assertTrue(lanes.submit(TENANT, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                running.decrementAndGet();
                done.countDown();
            }));
        }
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertTrue(most.get() <= 2, "ran " + most);
    }

    @Test
    void refusesWhenTheQueueIsFull() throws Exception {
        var hold = new CountDownLatch(1);
        var began = new CountDownLatch(1);
        assertTrue(lanes.submit(TENANT, () -> {
            began.countDown();
            await(hold);
        }));
        began.await();
        assertTrue(lanes.submit(TENANT, () -> {}));
        assertTrue(lanes.submit(TENANT, () -> {}));
        assertFalse(lanes.submit(TENANT, () -> {}));
        hold.countDown();
    }

    @Test
    void refusesWhenATenantsShareOfTheQueueIsFullAndTakesOthers() throws Exception {
        lanes = new Lanes(
                new LaneConfig(1, 4, 100, 3, Duration.ofMillis(5), ByteSize.ofMiB(8), Duration.ofSeconds(30)));
        var hold = new CountDownLatch(1);
        var began = new CountDownLatch(1);
        assertTrue(lanes.submit(TENANT, () -> {
            began.countDown();
            await(hold);
        }));
        began.await();
        for (int i = 0; i < 3; i++) {
            assertTrue(lanes.submit(TENANT, () -> {}));
        }
        assertFalse(lanes.submit(TENANT, () -> {}));
        var other = new CompletableFuture<String>();
        assertTrue(lanes.submit(TenantId.random(), () -> other.complete("runs")));
        hold.countDown();
        assertEquals("runs", other.get(10, TimeUnit.SECONDS));
    }

    @Test
    void oneTenantsFloodDoesNotComeBeforeAnothersGuest() throws Exception {
        lanes = lanes(1, 4, 2000);
        var hold = new CountDownLatch(1);
        var began = new CountDownLatch(1);
        lanes.submit(TENANT, () -> {
            began.countDown();
            await(hold);
        });
        began.await();
        var before = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            lanes.submit(TENANT, before::incrementAndGet);
        }
        var seen = new CompletableFuture<Integer>();
        lanes.submit(TenantId.random(), () -> seen.complete(before.get()));
        hold.countDown();
        assertTrue(seen.get(10, TimeUnit.SECONDS) <= 1, seen.get() + " ran before");
    }

    /** Runs until it is told to end, and pauses when it is asked to. */
    private static final class Runaway implements Runnable {
        private final Lanes lanes;
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean asked;
        private volatile boolean end;

        Runaway(Lanes lanes) {
            this.lanes = lanes;
        }

        @Override
        public void run() {
            lanes.waits().begins(() -> asked = true);
            began.countDown();
            try {
                while (!end) {
                    if (asked) {
                        asked = false;
                        lanes.waits().pause();
                    }
                    Thread.onSpinWait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended.countDown();
            }
        }
    }

    @Test
    void aGuestThatRunsForeverPausesForAnotherTenantsAndForItsOwn() throws Exception {
        lanes = lanes(1, 4, 200);
        var runaway = new Runaway(lanes);
        lanes.submit(TENANT, runaway);
        runaway.began.await();
        for (int i = 0; i < 50; i++) {
            var ran = new CompletableFuture<String>();
            lanes.submit(i % 2 == 0 ? TENANT : TenantId.random(), () -> ran.complete("runs"));
            assertEquals("runs", ran.get(10, TimeUnit.SECONDS));
        }
        assertEquals(1, runaway.ended.getCount());
        runaway.end = true;
        assertTrue(runaway.ended.await(10, TimeUnit.SECONDS));
    }

    /** In the middle of something that does not look whether it is to pause. */
    private Runnable unaware(CountDownLatch began, CountDownLatch end, AtomicInteger running, AtomicInteger most) {
        return () -> {
            lanes.waits().begins(() -> {});
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            began.countDown();
            await(end);
            running.decrementAndGet();
        };
    }

    @Test
    void aGuestThatDoesNotNoticeThatItIsToPauseKeepsNobodyWaiting() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var end = new CountDownLatch(1);
        var first = new CountDownLatch(1);
        lanes.submit(TENANT, unaware(first, end, running, most));
        assertTrue(first.await(10, TimeUnit.SECONDS));
        var other = new CountDownLatch(1);
        lanes.submit(TenantId.random(), unaware(other, end, running, most));
        assertTrue(other.await(10, TimeUnit.SECONDS));
        // No more go without a permit than there are permits: the next waits for one of the two.
        var last = new CountDownLatch(1);
        lanes.submit(TenantId.random(), unaware(last, end, running, most));
        assertFalse(last.await(50, TimeUnit.MILLISECONDS));
        end.countDown();
        assertTrue(last.await(10, TimeUnit.SECONDS));
        assertEquals(2, most.get());
        assertEquals("waited", afterwards());
    }

    @Test
    void manyThatRunForeverShareAPermitWithOneThatComes() throws Exception {
        lanes = lanes(2, 32, 200);
        var runaways = new ArrayList<Runaway>();
        for (int i = 0; i < 16; i++) {
            runaways.add(new Runaway(lanes));
            lanes.submit(TENANT, runaways.getLast());
        }
        for (var runaway : runaways) {
            assertTrue(runaway.began.await(10, TimeUnit.SECONDS));
        }
        var ran = new CountDownLatch(100);
        var other = TenantId.random();
        for (int i = 0; i < 100; i++) {
            lanes.submit(other, ran::countDown);
        }
        assertTrue(ran.await(10, TimeUnit.SECONDS));
        runaways.forEach(runaway -> runaway.end = true);
        for (var runaway : runaways) {
            assertTrue(runaway.ended.await(10, TimeUnit.SECONDS));
        }
        assertEquals("waited", afterwards());
    }

    private String afterwards() throws Exception {
        var after = new CompletableFuture<String>();
        lanes.submit(TENANT, () -> after.complete(waiting(new CountDownLatch(0))));
        return after.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aGuestThatPausesCanBeStopped() throws Exception {
        var runaway = new Runaway(lanes);
        var thread = new CompletableFuture<Thread>();
        lanes.submit(TENANT, () -> {
            thread.complete(Thread.currentThread());
            runaway.run();
        });
        runaway.began.await();
        var hold = new CountDownLatch(1);
        var began = new CountDownLatch(1);
        lanes.submit(TenantId.random(), () -> {
            began.countDown();
            await(hold);
        });
        assertTrue(began.await(10, TimeUnit.SECONDS));
        thread.get().interrupt();
        assertTrue(runaway.ended.await(10, TimeUnit.SECONDS));
        hold.countDown();
        assertEquals("waited", afterwards());
    }

    @Test
    void givesThePermitOfAWaitingGuestToAnother() throws Exception {
        var hold = new CountDownLatch(1);
        var first = new CompletableFuture<String>();
        lanes.submit(TENANT, () -> first.complete(waiting(hold)));
        var second = new CompletableFuture<String>();
        lanes.submit(TENANT, () -> second.complete("ran meanwhile"));
        assertEquals("ran meanwhile", second.get(10, TimeUnit.SECONDS));
        assertFalse(first.isDone());
        hold.countDown();
        assertEquals("waited", first.get(10, TimeUnit.SECONDS));
    }

    @Test
    void givesANestedGuestALaneWhenAllLanesWait() throws Exception {
        lanes = lanes(1, 1, 0);
        var inner = new CompletableFuture<String>();
        var outer = new CompletableFuture<String>();
        lanes.submit(TENANT, () -> {
            lanes.submitNested(TENANT, () -> inner.complete("inner"));
            try {
                outer.complete(lanes.waits().during(() -> inner.get(10, TimeUnit.SECONDS)));
            } catch (Exception e) {
                outer.completeExceptionally(e);
            }
        });
        assertEquals("inner", outer.get(10, TimeUnit.SECONDS));
    }

    @Test
    void keepsAnInterruptFromTheNextGuestOfALane() throws Exception {
        lanes = lanes(1, 1, 1);
        var first = new CompletableFuture<Thread>();
        lanes.submit(TENANT, () -> {
            Thread.currentThread().interrupt();
            first.complete(Thread.currentThread());
        });
        var second = new CompletableFuture<Boolean>();
        assertTrue(lanes.submit(
                TENANT, () -> second.complete(Thread.currentThread().isInterrupted())));
        assertNotSame(Thread.currentThread(), first.get());
        assertFalse(second.get(10, TimeUnit.SECONDS));
    }

    @Test
    void goesOnAfterAGuestThatThrows() throws Exception {
        lanes = lanes(1, 1, 1);
        var thread = new CompletableFuture<Thread>();
        lanes.submit(TENANT, () -> {
            thread.complete(Thread.currentThread());
            throw new IllegalStateException("expected by the test");
        });
        var next = new CompletableFuture<Thread>();
        lanes.submit(TENANT, () -> next.complete(Thread.currentThread()));
        assertSame(thread.get(), next.get(10, TimeUnit.SECONDS));
    }

    @Test
    void stopsWaitingForAPermitWhenInterrupted() throws Exception {
        var gate = new CountDownLatch(1);
        var hog = new CountDownLatch(1);
        var hogRuns = new CountDownLatch(1);
        var ended = new CompletableFuture<String>();
        var thread = new CompletableFuture<Thread>();
        lanes.submit(TENANT, () -> {
            thread.complete(Thread.currentThread());
            ended.complete(waiting(gate));
        });
        lanes.submit(TENANT, () -> {
            hogRuns.countDown();
            await(hog);
        });
        hogRuns.await();
        gate.countDown();
        thread.get().interrupt();
        assertEquals("interrupted", ended.get(10, TimeUnit.SECONDS));
        hog.countDown();
    }

    @Test
    void goesOnWithTheQueueAfterAGuestThatWasStoppedInAWait() throws Exception {
        lanes = lanes(1, 1, 1);
        var thread = new CompletableFuture<Thread>();
        lanes.submit(TENANT, () -> {
            thread.complete(Thread.currentThread());
            waiting(new CountDownLatch(1));
        });
        var next = new CompletableFuture<String>();
        var stopped = thread.get();
        lanes.submit(TENANT, () -> next.complete("runs"));
        stopped.interrupt();
        assertEquals("runs", next.get(10, TimeUnit.SECONDS));
    }

    @Test
    void hammerOfWaitsAndGuestsLeavesAllPermitsFree() throws Exception {
        lanes = lanes(3, 16, 5000);
        var done = new CountDownLatch(5000);
        for (int i = 0; i < 5000; i++) {
            int n = i;
            assertTrue(lanes.submit(TENANT, () -> {
                try {
                    lanes.waits().during(() -> {
                        if (n % 7 == 0) {
                            Thread.sleep(0, 1000);
                        }
                        return n;
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    done.countDown();
                }
            }));
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        var both = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            // Each holds its permit until all three have one.
            lanes.submit(TENANT, () -> {
                both.countDown();
                await(both);
            });
        }
        assertTrue(both.await(10, TimeUnit.SECONDS));
    }

    @Test
    void losesNoPermitToAGuestThatWaitsAtTheEndOfItsStack() throws Exception {
        lanes = new Lanes(
                new LaneConfig(1, 4, 100, 100, Duration.ofMillis(5), ByteSize.ofKiB(512), Duration.ofSeconds(30)));
        var overflows = new AtomicInteger();
        var done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            lanes.submit(TENANT, () -> {
                try {
                    dive();
                } catch (StackOverflowError e) {
                    overflows.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(20, overflows.get());
        var after = new CompletableFuture<String>();
        lanes.submit(TENANT, () -> after.complete("runs"));
        assertEquals("runs", after.get(10, TimeUnit.SECONDS));
        var again = new CompletableFuture<String>();
        lanes.submit(TENANT, () -> again.complete(waiting(new CountDownLatch(0))));
        assertEquals("waited", again.get(10, TimeUnit.SECONDS));
    }

    @SuppressWarnings("InfiniteRecursion")
    private int dive() {
        try {
            lanes.waits().during(() -> 0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return dive() + 1;
    }

    private String waiting(CountDownLatch until) {
        try {
            return lanes.waits().during(() -> {
                until.await();
                return "waited";
            });
        } catch (InterruptedException e) {
            return "interrupted";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
