package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.contract.app.RevisionId;
import dev.creel.host.outbound.OutboundConfig;
import dev.creel.wasi.http.HttpLimits;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that guests make: to the network, to each other, to themselves. */
@Timeout(120)
class OutboundTest {
    private static final String DENIED = "error 15\n";
    private static final String PROHIBITED = "error 04\n";
    private static final String LOOP = "error 36\n";
    private static final String LIMIT = "error 11\n";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private TrialExecutor executor;
    private int nodes;
    private final AtomicInteger connections = new AtomicInteger();
    private int origin;

    @BeforeEach
    void start() throws Exception {
        origin = vertx.createHttpServer()
                .connectionHandler(ignored -> connections.incrementAndGet())
                .requestHandler(http -> http.response().setStatusCode(203).end("origin " + http.uri()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        executor = start(true);
    }

    private TrialExecutor start(boolean privateNetworks) throws Exception {
        return start(OutboundConfig.DEFAULTS.withPrivateNetworks(privateNetworks));
    }

    private TrialExecutor start(OutboundConfig outbound) throws Exception {
        var config = TrialExecutor.quick();
        return new TrialExecutor(
                config.withGuest(config.guest().withWall(Duration.ofSeconds(5))).withOutbound(outbound),
                directory.resolve("node-" + ++nodes));
    }

    @AfterEach
    void stop() {
        executor.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void reachesWhatTheComponentsListAllows() throws Exception {
        var app = allowing("http://127.0.0.1:" + origin);
        var response = executor.get(app, "/fetch?127.0.0.1:" + origin + "/a?b=c");
        assertEquals(203, response.statusCode());
        assertEquals("origin /a?b=c", response.body());
    }

    @Test
    void reusesAConnectionFromRequestToRequest() throws Exception {
        var app = allowing("http://127.0.0.1:" + origin);
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    203,
                    executor.get(app, "/fetch?127.0.0.1:" + origin + "/" + i).statusCode());
        }
        // Two: the response is whole a moment before its connection is back in the pool.
        assertTrue(connections.get() <= 2, () -> connections + " connections");
    }

    @Test
    void reachesNothingElse() throws Exception {
        var app = allowing("http://example.com");
        assertEquals(
                DENIED, executor.get(app, "/fetch?127.0.0.1:" + origin + "/").body());
        assertEquals(DENIED, executor.get(app, "/fetch?self.alt/").body());
        assertEquals(DENIED, executor.get(app, "/self?/").body());
        assertEquals(DENIED, executor.get(app, "/fetch?other.spin.internal/").body());
        executor.line("is not in the component's allowed_outbound_hosts");
    }

    @Test
    void reachesPrivateNetworksOnlyWhereTheOperatorAllowsThem() throws Exception {
        executor.close();
        executor = start(false);
        var app = allowing("*://*:*");
        for (var host : new String[] {"127.0.0.1", "localhost"}) {
            assertEquals(
                    PROHIBITED,
                    executor.get(app, "/fetch?" + host + ":" + origin + "/").body(),
                    host);
        }
    }

    @Test
    void callsItsOwnRoutesWithinTheProcess() throws Exception {
        var app = allowing("http://self");
        assertEquals("probe\n", executor.get(app, "/self?/other").body());
        assertEquals("probe\n", executor.get(app, "/fetch?self.alt/other").body());
        assertEquals("OK", executor.get(app, "/self?/.well-known/spin/health").body());
    }

    @Test
    void theLimitsOfHttpAreThoseOfTheRun() throws Exception {
        var config = TrialExecutor.quick();
        // The probe's answers have one field of 22 bytes.
        for (int bytes : new int[] {22, 21}) {
            executor.close();
            var limits = new HttpLimits(bytes, 4096, 4096);
            executor = new TrialExecutor(
                    config.withGuest(config.guest().withHttp(limits)), directory.resolve("fields-" + bytes));
            assertEquals(
                    bytes == 22 ? 200 : 500,
                    executor.get(executor.probe(""), "/").statusCode());
        }
    }

    @Test
    void callsAnotherComponentWhateverItsRoute() throws Exception {
        var app = allowing("http://other.spin.internal");
        var headers = new TreeMap<String, String>();
        executor.get(app, "/fetch?other.spin.internal/headers/x").body().lines().forEach(line -> {
            var parts = line.split("=", 2);
            headers.put(parts[0], parts[1]);
        });
        assertEquals("/headers/x", headers.get("spin-path-info"));
        assertEquals("/...", headers.get("spin-matched-route"));
        assertEquals("", headers.get("spin-component-route"));
        assertEquals("http://localhost/headers/x", headers.get("spin-full-url"));
        assertEquals("0.0.0.0:0", headers.get("spin-client-addr"));
    }

    @Test
    void seesAnothersTrapAsItsAnswer() throws Exception {
        var app = allowing("http://other.spin.internal");
        assertEquals(500, executor.get(app, "/fetch?other.spin.internal/trap").statusCode());
        assertTrue(executor.line("GET /trap: ").component().equals("other"));
    }

    @Test
    void trapsACallToAComponentThatThereIsNot() throws Exception {
        var app = allowing("http://*:*");
        assertEquals(500, executor.get(app, "/fetch?nobody.spin.internal/").statusCode());
        executor.line("there is no component \"nobody\"");
    }

    @Test
    void endsAChainOfCallsAtItsDepth() throws Exception {
        var app = allowing("http://self");
        var path = new StringBuilder("/");
        for (int i = 0; i < 17; i++) {
            path.insert(0, "/self?");
        }
        assertEquals(LOOP, executor.get(app, path.toString()).body());
        assertEquals(
                "probe\n", executor.get(app, path.substring("/self?".length())).body());
    }

    @Test
    void letsAnApplicationCallItselfNoMoreOftenAtOnceThanItsLimit() throws Exception {
        executor.close();
        executor = start(chained(1));
        var app = allowing("http://self");
        for (int i = 0; i < 3; i++) {
            assertEquals("probe\n", executor.get(app, "/self?/").body());
            executor.awaitBusy(0);
            assertEquals(LIMIT, executor.get(app, "/self?/self?/").body());
            executor.awaitBusy(0);
        }
    }

    private static OutboundConfig chained(int most) {
        var d = OutboundConfig.DEFAULTS;
        return new OutboundConfig(
                true,
                d.trustedRoots(),
                d.connectTimeout(),
                d.firstByteTimeout(),
                d.betweenBytesTimeout(),
                d.requestsPerRun(),
                d.requestsPerApp(),
                d.waitingPerApp(),
                d.connectionsPerHost(),
                d.connectionsPerApp(),
                d.idle(),
                d.headersMax(),
                d.requestHeadMax(),
                d.bodyBuffer(),
                d.chainDepthMax(),
                most);
    }

    @Test
    void stopsWhatAStoppedGuestHasCalled() throws Exception {
        var app = allowing("http://other.spin.internal");
        assertEquals(504, executor.get(app, "/fetch?other.spin.internal/sleep").statusCode());
        executor.line("GET /sleep: ");
    }

    private RevisionId allowing(String entry) throws Exception {
        return executor.ready(executor.push(
                """
                {"spin_lock_version": 1, "metadata": {"name": "trial"},
                 "triggers": [
                   {"id": "t", "trigger_type": "http", "trigger_config": {"component": "probe", "route": "/..."}},
                   {"id": "u", "trigger_type": "http", "trigger_config": {"component": "other", "route": {"private": true}}}],
                 "components": [
                   {"id": "probe", "source": {"content_type": "application/wasm", "digest": "%1$s"},
                    "metadata": {"allowed_outbound_hosts": ["%2$s"]}},
                   {"id": "other", "source": {"content_type": "application/wasm", "digest": "%1$s"}}]}
                """.formatted(executor.artifacts.put(TrialExecutor.PROBE), entry),
                executor.layer(MediaTypes.WASM, TrialExecutor.PROBE)));
    }
}
