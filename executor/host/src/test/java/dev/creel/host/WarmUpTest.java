package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.logs.MemoryGuestLogs;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestLimits;
import dev.creel.host.app.Invoker;
import dev.creel.host.app.RunningApp;
import dev.creel.host.app.TrapAllowances;
import dev.creel.host.app.TrapConfig;
import dev.creel.host.app.WarmUp;
import dev.creel.host.app.WarmUpConfig;
import dev.creel.host.lane.LaneConfig;
import dev.creel.host.lane.Lanes;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.outbound.OutboundConfig;
import dev.creel.host.traffic.Traffic;
import dev.creel.host.traffic.TrafficConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What guests that nobody asked for are run for, and what not. */
@Timeout(120)
class WarmUpTest {
    private static final WarmUpConfig FIVE = new WarmUpConfig(5, Duration.ofSeconds(60));

    private final Vertx vertx = Vertx.vertx();
    private final Engine engine = TrialExecutor.ENGINE;
    private final Lanes lanes = new Lanes(LaneConfig.defaults());

    /** Runs so far, at the time when each application's turn came first. */
    private final Map<RunningApp, Long> begun = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        lanes.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void leavesApplicationsOutThatWereTakenAwayWhileTheyWaited() throws Exception {
        var taken = app();
        var sibling = sameCode(taken);
        var last = app();
        try (var warmUp = warmUp(app -> app != taken)) {
            var busy = new CountDownLatch(1);
            lanes.submit(TenantId.random(), () -> await(busy));
            List.of(taken, sibling, last).forEach(warmUp::add);
            busy.countDown();
            Eventually.holds(() -> warmUp.runs() == 10, () -> warmUp.runs() + " runs");
        }
        assertEquals(Map.of(taken, 0L, sibling, 0L, last, 5L), begun);
    }

    @Test
    void warmsCodeUpOnceWhoeverHasIt() throws Exception {
        var one = app();
        var other = sameCode(one);
        var last = app();
        try (var warmUp = warmUp(app -> true)) {
            List.of(one, other, last).forEach(warmUp::add);
            Eventually.holds(() -> warmUp.runs() == 10, () -> warmUp.runs() + " runs");
        }
        assertEquals(Map.of(one, 0L, last, 5L), begun);
    }

    @Test
    void goesOnWithTheNextAfterAFailureOfOurOwn() throws Exception {
        var failing = app();
        var next = app();
        try (var warmUp = warmUp(app -> {
            if (app == failing) {
                throw new IllegalStateException("for this test");
            }
            return true;
        })) {
            List.of(failing, next).forEach(warmUp::add);
            Eventually.holds(() -> warmUp.runs() == 5, () -> warmUp.runs() + " runs");
        }
    }

    @Test
    void refusesWhatWarmedGuestsAskOthersFor(@TempDir Path own) throws Exception {
        var asked = new AtomicInteger();
        int origin = vertx.createHttpServer()
                .requestHandler(http -> {
                    asked.incrementAndGet();
                    http.response().setStatusCode(203).end("origin " + http.uri());
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        var config = ExecutorConfig.defaults()
                .withOutbound(OutboundConfig.DEFAULTS.withPrivateNetworks(true))
                .withWarmUp(FIVE);
        try (var executor = new TrialExecutor(config, own.resolve("node"))) {
            var revision = executor.probe("""
                    , "env": {"ASK": "127.0.0.1:%1$d/asked"},
                      "metadata": {"allowed_outbound_hosts": ["http://127.0.0.1:%1$d"]}
                    """.formatted(origin));
            Eventually.holds(() -> executor.warmUpRuns() == 5, () -> executor.warmUpRuns() + " runs");
            assertEquals(0, asked.get(), "nothing was sent");
            var response = executor.get(revision, "/");
            assertEquals("origin /asked", response.body());
            assertEquals(203, response.statusCode());
            assertEquals(1, asked.get(), "the same request when somebody wants it");
        }
    }

    private WarmUp warmUp(Predicate<RunningApp> held) throws Exception {
        var run = engine.run(lanes.waits());
        var invoker = new Invoker(
                lanes,
                run,
                engine.deadlines(),
                new NetworkHttp(vertx, OutboundConfig.DEFAULTS),
                new MemoryGuestLogs(ByteSize.ofKiB(64), Clock.systemUTC()),
                new TrapAllowances(TrapConfig.DEFAULTS, InstantSource.system()),
                new Traffic(TrafficConfig.DEFAULTS, InstantSource.system()),
                GuestLimits.DEFAULTS);
        var counted = new CompletableFuture<WarmUp>();
        var warmUp = new WarmUp(FIVE, lanes, run, invoker, app -> {
            begun.putIfAbsent(app, counted.join().runs());
            return held.test(app);
        });
        counted.complete(warmUp);
        return warmUp;
    }

    /** With code that no other application has. */
    private RunningApp app() {
        var component = new LoneComponent("probe", TrialExecutor.PROBE, Map.of(), List.of());
        return ServeComponent.app(component, TrialExecutor.compiled(component.wasm()));
    }

    private static RunningApp sameCode(RunningApp like) {
        var component = new LoneComponent("probe", TrialExecutor.PROBE, Map.of(), List.of());
        return ServeComponent.app(
                component, like.component("probe").orElseThrow().code().loaded().orElseThrow());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
