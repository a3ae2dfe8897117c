package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.board.Placement;
import dev.creel.contract.board.RevisionSource;
import dev.creel.host.app.TrapConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications whose guests trap again and again. */
@Timeout(120)
class TrapCapTest {
    private static final String SELF = ", \"metadata\": {\"allowed_outbound_hosts\": [\"http://self\"]}";

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private TrialExecutor executor;
    private RevisionId revision;

    @BeforeEach
    void start() throws Exception {
        // One trap is forgiven every ten seconds.
        var config = TrialExecutor.quick().withTraps(new TrapConfig(3, 6));
        executor = new TrialExecutor(config, directory.resolve("node"), now::get);
        revision = executor.probe(SELF);
    }

    @AfterEach
    void stop() {
        executor.close();
    }

    @Test
    void refusesTheRequestsOfAnApplicationThatTrapsTooOftenUntilItIsForgiven() throws Exception {
        useUp("/outside?1", "/outside?2", "/outside?3");
        executor.line("too many requests of the application have trapped: its requests are answered 503 for 10 s");
        assertRefused("10");
        pass(Duration.ofMillis(8001));
        assertRefused("2");
        pass(Duration.ofMillis(1999));
        assertEquals(200, executor.get(revision, "/").statusCode());
        // The guest ran once, and the two before were refused without it.
        assertEquals(
                1,
                executor.lines().stream()
                        .filter(line -> line.text().equals("asked for nothing"))
                        .count());
        useUp("/outside?1");
        assertRefused("10");
        pass(Duration.ofSeconds(30));
        useUp("/outside?1", "/outside?2", "/outside?3");
        assertRefused("10");
    }

    @Test
    void refusesEveryRevisionOfTheApplicationAndNoOther() throws Exception {
        useUp("/outside?1", "/outside?2", "/outside?3");
        var next = executor.probe(SELF);
        assertEquals(503, executor.get(next, "/").statusCode());
        var placed = executor.placement(revision);
        var source = new RevisionSource(
                RevisionId.random(),
                "1.0",
                placed.revision().repository(),
                placed.revision().manifest());
        executor.place(new Placement(
                AppId.random(), placed.tenant(), "other", new HostName("other.localhost"), source, Map.of()));
        executor.settled(source.id());
        assertEquals(200, executor.get(source.id(), "/").statusCode());
        assertEquals(
                "OK", executor.get(revision, "/.well-known/spin/health").body(), "what needs no guest is answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/outside", "/divide", "/recurse", "/outside?1 when memory is full"})
    void countsEveryCheckThatFails(String path) throws Exception {
        var encoded = path.replace(' ', '+');
        useUp(encoded, encoded, encoded);
        assertRefused("10");
    }

    @Test
    void countsTrapsOfComponentsThatComponentsCall() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(500, executor.get(revision, "/self?/outside").statusCode());
        }
        assertRefused("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trap", "/exit", "/handles", "/allocate-and-trap"})
    void doesNotCountPanicsAndLimits(String path) throws Exception {
        for (int i = 0; i < 4; i++) {
            assertEquals(500, executor.get(revision, path).statusCode());
        }
        assertEquals(200, executor.get(revision, "/").statusCode());
    }

    private void useUp(String... paths) throws Exception {
        for (var path : paths) {
            assertEquals(500, executor.get(revision, path).statusCode(), path);
        }
    }

    private void assertRefused(String seconds) throws Exception {
        var response = executor.get(revision, "/");
        assertEquals(503, response.statusCode());
        assertEquals(seconds, response.headers().firstValue("retry-after").orElseThrow());
        assertEquals("Too many requests to this application have failed.\n", response.body());
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
