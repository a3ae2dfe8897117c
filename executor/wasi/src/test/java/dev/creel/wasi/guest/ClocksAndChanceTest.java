package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.TrapException;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.context.WasiLimits;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClocksAndChanceTest {
    private static final String MONOTONIC = "clocks/monotonic-clock";

    @Test
    void tellsTheTimeItIsGiven() {
        var clock = Clock.fixed(Instant.ofEpochSecond(12, 34), ZoneOffset.UTC);
        try (var guest = new Guest(WasiContext.builder().clocks(clock, () -> 99))) {
            assertArrayEquals(new Object[] {12L, 34L}, (Object[]) guest.call("clocks/wall-clock", "now"));
            assertArrayEquals(new Object[] {0L, 1L}, (Object[]) guest.call("clocks/wall-clock", "resolution"));
            assertEquals(99L, guest.call(MONOTONIC, "now"));
            assertEquals(1L, guest.call(MONOTONIC, "resolution"));
        }
    }

    @Test
    void theMonotonicClockStartsAboveZeroAndRises() {
        try (var guest = new Guest()) {
            long first = (Long) guest.call(MONOTONIC, "now");
            assertTrue(first > 0 && first < 60_000_000_000L, "says nothing about the host");
            assertTrue((Long) guest.call(MONOTONIC, "now") >= first);
        }
    }

    @Test
    void timersFollowTheGuestsClock() {
        var now = new AtomicLong(1000);
        try (var guest = new Guest(WasiContext.builder().clocks(Clock.systemUTC(), now::get))) {
            var at = guest.call(MONOTONIC, "subscribe-instant", 1500L);
            var after = guest.call(MONOTONIC, "subscribe-duration", 400L);
            var never = guest.call(MONOTONIC, "subscribe-duration", -1L);
            var past = guest.call(MONOTONIC, "subscribe-instant", 0L);
            assertEquals(List.of(3L), guest.call("io/poll", "poll", List.of(at, after, never, past)));
            now.set(1400);
            assertEquals(List.of(1L), guest.call("io/poll", "poll", List.of(at, after, never)));
            now.set(Long.MAX_VALUE);
            assertEquals(List.of(0L, 1L), guest.call("io/poll", "poll", List.of(at, after, never)));
        }
    }

    @Test
    void pollWaitsForTheFirstOfManyTimersWithoutAThreadEach() {
        try (var guest = new Guest()) {
            var timers = new ArrayList<Object>();
            for (int i = 0; i < 2000; i++) {
                timers.add(guest.call(MONOTONIC, "subscribe-duration", 3_600_000_000_000L + i));
            }
            timers.add(guest.call(MONOTONIC, "subscribe-duration", 20_000_000L));
            int threads = Thread.activeCount();
            long start = System.nanoTime();
            assertEquals(List.of(2000L), guest.call("io/poll", "poll", timers));
            assertTrue(System.nanoTime() - start >= 15_000_000L, "too early");
            assertTrue(Thread.activeCount() <= threads + 2);
        }
    }

    @Test
    void randomBytesDiffer() {
        try (var guest = new Guest()) {
            for (var from : List.of("random", "insecure")) {
                var name = from.equals("random") ? "random" : "insecure-random";
                var one = (byte[]) guest.call("random/" + from, "get-" + name + "-bytes", 32L);
                assertEquals(32, one.length);
                var other = (byte[]) guest.call("random/" + from, "get-" + name + "-bytes", 32L);
                assertTrue(!java.util.Arrays.equals(one, other));
                assertNotEquals(
                        guest.call("random/" + from, "get-" + name + "-u64"),
                        guest.call("random/" + from, "get-" + name + "-u64"));
            }
            var seed = (Object[]) guest.call("random/insecure-seed", "insecure-seed");
            assertNotEquals(seed[0], seed[1]);
        }
    }

    @Test
    void tooManyRandomBytesTrap() {
        try (var guest = new Guest(WasiContext.builder().limits(WasiLimits.DEFAULT.withRandomBytes(100)))) {
            assertEquals(100, ((byte[]) guest.call("random/random", "get-random-bytes", 100L)).length);
            assertThrows(TrapException.class, () -> guest.call("random/random", "get-random-bytes", 101L));
            assertThrows(TrapException.class, () -> guest.call("random/random", "get-random-bytes", -1L));
            assertThrows(TrapException.class, () -> guest.call("random/insecure", "get-insecure-random-bytes", 101L));
        }
    }
}
