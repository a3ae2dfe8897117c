package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.RevisionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests and responses at their limits of bytes: a million each. */
@Timeout(120)
class BodySizeTest {
    private static final int MAX = 1_000_000;
    private static final String SELF = ", \"metadata\": {\"allowed_outbound_hosts\": [\"http://self\"]}";

    @TempDir
    static Path directory;

    private static TrialExecutor executor;
    private static RevisionId probe;

    @BeforeAll
    static void start() throws Exception {
        var size = ByteSize.ofBytes(MAX);
        var config = TrialExecutor.quick();
        var guest = config.guest().withWall(Duration.ofSeconds(20)).withBodies(size, size);
        executor = new TrialExecutor(config.withGuest(guest), directory.resolve("node"));
        probe = executor.probe(SELF);
    }

    @AfterAll
    static void stop() {
        executor.close();
    }

    @Test
    void passesARequestAndAResponseOfExactlyTheLimit() throws Exception {
        assertEquals(MAX, post("/echo?exactly", ofKnownLength(MAX)).body().length());
        assertEquals(MAX, post("/echo?exactly", ofUnknownLength(MAX)).body().length());
    }

    @Test
    void refusesARequestThatAnnouncesTooMuchBeforeAnyGuestRuns() throws Exception {
        var response = post("/print", ofKnownLength(MAX + 1));
        assertEquals(413, response.statusCode());
        assertEquals("The request is larger than " + MAX + "B.\n", response.body());
        assertTrue(executor.lines().stream().noneMatch(line -> line.text().contains("printed")));
    }

    @Test
    void refusesARequestThatTurnsOutTooLargeAndBreaksItsBodyOff() throws Exception {
        // The guest reads over its body, sees that it is broken, and says so; but it has been answered for by then.
        var response = post("/trailers?long", ofUnknownLength(MAX + 1));
        assertEquals(413, response.statusCode());
        assertEquals("The request is larger than " + MAX + "B.\n", response.body());
        assertTrue(executor.line("POST /trailers?long: ").text().endsWith("body is larger than its limit of 1000000B"));
        assertEquals(200, post("/trailers?short", ofUnknownLength(10)).statusCode());
    }

    @Test
    void cutsAResponseOffWhoseRequestTurnsOutTooLarge() throws Exception {
        try {
            // Little of it was on its way yet: a whole answer says so.
            assertEquals(500, post("/echo?long", ofUnknownLength(3 * MAX)).statusCode());
        } catch (IOException e) {
            assertTrue(e.getMessage() != null, "cut off after its head");
        }
        executor.line("POST /echo?long: the request's body is larger than its limit");
    }

    @Test
    void aBodyThatNobodyReadsIsNeverTooLarge() throws Exception {
        assertEquals(
                "not read\n", post("/ignore-body", ofUnknownLength(3 * MAX)).body());
    }

    @Test
    void cutsAResponseOffThatGrowsTooLarge() throws Exception {
        assertThrows(IOException.class, () -> executor.get(probe, "/flood?cut"));
        assertTrue(executor.line("GET /flood?cut: ").text().endsWith("cut off at its limit of 1000000B"));
    }

    @Test
    void answersForAGuestThatAnnouncesTooMuch(@TempDir Path own) throws Exception {
        var config = TrialExecutor.quick();
        var guest = config.guest().withBodies(ByteSize.ofBytes(MAX), ByteSize.ofBytes(3));
        try (var other = new TrialExecutor(config.withGuest(guest), own.resolve("node"))) {
            // It announces four bytes.
            var revision = other.probe("");
            assertEquals(500, other.get(revision, "/linger").statusCode());
            other.line("GET /linger: the response was cut off at its limit of 3B");
        }
    }

    @Test
    void theResponseOfAnotherComponentHasTheSameLimit() throws Exception {
        // The one that asks hands on what it gets.
        int length = executor.get(probe, "/self?/flood?inner").body().length();
        assertTrue(length <= MAX, length + " bytes");
        executor.line("GET /flood?inner: the response was cut off at its limit");
    }

    private static BodyPublisher ofKnownLength(int bytes) {
        return BodyPublishers.ofByteArray(new byte[bytes]);
    }

    private static BodyPublisher ofUnknownLength(int bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
    }

    private static HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
        var request = executor.request(probe, path).POST(body).build();
        return executor.client.send(request, BodyHandlers.ofString());
    }
}
