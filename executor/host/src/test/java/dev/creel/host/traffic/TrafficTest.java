package dev.creel.host.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.host.traffic.AppTraffic.Entry;
import dev.creel.host.traffic.AppTraffic.Print;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrafficTest {
    private static final TenantId TENANT = TenantId.random();
    private static final TrafficConfig SMALL =
            new TrafficConfig(3, 5, ByteSize.ofBytes(100), ByteSize.ofBytes(400), 2, Duration.ofMinutes(10));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Traffic traffic = new Traffic(SMALL, now::get);

    @Test
    void anApplicationAndATenantHaveNoMoreRequestsUnderWayThanTheirLimits() {
        var one = traffic.of(AppId.random(), TENANT);
        var two = traffic.of(AppId.random(), TENANT);
        for (int i = 0; i < 3; i++) {
            assertEquals(Entry.OPEN, one.enter());
        }
        assertEquals(Entry.APP_FULL, one.enter());
        assertEquals(Entry.OPEN, two.enter());
        assertEquals(Entry.OPEN, two.enter());
        assertEquals(Entry.TENANT_FULL, two.enter());
        assertEquals(Entry.OPEN, traffic.of(AppId.random(), TenantId.random()).enter(), "another tenant has its own");
        assertEquals(6, traffic.requestsNow());
        one.leave();
        assertEquals(Entry.OPEN, two.enter());
        assertEquals(1, traffic.totals().of(Counted.APP_REQUESTS));
        assertEquals(1, traffic.totals().of(Counted.TENANT_REQUESTS));
        assertEquals(2, traffic.totals().of(Counted.Kind.REFUSAL));
    }

    @Test
    void theLimitsHoldWhateverThreadsDoAtOnce() throws Exception {
        var many = new Traffic(SMALL, InstantSource.system());
        var apps = IntStream.range(0, 4).mapToObj(i -> AppId.random()).toList();
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(() -> {
                    for (int n = 0; n < 50_000; n++) {
                        var app = many.of(apps.get(n % 4), TENANT);
                        if (app.enter() == Entry.OPEN) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            app.ran(Counted.OK, 1, 1);
                            inside.decrementAndGet();
                            app.leave();
                        }
                    }
                }));
            }
            for (var one : done) {
                one.get();
            }
        }
        assertTrue(most.get() <= 5, most + " at once");
        assertEquals(0, many.requestsNow());
        var totals = many.totals();
        assertEquals(200_000, totals.of(Counted.OK) + totals.of(Counted.Kind.REFUSAL));
        assertEquals(totals.of(Counted.OK), totals.of(Counted.WALL_NANOS));
    }

    @Test
    void listsTheApplicationsThatHaveUsedMostLately() {
        var before = traffic.of(AppId.random(), TENANT);
        for (int i = 0; i < 1000; i++) {
            before.ran(Counted.OK, 10, 1_000_000);
        }
        pass(Duration.ofMinutes(9));
        var now = traffic.of(AppId.random(), TENANT);
        now.ran(Counted.TRAPPED, 20, 5_000_000);
        var little = traffic.of(AppId.random(), TENANT);
        little.ran(Counted.OK, 30, 4_000_000);
        assertEquals(
                traffic.busiest().stream().map(AppNumbers::app).toList(),
                java.util.List.of(now.numbers().app(), little.numbers().app()));
        assertEquals(1, traffic.busiest().getFirst().counts().of(Counted.TRAPPED));
        assertEquals(1002, traffic.totals().of(Counted.RUNS), "those that are not listed, too");
    }

    @Test
    void forgetsApplicationsWithoutTrafficUnlessARequestIsUnderWay() {
        traffic.of(AppId.random(), TENANT).ran(Counted.OK, 1, 1);
        var busy = traffic.of(AppId.random(), TENANT);
        assertEquals(Entry.OPEN, busy.enter());
        pass(Duration.ofMinutes(10).plusMillis(1));
        assertEquals(1, traffic.busiest().size());
        assertEquals(1, traffic.apps());
        busy.leave();
        assertEquals(0, traffic.busiest().size());
        assertEquals(1, traffic.totals().of(Counted.OK), "the totals only grow");
    }

    @Test
    void neverKeepsTheCountsOfAllApplicationsThatThereEverWere() {
        for (int i = 0; i < 10_000; i++) {
            traffic.of(AppId.random(), TENANT).count(Counted.REQUESTS, 1);
            pass(Duration.ofSeconds(1));
        }
        assertTrue(traffic.apps() <= 2048, traffic.apps() + " are kept");
    }

    @Test
    void anApplicationPrintsNoMoreThanItsRateAndBurst() {
        var app = traffic.of(AppId.random(), TENANT);
        for (int i = 0; i < 4; i++) {
            assertEquals(new Print.Kept(0), app.print(100));
        }
        assertEquals(new Print.Dropped(true), app.print(100));
        pass(Duration.ofMillis(500));
        assertEquals(new Print.Dropped(false), app.print(50), "room for it, but not for a second's worth");
        assertEquals(new Print.Kept(0), traffic.of(AppId.random(), TENANT).print(100), "another one has its own");
        pass(Duration.ofMillis(500));
        assertEquals(new Print.Kept(150), app.print(100));
        assertEquals(new Print.Dropped(true), app.print(1));
        pass(Duration.ofHours(1));
        assertEquals(new Print.Kept(1), app.print(400));
        assertEquals(new Print.Dropped(true), app.print(1), "no more than the burst is saved up");
        assertEquals(152, traffic.totals().of(Counted.LOG_BYTES_DROPPED));
    }

    @Test
    void aLineLongerThanTheBurstIsKeptWhenAllOfItIsThere() {
        assertEquals(new Print.Kept(0), traffic.of(AppId.random(), TENANT).print(1000));
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
