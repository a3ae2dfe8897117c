package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.AppId;
import dev.creel.host.Eventually;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many connections and requests there are at once; a server on loopback counts them. */
@Timeout(60)
class ConnectionsTest {
    private static final OutboundConfig CONFIG = OutboundConfig.DEFAULTS.withPrivateNetworks(true);
    private static final AppId APP = AppId.random();

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    /** Requests that wait for the test to answer them; those to {@code /now} do not. */
    private final BlockingQueue<HttpServerRequest> arrived = new LinkedBlockingQueue<>();

    private int port;

    @BeforeEach
    void serve() throws Exception {
        port = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    opened.incrementAndGet();
                    open.incrementAndGet();
                    connection.closeHandler(ignored -> open.decrementAndGet());
                })
                .requestHandler(http -> {
                    if (http.path().equals("/now")) {
                        http.response().end("now");
                    } else {
                        arrived.add(http);
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void oneConnectionCarriesManyRequests() throws Exception {
        try (var network = new NetworkHttp(vertx, CONFIG)) {
            for (int i = 0; i < 50; i++) {
                assertEquals("now", Wire.text(send(network, APP, network.newRun(), Wire.get("/now"))));
            }
        }
        assertEquals(1, opened.get());
    }

    @Test
    void applicationsNeverShareAConnection() throws Exception {
        try (var network = new NetworkHttp(vertx, CONFIG)) {
            var other = AppId.random();
            for (int i = 0; i < 10; i++) {
                Wire.text(send(network, APP, network.newRun(), Wire.get("/now")));
                Wire.text(send(network, other, network.newRun(), Wire.get("/now")));
            }
            assertEquals(2, network.apps());
        }
        assertEquals(2, opened.get());
    }

    @Test
    void aRunHasNoMoreRequestsUnderWayThanItsLimit() throws Exception {
        try (var network = new NetworkHttp(vertx, limits(2, 256, 1000, 64, 128))) {
            var run = network.newRun();
            var exchanges = new ArrayList<Exchange>();
            for (int i = 0; i < 5; i++) {
                exchanges.add(send(network, APP, run, Wire.get("/held")));
            }
            var first = arrived.poll(20, TimeUnit.SECONDS);
            var second = arrived.poll(20, TimeUnit.SECONDS);
            // Another run of the same application is not held up, and proves that the others had time to arrive.
            assertEquals("now", Wire.text(send(network, APP, network.newRun(), Wire.get("/now"))));
            assertTrue(arrived.isEmpty(), "two of five have begun");
            answer(first);
            answer(second);
            for (int i = 0; i < 3; i++) {
                answer(arrived.poll(20, TimeUnit.SECONDS));
            }
            for (var exchange : exchanges) {
                assertEquals("held", Wire.text(exchange));
            }
        }
    }

    @Test
    void anApplicationHasNoMoreRequestsUnderWayOrWaitingThanItsLimits() throws Exception {
        try (var network = new NetworkHttp(vertx, limits(64, 2, 1, 64, 128))) {
            var one = send(network, APP, network.newRun(), Wire.get("/held"));
            var two = send(network, APP, network.newRun(), Wire.get("/held"));
            var waits = send(network, APP, network.newRun(), Wire.get("/held"));
            var refused = send(network, APP, network.newRun(), Wire.get("/held"));
            assertEquals("connection-limit-reached", Wire.failure(refused));
            assertEquals("now", Wire.text(send(network, AppId.random(), network.newRun(), Wire.get("/now"))));
            for (int i = 0; i < 3; i++) {
                answer(arrived.poll(20, TimeUnit.SECONDS));
            }
            for (var exchange : new Exchange[] {one, two, waits}) {
                assertEquals("held", Wire.text(exchange));
            }
            assertEquals("now", Wire.text(send(network, APP, network.newRun(), Wire.get("/now"))));
        }
    }

    @Test
    void waitingForATurnCountsAgainstTheConnectTimeout() throws Exception {
        try (var network = new NetworkHttp(vertx, limits(64, 1, 10, 64, 128))) {
            var held = send(network, APP, network.newRun(), Wire.get("/held"));
            var hour = Duration.ofHours(1);
            var impatient = send(network, APP, network.newRun(), Wire.patient(Duration.ofMillis(50), hour, hour));
            assertEquals("connection-timeout", Wire.failure(impatient));
            answer(arrived.poll(20, TimeUnit.SECONDS));
            assertEquals("held", Wire.text(held));
            assertEquals("now", Wire.text(send(network, APP, network.newRun(), Wire.get("/now"))));
        }
    }

    @Test
    void aHostHasNoMoreConnectionsThanItsLimit() throws Exception {
        try (var network = new NetworkHttp(vertx, limits(64, 256, 1000, 2, 128))) {
            sixAtOnce(network);
        }
        assertEquals(2, opened.get());
    }

    @Test
    void keepsNoMoreConnectionsThanItsLimit() throws Exception {
        try (var network = new NetworkHttp(vertx, limits(64, 256, 1000, 64, 2))) {
            sixAtOnce(network);
            Eventually.holds(() -> open.get() <= 2, () -> open.get() + " connections are open");
            assertEquals(6, opened.get());
            assertEquals("now", Wire.text(send(network, APP, network.newRun(), Wire.get("/now"))));
            assertEquals(6, opened.get());
        }
    }

    @Test
    void closesConnectionsThatNobodyUses() throws Exception {
        try (var network = new NetworkHttp(vertx, CONFIG)) {
            Wire.text(send(network, APP, network.newRun(), Wire.get("/now")));
            assertEquals(1, open.get());
        }
        var config = new OutboundConfig(
                true,
                Optional.empty(),
                CONFIG.connectTimeout(),
                CONFIG.firstByteTimeout(),
                CONFIG.betweenBytesTimeout(),
                64,
                256,
                1000,
                64,
                128,
                Duration.ofSeconds(1),
                CONFIG.headersMax(),
                CONFIG.requestHeadMax(),
                CONFIG.bodyBuffer(),
                16,
                256);
        Eventually.holds(() -> open.get() == 0, () -> open.get() + " connections are open");
        try (var network = new NetworkHttp(vertx, config)) {
            var run = network.newRun();
            var held = send(network, APP, run, Wire.get("/held"));
            var request = arrived.poll(20, TimeUnit.SECONDS);
            Wire.text(send(network, APP, run, Wire.get("/now")));
            Eventually.holds(() -> open.get() == 1, () -> open.get() + " connections are open");
            assertEquals(1, network.apps(), "a request is under way");
            answer(request);
            assertEquals("held", Wire.text(held));
            Eventually.holds(() -> network.apps() == 0 && open.get() == 0, () -> open.get() + " connections are open");
        }
    }

    @Test
    void aCancelledRequestMakesRoomForTheNext() throws Exception {
        try (var network = new NetworkHttp(vertx, limits(64, 1, 10, 64, 128))) {
            var waits = send(network, APP, network.newRun(), Wire.get("/held"));
            var never = send(network, APP, network.newRun(), Wire.get("/never"));
            var next = send(network, APP, network.newRun(), Wire.get("/now"));
            arrived.poll(20, TimeUnit.SECONDS);
            never.cancel().run();
            assertFalse(next.answer().isDone());
            waits.cancel().run();
            assertEquals("now", Wire.text(next));
            assertEquals("connection-terminated", Wire.failure(never));
        }
        assertTrue(arrived.isEmpty());
    }

    private Exchange send(NetworkHttp network, AppId app, Permits run, HttpOutgoing request) {
        var exchange = network.send(app, run, request, new Destination(false, "127.0.0.1", port));
        exchange.body().end(Optional.empty());
        return exchange;
    }

    private static void answer(@Nullable HttpServerRequest held) {
        Objects.requireNonNull(held, "no request arrived").response().end("held");
    }

    private static OutboundConfig limits(
            int requestsPerRun, int requestsPerApp, int waitingPerApp, int connectionsPerHost, int connectionsPerApp) {
        return new OutboundConfig(
                true,
                Optional.empty(),
                CONFIG.connectTimeout(),
                CONFIG.firstByteTimeout(),
                CONFIG.betweenBytesTimeout(),
                requestsPerRun,
                requestsPerApp,
                waitingPerApp,
                connectionsPerHost,
                connectionsPerApp,
                CONFIG.idle(),
                CONFIG.headersMax(),
                CONFIG.requestHeadMax(),
                CONFIG.bodyBuffer(),
                CONFIG.chainDepthMax(),
                CONFIG.chainedPerApp());
    }

    /** Six exchanges, all asked for before the first is answered. */
    private void sixAtOnce(NetworkHttp network) throws Exception {
        var run = network.newRun();
        var exchanges = new ArrayList<Exchange>();
        for (int i = 0; i < 6; i++) {
            exchanges.add(send(network, APP, run, Wire.get("/held")));
        }
        for (var ignored : exchanges) {
            answer(arrived.poll(20, TimeUnit.SECONDS));
        }
        for (var exchange : exchanges) {
            assertEquals("held", Wire.text(exchange));
        }
    }
}
