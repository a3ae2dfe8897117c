package dev.creel.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.creel.chassis.json.Json;
import dev.creel.chassis.json.JsonAt;
import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.app.AppId;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import dev.creel.contract.numbers.NodeNumbers;
import dev.creel.contract.numbers.Reading;
import dev.creel.control.numbers.NumbersConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The numbers of all nodes, as the control plane collects them; a node here tells what the test has it tell. */
@Timeout(60)
class NumbersTest {
    private Platform platform;
    private HttpServer node;
    private volatile NodeNumbers told;

    @BeforeEach
    void start() throws Exception {
        var config = ControlConfig.DEFAULTS;
        platform = new Platform(
                Postgres.fresh(),
                new PushedArtifacts(),
                new ControlConfig(
                        config.listener(),
                        config.addresses(),
                        config.appsPerTenantMax(),
                        config.places(),
                        config.revisions(),
                        config.variables(),
                        new NumbersConfig(2, Duration.ofSeconds(5))));
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/numbers", this::tell);
        node.start();
        publish("one", node.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        node.stop(0);
        platform.close();
    }

    @Test
    void collectsWhatNodesTellWithTheNamesOfApplications() throws Exception {
        var app = platform.createApp("busy");
        var gone = AppId.random();
        told = numbers("one", List.of(app(app, 7), app(gone, 3)));
        var document = numbers();
        var one = document.need("nodes").items().getFirst();
        assertEquals("one", one.need("node").text());
        assertEquals(told, NumbersJson.read(one.need("numbers")));
        var apps = document.need("apps").items();
        assertEquals(1, apps.size());
        assertEquals("busy", apps.getFirst().need("name").text());
        assertEquals("owner", apps.getFirst().need("tenant").text());
    }

    @Test
    void namesNodesThatDoNotAnswerAndShowsTheOthers() throws Exception {
        told = numbers("one", List.of());
        int nobody = 1;
        publish("two", nobody);
        var nodes = numbers().need("nodes").items();
        assertEquals(2, nodes.size());
        assertTrue(nodes.get(0).find("numbers").isPresent());
        assertEquals("two", nodes.get(1).need("node").text());
        assertFalse(nodes.get(1).need("problem").text().isEmpty());
    }

    @Test
    void isForTheOwnerOnly() throws Exception {
        for (var path : new String[] {"/admin/v1/numbers", "/admin/v1/metrics"}) {
            platform.send("GET", path, null, null).expect(401);
            var refused = platform.send("GET", path, null, platform.otherToken).expect(403);
            assertTrue(refused.detail().contains("owner"), refused.body());
        }
    }

    @Test
    void writesWhatPrometheusReads() throws Exception {
        var most = platform.createApp("most");
        var more = AppId.random();
        var least = AppId.random();
        told = numbers("one", List.of(app(least, 1), app(most, 90), app(more, 50)));
        var text = platform.get("/admin/v1/metrics").expect(200).body();
        assertTrue(
                text.contains("# TYPE creel_requests_total counter\ncreel_requests_total{node=\"one\"} 141\n"), text);
        assertTrue(text.contains("creel_node_up{node=\"one\"} 1\n"), text);
        assertTrue(text.contains("creel_outcomes_total{node=\"one\",outcome=\"trapped\"} 4\n"), text);
        assertTrue(text.contains("creel_refused_total{node=\"one\",limit=\"queue\"} 0\n"), text);
        assertTrue(text.contains("creel_cpu_seconds_total{node=\"one\"} 2.000000001\n"), text);
        assertTrue(text.contains("creel_lanes_waiting{node=\"one\",tenant=\"a \\\"quoted\\\" one\"} 5\n"), text);
        assertTrue(text.contains("creel_lanes_pauses_total{node=\"one\"} 6\n"), text);
        // Two applications have series, those with the most requests.
        assertTrue(
                text.contains("creel_app_requests_total{node=\"one\",app=\"" + most + "\",tenant=\"" + platform.tenant
                        + "\",name=\"most\"} 90\n"),
                text);
        assertTrue(text.contains("app=\"" + more + "\""), text);
        assertFalse(text.contains(least.toString()), text);
        assertWellFormed(text);
    }

    /** Each line is a comment or a sample, and what belongs together stands together. */
    private static void assertWellFormed(String text) {
        var seen = new LinkedHashSet<String>();
        var current = "";
        for (var line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                current = line.split(" ")[2];
                assertTrue(seen.add(current), () -> "twice: " + line);
            } else if (!line.startsWith("# HELP ")) {
                assertTrue(line.startsWith(current + "{"), line);
                assertTrue(line.matches("[a-z_]+\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)*} [0-9.]+"), line);
            }
        }
    }

    private JsonAt numbers() throws Exception {
        var answer = platform.get("/admin/v1/numbers").expect(200).body();
        return JsonAt.root("answer", answer.getBytes(UTF_8), ProblemCode.INVALID);
    }

    private AppNumbers app(AppId id, long requests) {
        return new AppNumbers(
                id, platform.tenant, 1, new Counts(Map.of(Counted.REQUESTS, requests, Counted.RUNS, requests)));
    }

    private static NodeNumbers numbers(String node, List<AppNumbers> apps) {
        var totals = new Counts(Map.of(Counted.REQUESTS, 141L, Counted.TRAPPED, 4L, Counted.CPU_NANOS, 2_000_000_001L));
        var readings = List.of(
                new Reading(
                        "lanes_waiting",
                        Reading.Kind.GAUGE,
                        "Guests in the queue.",
                        Map.of("tenant", "a \"quoted\" one"),
                        5),
                new Reading("lanes_pauses", Reading.Kind.COUNTER, "Pauses.", Map.of(), 6));
        return new NodeNumbers(
                new NodeId(node), Instant.parse("2026-01-01T00:00:00Z"), totals, readings, apps, apps.size());
    }

    private void publish(String name, int port) {
        platform.board.nodes().publish(new NodeEntry(new NodeId(name), new Endpoint("127.0.0.1", port), 10, Map.of()));
    }

    private void tell(HttpExchange http) throws IOException {
        boolean known = Platform.KEY.equals(http.getRequestHeaders().getFirst("creel-key"));
        var bytes = Json.write(NumbersJson.document(told));
        http.sendResponseHeaders(known ? 200 : 403, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }
}
