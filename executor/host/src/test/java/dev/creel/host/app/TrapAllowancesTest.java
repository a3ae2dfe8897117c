package dev.creel.host.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.contract.app.AppId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrapAllowancesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    /** One trap is forgiven every ten seconds. */
    private final TrapAllowances traps = new TrapAllowances(new TrapConfig(3, 6), now::get);

    private final AppId app = AppId.random();

    @Test
    void waitsUntilOneTrapIsForgiven() {
        assertEquals(Optional.empty(), traps.count(app));
        assertEquals(Optional.empty(), traps.count(app));
        assertEquals(seconds(10), traps.count(app));
        assertEquals(seconds(10), traps.wait(app));
        pass(7);
        assertEquals(seconds(3), traps.wait(app));
        pass(3);
        assertEquals(Optional.empty(), traps.wait(app));
        assertEquals(seconds(10), traps.count(app));
    }

    @Test
    void countsTrapsOfRequestsThatWereUnderWayUpToAnotherBurst() {
        for (int i = 0; i < 100; i++) {
            traps.count(app);
        }
        assertEquals(seconds(40), traps.wait(app));
    }

    @Test
    void losesNoTrapOfThreadsThatCountAtOnce() throws Exception {
        var many = new TrapAllowances(new TrapConfig(8000, 6), now::get);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        for (int k = 0; k < 1000; k++) {
                            many.count(app);
                        }
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        assertEquals(seconds(10), many.wait(app));
    }

    @Test
    void refusesNobodyForHoursWhenTheClockIsSetBack() {
        for (int i = 0; i < 3; i++) {
            traps.count(app);
        }
        pass(-3600);
        assertEquals(Optional.empty(), traps.wait(app));
        assertEquals(Optional.empty(), traps.count(app));
    }

    @Test
    void anApplicationAloneNeverWaits() {
        var alone = new TrapAllowances(TrapConfig.ALONE, now::get);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(Optional.empty(), alone.count(app));
        }
    }

    private void pass(long seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }

    private static Optional<Duration> seconds(long count) {
        return Optional.of(Duration.ofSeconds(count));
    }
}
