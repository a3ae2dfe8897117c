package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.NodeNumbers;
import dev.creel.host.traffic.TrafficConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node says of itself. */
@Timeout(120)
class NumbersTest {
    @TempDir
    Path directory;

    @Test
    void countsRequestsByHowTheyEndForEachApplicationAndInAll() throws Exception {
        try (var executor = executor(TrafficConfig.DEFAULTS)) {
            var revision = executor.probe("");
            var other = executor.otherApp(revision, TenantId.random());
            for (var path : new String[] {"/", "/", "/trap", "/silent", "/allocate-and-trap", "/loop"}) {
                executor.get(revision, path);
            }
            executor.get(other, "/");
            // An answer is there before its guest has returned.
            Eventually.holds(() -> total(executor, Counted.RUNS) == 7, () -> "runs are missing");
            var numbers = numbers(executor);
            assertEquals(7, numbers.totals().of(Counted.Kind.OUTCOME), "each run ended in one way");
            assertEquals(2, numbers.appsCounted());
            var app = numbers.apps().stream()
                    .filter(one -> one.app().equals(executor.app))
                    .findFirst()
                    .orElseThrow();
            assertEquals(TrialExecutor.TENANT, app.tenant());
            assertEquals(6, app.counts().of(Counted.REQUESTS));
            assertEquals(2, app.counts().of(Counted.OK));
            assertEquals(1, app.counts().of(Counted.TRAPPED));
            assertEquals(1, app.counts().of(Counted.FAILED));
            assertEquals(1, app.counts().of(Counted.OUT_OF_MEMORY));
            assertEquals(1, app.counts().of(Counted.OUT_OF_TIME));
            assertEquals(2L * "probe\n".length(), app.counts().of(Counted.BYTES_OUT));
            assertTrue(app.counts().of(Counted.LOG_BYTES) > 0, "what was printed");
            long wall = app.counts().of(Counted.WALL_NANOS);
            long cpu = app.counts().of(Counted.CPU_NANOS);
            assertTrue(wall >= Duration.ofSeconds(1).toNanos(), wall + " ns");
            assertTrue(cpu > 0 && cpu <= wall, cpu + " ns of " + wall);
        }
    }

    @Test
    void showsWhatRunsAndWhatTheProcessTakes() throws Exception {
        try (var executor = executor(TrafficConfig.DEFAULTS)) {
            var revision = executor.probe("");
            var ignored = executor.client.sendAsync(
                    executor.request(revision, "/loop").build(), BodyHandlers.ofString());
            executor.awaitBusy(1);
            Eventually.holds(() -> reading(executor, "lanes_running") == 1, () -> "the guest never shows");
            var numbers = numbers(executor);
            assertEquals(1, numbers.reading("lanes_busy"));
            assertEquals(1, numbers.reading("requests_now"));
            assertEquals(1, numbers.reading("instances_running"));
            assertEquals(1, numbers.apps().getFirst().requestsNow());
            assertEquals(Runtime.getRuntime().availableProcessors(), numbers.reading("lanes_permits"));
            assertTrue(numbers.reading("memory_used_bytes") > 0);
            assertTrue(numbers.reading("modules_loaded") > 0);
            assertTrue(numbers.reading("process_heap_bytes") > ByteSize.ofMiB(1).bytes());
            assertTrue(numbers.reading("process_metaspace_bytes")
                    > ByteSize.ofMiB(1).bytes());
        }
    }

    @Test
    void countsWhatIsRefusedByTheLimitThatRefused() throws Exception {
        try (var executor = executor(TrafficConfig.DEFAULTS.withRequests(1, 1))) {
            var revision = executor.probe("");
            var sibling = executor.otherApp(revision, TrialExecutor.TENANT);
            var ignored = executor.client.sendAsync(
                    executor.request(revision, "/sleep").build(), BodyHandlers.ofString());
            executor.awaitBusy(1);
            assertEquals(429, executor.get(revision, "/").statusCode());
            assertEquals(429, executor.get(sibling, "/").statusCode());
            assertEquals(429, executor.get(sibling, "/").statusCode());
            var totals = numbers(executor).totals();
            assertEquals(1, totals.of(Counted.APP_REQUESTS));
            assertEquals(2, totals.of(Counted.TENANT_REQUESTS));
            assertEquals(4, totals.of(Counted.REQUESTS));
        }
    }

    @Test
    void listsNoMoreApplicationsThanItIsTold() throws Exception {
        var few = TrafficConfig.DEFAULTS;
        var config = new TrafficConfig(
                few.requestsPerApp(),
                few.requestsPerTenant(),
                few.logPerSecond(),
                few.logBurst(),
                1,
                few.forgetAfter());
        try (var executor = executor(config)) {
            var revision = executor.probe("");
            var busy = executor.otherApp(revision, TenantId.random());
            for (int i = 0; i < 5; i++) {
                executor.get(busy, "/");
            }
            executor.get(revision, "/");
            Eventually.holds(() -> total(executor, Counted.RUNS) == 6, () -> "runs are missing");
            var numbers = numbers(executor);
            assertEquals(1, numbers.apps().size());
            assertEquals(5, numbers.apps().getFirst().counts().of(Counted.OK));
            assertEquals(2, numbers.appsCounted());
            assertEquals(6, numbers.totals().of(Counted.OK));
        }
    }

    @Test
    void dropsWhatAnApplicationPrintsTooFastAndSaysSo() throws Exception {
        var config = TrafficConfig.DEFAULTS.withLog(ByteSize.ofBytes(100), ByteSize.ofBytes(1000));
        try (var executor = executor(config)) {
            var revision = executor.probe("");
            executor.get(revision, "/shout");
            executor.line("[the application prints more than 100B a second; what is too much is dropped]");
            int length = executor.lines().stream()
                    .mapToInt(line -> line.text().length() + 1)
                    .sum();
            assertTrue(length < 3000, length + " bytes were kept");
            assertTrue(numbers(executor).totals().of(Counted.LOG_BYTES_DROPPED) > 10_000);
        }
    }

    @Test
    void saysNothingToWhoHasNoKey() throws Exception {
        try (var executor = executor(TrafficConfig.DEFAULTS)) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + executor.port() + "/numbers"))
                    .build();
            assertEquals(
                    403, executor.client.send(request, BodyHandlers.ofString()).statusCode());
            // For an application, the path is like any other.
            var revision = executor.probe("");
            assertEquals("probe\n", executor.get(revision, "/numbers").body());
            assertEquals(421, executor.get(RevisionId.random(), "/numbers").statusCode());
        }
    }

    private TrialExecutor executor(TrafficConfig traffic) throws Exception {
        return new TrialExecutor(TrialExecutor.quick().withTraffic(traffic), directory.resolve("node"));
    }

    private static long total(TrialExecutor executor, Counted what) {
        try {
            return numbers(executor).totals().of(what);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long reading(TrialExecutor executor, String name) {
        try {
            return numbers(executor).reading(name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static NodeNumbers numbers(TrialExecutor executor) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + executor.port() + "/numbers"))
                .header("creel-key", TrialExecutor.KEY)
                .build();
        var response = executor.client.send(request, BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        return NumbersJson.read(response.body());
    }
}
