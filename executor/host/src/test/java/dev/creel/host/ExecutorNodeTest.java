package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.logs.GuestLine;
import dev.creel.host.app.WarmUpConfig;
import dev.creel.host.ingress.IngressConfig;
import dev.creel.host.lane.LaneConfig;
import dev.creel.host.traffic.TrafficConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client and an edge see of guests, well-behaved or not. */
@Timeout(120)
class ExecutorNodeTest {
    @TempDir
    static Path directory;

    private static TrialExecutor executor;
    private static RevisionId probe;

    @BeforeAll
    static void start() throws Exception {
        executor = new TrialExecutor(TrialExecutor.quick(), directory.resolve("node"));
        probe = executor.probe("");
    }

    @AfterAll
    static void stop() {
        executor.close();
    }

    @Test
    void answersARequest() throws Exception {
        var response = executor.get(probe, "/");
        assertEquals(200, response.statusCode());
        assertEquals("probe\n", response.body());
    }

    @Test
    void startsAFreshInstanceForEachRequest() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertEquals("1", executor.get(probe, "/served").body());
        }
    }

    @Test
    void tellsTheGuestHowItWasReachedAndNothingThatAClientInvented() throws Exception {
        var request = executor.request(probe, "/headers/x?q=1")
                .header("spin-client-addr", "1.2.3.4:5")
                .header("spin-invented", "yes")
                .header("x-mine", "42")
                .build();
        var headers = new TreeMap<String, String>();
        executor.client.send(request, BodyHandlers.ofString()).body().lines().forEach(line -> {
            var parts = line.split("=", 2);
            headers.put(parts[0], parts[1]);
        });
        assertEquals("203.0.113.7:51612", headers.get("spin-client-addr"));
        assertEquals("http://127.0.0.1:" + executor.port() + "/headers/x?q=1", headers.get("spin-full-url"));
        assertEquals("/headers/x", headers.get("spin-path-info"));
        assertEquals("42", headers.get("x-mine"));
        for (var absent : new String[] {"spin-invented", "creel-key", "creel-revision", "creel-client", "host"}) {
            assertFalse(headers.containsKey(absent), absent);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'3\r\nabc\r\n0\r\nX-Sum: 42\r\nspin-invented: yes\r\nHost: h\r\n', x-sum=42",
        "'0\r\nA: 1\r\nA: 2\r\n', a=1;a=2",
        "'0\r\n', none"
    })
    void handsTheTrailersOfARequestToTheGuest(String body, String seen) throws Exception {
        var answer = raw("POST /trailers HTTP/1.1\r\nhost: h\r\nconnection: close\r\ntransfer-encoding: chunked\r\n"
                + "creel-key: " + TrialExecutor.KEY + "\r\ncreel-revision: " + probe + "\r\n\r\n" + body + "\r\n");
        // The guest writes piece by piece.
        answer = answer.replaceAll("\r\n[0-9a-f]+\r\n", "");
        assertTrue(answer.contains(seen.replace(';', '\n') + "\n"), answer);
        assertFalse(answer.contains("invented"), answer);
    }

    @Test
    void letsNobodyInWithoutTheKey() throws Exception {
        for (var key : new String[] {"", "wrong"}) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + executor.port() + "/"))
                    .header("creel-key", key)
                    .header("creel-revision", probe.toString())
                    .build();
            assertEquals(
                    403, executor.client.send(request, BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void tellsAnEdgeThatItDoesNotHoldARevision() throws Exception {
        assertEquals(421, executor.get(RevisionId.random(), "/").statusCode());
    }

    @Test
    void answersHealthAndInfo() throws Exception {
        assertEquals("OK", executor.get(probe, "/.well-known/spin/health").body());
        var info = executor.get(probe, "/.well-known/spin/info");
        assertEquals(
                "application/json", info.headers().firstValue("content-type").orElseThrow());
        assertEquals(
                """
                {"name":"trial","version":"1.0","oci_image_digest":"%s"}""".formatted(executor.placement(probe).revision().manifest()),
                info.body().replaceAll("\\s", ""));
        assertEquals(404, executor.get(probe, "/.well-known/spin/other").statusCode());
    }

    @ParameterizedTest(name = "{0} is answered {1}: {2}")
    @CsvSource({
        "/trap,              500, unreachable",
        "/recurse,           500, the guest trapped",
        "/exit,              500, exited with code 1",
        "/silent,            500, without setting a response",
        "/error,             500, the error internal-error",
        "/loop,              504, its limit of 1 s",
        "/loop-calls,        504, its limit of 1 s",
        "/sleep,             504, its limit of 1 s",
        "/handles,           500, handle",
        "/allocate-and-trap, 500, its memory limit of 8MiB",
    })
    void survivesMisbehaviourAndSaysWhy(String path, int status, String reason) throws Exception {
        var response = executor.get(probe, path);
        assertEquals(status, response.statusCode());
        assertEquals("", response.body());
        var line = executor.line("GET " + path + ": ");
        assertTrue(line.text().contains(reason), line.text());
        assertEquals(GuestLine.Source.STDERR, line.source());
        assertEquals("probe", line.component());
        assertEquals("probe\n", executor.get(probe, "/").body());
    }

    @Test
    void stopsAGuestThatHasUsedItsProcessorTimeAndNotOneThatWaits(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick();
        // A nap takes 100 ms.
        var limits = config.guest().withWall(Duration.ofSeconds(30)).withCpu(Duration.ofMillis(80));
        try (var other = new TrialExecutor(config.withGuest(limits), own.resolve("node"))) {
            var revision = other.probe("");
            assertEquals(504, other.get(revision, "/loop").statusCode());
            assertTrue(other.line("GET /loop: ").text().endsWith("its limit of 80 ms of processor time"));
            assertEquals("slept\n", other.get(revision, "/nap").body());
        }
    }

    @Test
    void answersWhileAnotherGuestRunsForever(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick();
        var one = new LaneConfig(1, 8, 8, 8, Duration.ofMillis(5), ByteSize.ofMiB(4), Duration.ofSeconds(30));
        config = config.withLanes(one).withGuest(config.guest().withWall(Duration.ofSeconds(30)));
        try (var other = new TrialExecutor(config, own.resolve("node"))) {
            var revision = other.probe("");
            var loops = Stream.of("/loop", "/loop-calls")
                    .map(path ->
                            other.client.sendAsync(other.request(revision, path).build(), BodyHandlers.ofString()))
                    .toList();
            Eventually.holds(() -> !other.idle(), () -> "nothing runs");
            for (int i = 0; i < 20; i++) {
                assertEquals("probe\n", other.get(revision, "/").body());
            }
            assertTrue(loops.stream().noneMatch(CompletableFuture::isDone));
        }
    }

    @Test
    void stopsARunawayGuestSoonAfterItsDeadline() throws Exception {
        long start = System.nanoTime();
        assertEquals(504, executor.get(probe, "/loop?soon").statusCode());
        long millis = (System.nanoTime() - start) / 1_000_000;
        // 50 ms is the aim; a busy machine needs more to notice.
        assertTrue(millis >= 1000 && millis < 2500, millis + " ms");
    }

    @Test
    void answersAGrowthBeyondTheMemoryLimitWithNo() throws Exception {
        assertEquals("refused\n", executor.get(probe, "/allocate").body());
    }

    @Test
    void keepsTheFirstAnswerOfAGuestThatAnswersTwice() throws Exception {
        assertEquals("once\n", executor.get(probe, "/twice").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/half", "/loop-after"})
    void cutsAResponseOffThatWasNotFinished(String path) {
        assertThrows(IOException.class, () -> executor.get(probe, path));
    }

    @Test
    void answersForAGuestThatReturnsWithoutTouchingItsBody() throws Exception {
        for (int i = 0; i < 20; i++) {
            var response = executor.get(probe, "/untouched");
            assertEquals(503, response.statusCode());
            assertEquals("", response.body());
        }
    }

    @Test
    void neverCompletesTheResponseOfAGuestThatTraps() throws Exception {
        for (int i = 0; i < 20; i++) {
            try {
                // Nothing was on its way yet: a whole answer says so.
                assertEquals(500, executor.get(probe, "/untouched?trap").statusCode());
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, "cut off after its head");
            }
        }
        executor.line("GET /untouched?trap: the guest trapped");
    }

    @Test
    void collectsWhatAGuestPrints() throws Exception {
        executor.get(probe, "/print");
        assertEquals(GuestLine.Source.STDOUT, executor.line("printed to stdout").source());
        assertEquals(GuestLine.Source.STDERR, executor.line("printed to stderr").source());
    }

    @Test
    void dropsWhatAGuestPrintsBeyondItsLimit() throws Exception {
        executor.get(probe, "/shout");
        executor.line("printed more than 1MiB");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var request = executor.request(probe, "/")
                .method("HEAD", BodyPublishers.noBody())
                .build();
        var response = executor.client.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertEquals("probe\n", executor.get(probe, "/").body());
    }

    @Test
    void goesOnAfterAGuestThatIgnoresALargeBody() throws Exception {
        var request = executor.request(probe, "/ignore-body")
                .POST(BodyPublishers.ofByteArray(new byte[3_000_000]))
                .build();
        assertEquals(
                "not read\n",
                executor.client.send(request, BodyHandlers.ofString()).body());
        assertEquals("probe\n", executor.get(probe, "/").body());
    }

    @Test
    void echoesBinaryBodiesUnchanged() throws Exception {
        var bytes = new byte[300_000];
        new java.util.Random(7).nextBytes(bytes);
        var request = executor.request(probe, "/echo")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        assertArrayEquals(
                bytes, executor.client.send(request, BodyHandlers.ofByteArray()).body());
    }

    @Test
    void refusesARequestWithoutAHost() throws Exception {
        assertTrue(raw("GET / HTTP/1.0\r\n" + edgeHeaders() + "\r\n").startsWith("HTTP/1.0 400"));
    }

    @Test
    void refusesHeadersThatAreNoUtf8() throws Exception {
        assertTrue(raw("GET / HTTP/1.1\r\nhost: h\r\nx-odd: \u00ff\u00fe\r\nconnection: close\r\n" + edgeHeaders()
                        + "\r\n")
                .startsWith("HTTP/1.1 500"));
    }

    @Test
    void interruptsAGuestWhoseClientGoesWhileItRuns() throws Exception {
        try (var socket = send("GET /sleep?gone HTTP/1.1\r\nhost: h\r\n" + edgeHeaders() + "\r\n")) {
            socket.getOutputStream().flush();
        }
        assertTrue(executor.line("GET /sleep?gone: ").text().contains("its client has gone"));
    }

    @Test
    void interruptsAGuestWhoseClientGoesInTheMiddleOfTheRequest() throws Exception {
        try (var socket =
                send("POST /echo?half HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n" + edgeHeaders() + "\r\nsome")) {
            assertTrue(socket.getInputStream().read() >= 0);
        }
        awaitIdle();
    }

    @Test
    void interruptsAGuestWhoseClientGoesInTheMiddleOfTheResponse() throws Exception {
        try (var socket = send("GET /flood?gone HTTP/1.1\r\nhost: h\r\n" + edgeHeaders() + "\r\n")) {
            assertTrue(socket.getInputStream().readNBytes(100_000).length == 100_000);
        }
        awaitIdle();
    }

    @Test
    void letsAGuestGoOnWhoseClientHasAllThatWasAnnounced() throws Exception {
        try (var socket = send("GET /linger HTTP/1.1\r\nhost: h\r\n" + edgeHeaders() + "\r\n")) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var text = new StringBuilder();
            while (!text.toString().endsWith("done")) {
                int one = in.read();
                assertTrue(one >= 0, "cut off after " + text);
                text.append((char) one);
            }
        }
        executor.line("lingered");
    }

    /** The guest notices by its stop, or by itself that nobody writes or reads any more. */
    private static void awaitIdle() throws InterruptedException {
        Eventually.holds(executor::idle, () -> "the guest still runs");
    }

    private static String edgeHeaders() {
        var headers = new StringBuilder();
        Map.of("creel-key", TrialExecutor.KEY, "creel-revision", probe.toString())
                .forEach((name, value) ->
                        headers.append(name).append(": ").append(value).append("\r\n"));
        return headers.toString();
    }

    private static Socket send(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), executor.port());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String raw(String text) throws IOException {
        try (var socket = send(text)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void refusesMoreRequestsOfOneApplicationThanItsLimit(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick().withTraffic(TrafficConfig.DEFAULTS.withRequests(2, 10));
        try (var other = new TrialExecutor(config, own.resolve("node"))) {
            var revision = assertRefusesTheThird(other, 429, "Too many requests to this application at once.");
            // Another application of the same tenant has room of its own.
            holdOne(other, revision);
            assertEquals(
                    200,
                    other.get(other.otherApp(revision, TrialExecutor.TENANT), "/")
                            .statusCode());
        }
    }

    @Test
    void refusesMoreRequestsOfOneTenantThanItsLimit(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick().withTraffic(TrafficConfig.DEFAULTS.withRequests(10, 2));
        try (var other = new TrialExecutor(config, own.resolve("node"))) {
            var revision = assertRefusesTheThird(other, 429, "Too many requests to this account at once.");
            var sibling = other.otherApp(revision, TrialExecutor.TENANT);
            var stranger = other.otherApp(revision, TenantId.random());
            holdOne(other, revision);
            holdOne(other, revision);
            other.awaitBusy(2);
            assertEquals(429, other.get(sibling, "/").statusCode());
            assertEquals("OK", other.get(sibling, "/.well-known/spin/health").body(), "what needs no guest");
            assertEquals(200, other.get(stranger, "/").statusCode());
        }
    }

    /** A request that is under way until its deadline. */
    private static void holdOne(TrialExecutor other, RevisionId revision) throws Exception {
        var request = other.request(revision, "/sleep").build();
        var ignored = other.client.sendAsync(request, BodyHandlers.ofString());
    }

    private static IngressConfig ingress(IngressConfig like, Duration idle) {
        return new IngressConfig(
                like.host(),
                like.port(),
                like.eventLoops(),
                like.requestLineMax(),
                like.headersMax(),
                like.bodyBuffer(),
                idle);
    }

    @Test
    void cutsAClientOffThatTakesNothingOfItsResponse(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick();
        config = config.withIngress(ingress(config.ingress(), Duration.ofMillis(500)));
        try (var other = new TrialExecutor(config, own.resolve("node"))) {
            var revision = other.probe("");
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
                var head = "GET /flood HTTP/1.1\r\nhost: h\r\ncreel-key: " + TrialExecutor.KEY + "\r\ncreel-revision: "
                        + revision + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                other.awaitBusy(1);
                other.awaitBusy(0);
            }
        }
    }

    @Test
    void warmsGuestsUpWithoutATrace(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick().withWarmUp(new WarmUpConfig(20, Duration.ofSeconds(60)));
        try (var other = new TrialExecutor(config, own.resolve("node"))) {
            var revision = other.probe("");
            Eventually.holds(() -> other.warmUpRuns() == 20, () -> other.warmUpRuns() + " runs");
            // The same code is not warmed up again for another application.
            other.probe("");
            assertEquals(List.of(), other.lines());
            assertEquals("1", other.get(revision, "/served").body());
            assertEquals(List.of(), other.lines());
            assertEquals("probe\n", other.get(revision, "/").body());
            assertEquals("asked for nothing", other.line("asked").text());
            assertEquals(20, other.warmUpRuns());
        }
    }

    @Test
    void warmsGuestsUpForAsLongAsItIsTold(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick().withWarmUp(new WarmUpConfig(Integer.MAX_VALUE, Duration.ofMillis(200)));
        try (var other = new TrialExecutor(config, own.resolve("node"))) {
            var revision = other.probe("");
            Eventually.holds(() -> other.warmUpRuns() > 0, () -> "never began");
            assertEquals("probe\n", other.get(revision, "/").body());
            var before = new long[] {-1};
            Eventually.holds(() -> before[0] == (before[0] = other.warmUpRuns()) && other.idle(), () -> "never ends");
        }
    }

    @Test
    void refusesRequestsWhenLanesAndQueueAreFull(@TempDir Path own) throws Exception {
        var lanes = new LaneConfig(1, 1, 1, 1, Duration.ofMillis(5), ByteSize.ofMiB(4), Duration.ofSeconds(30));
        try (var other = new TrialExecutor(TrialExecutor.quick().withLanes(lanes), own.resolve("node"))) {
            assertRefusesTheThird(other, 503, "Too many requests are waiting already.");
        }
    }

    /** Two requests fill it; a third hears so at once, and the next after them is answered again. */
    private static RevisionId assertRefusesTheThird(TrialExecutor other, int status, String reason) throws Exception {
        var revision = other.probe("");
        var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 3; i++) {
            var request = other.request(revision, "/sleep?" + i).build();
            all.add(other.client.sendAsync(request, BodyHandlers.ofString()));
        }
        var statuses = new ArrayList<Integer>();
        for (var one : all) {
            var response = one.join();
            statuses.add(response.statusCode());
            if (response.statusCode() == status) {
                assertEquals(reason + "\n", response.body());
                assertEquals("1", response.headers().firstValue("retry-after").orElseThrow());
            }
        }
        Collections.sort(statuses);
        assertEquals(List.of(status, 504, 504).stream().sorted().toList(), statuses);
        assertEquals(200, other.get(revision, "/").statusCode());
        return revision;
    }

    @Test
    void streamsAHundredMegabytesThroughAnEchoInBoundedMemory(@TempDir Path own) throws Exception {
        // A body is far larger than what may be held of it: the pipes in both directions and the guest's 8 MiB.
        var patient = TrialExecutor.quick();
        patient = patient.withGuest(patient.guest().withWall(Duration.ofSeconds(60)));
        try (var other = new TrialExecutor(patient, own.resolve("node"))) {
            var revision = other.probe("");
            int total = 100_000_000;
            var head = "POST /echo HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-length: " + total
                    + "\r\ncreel-key: " + TrialExecutor.KEY + "\r\ncreel-revision: " + revision + "\r\n\r\n";
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
                var out = socket.getOutputStream();
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                var writer = Thread.ofVirtual().start(() -> {
                    try {
                        for (int left = total; left > 0; left -= 100_000) {
                            out.write(new byte[100_000]);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                var in = socket.getInputStream();
                long seen = 0;
                var last = new byte[5];
                var buffer = new byte[65536];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    seen += n;
                    int keep = Math.min(5, n);
                    System.arraycopy(last, keep, last, 0, 5 - keep);
                    System.arraycopy(buffer, n - keep, last, 5 - keep, keep);
                }
                writer.join();
                assertTrue(seen > total, "only " + seen);
                assertEquals("0\r\n\r\n", new String(last, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
