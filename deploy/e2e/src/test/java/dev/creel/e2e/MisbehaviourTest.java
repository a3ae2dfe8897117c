package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests and clients that do not behave, and the neighbours that must not feel it. */
class MisbehaviourTest {
    private static final String HOST = "trial.apps.localhost";

    @TempDir
    static Path folder;

    private static RunningCreel creel;

    @BeforeAll
    static void start() throws Exception {
        var config = folder.resolve("creel.toml");
        Files.writeString(config, "[executor.guest]\nwall = \"2s\"\n");
        creel = RunningCreel.start(folder, "--config", config.toString());
        creel.must("deploy", Apps.trial(folder, "trial", "1.0.0").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        creel.close();
    }

    @Test
    void givesEachRequestAFreshInstance() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertEquals("1", creel.get(HOST, "/served").text());
        }
    }

    @Test
    void stopsAGuestThatLoopsForEver() throws IOException {
        long start = System.nanoTime();
        assertTrue(creel.get(HOST, "/loop").status() >= 500);
        assertTrue(System.nanoTime() - start < 20_000_000_000L, "the deadline of 2 s stops it");
        assertServes();
    }

    @Test
    void refusesMemoryBeyondTheCap() throws IOException {
        assertEquals("refused\n", creel.get(HOST, "/allocate").text());
    }

    @Test
    void survivesAGuestThatRecursesForEver() throws IOException {
        assertEquals(500, creel.get(HOST, "/recurse").status());
        assertServes();
    }

    @Test
    void answersATrapWithAnEmpty500() throws IOException {
        var answer = creel.get(HOST, "/trap");
        assertEquals(500, answer.status());
        assertEquals("", answer.text());
    }

    @Test
    void answersAnExitAndSilenceWith500() throws IOException {
        assertEquals(500, creel.get(HOST, "/exit").status());
        assertEquals(500, creel.get(HOST, "/silent").status());
    }

    @Test
    void theFirstResponseOfTwoCounts() throws IOException {
        assertEquals("once\n", creel.get(HOST, "/twice").text());
    }

    @Test
    void cutsABodyOffWhenItsGuestTraps() throws IOException {
        var answer = creel.get(HOST, "/half");
        assertEquals(200, answer.status());
        assertFalse(answer.complete(), "the client must see that the body is not whole");
    }

    @Test
    void survivesClientsThatGoAwayInTheMiddle() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (var socket = RawHttp.connect(creel.port)) {
                RawHttp.head(socket.getOutputStream(), "POST", HOST, "/echo", List.of(), 10_000_000);
                socket.getOutputStream().write(new byte[100_000]);
            }
            try (var socket = RawHttp.connect(creel.port)) {
                RawHttp.head(socket.getOutputStream(), "GET", HOST, "/loop", List.of(), 0);
            }
        }
        assertServes();
    }

    @Test
    void streamsAHundredMegabytesThroughAnEcho() throws Exception {
        var part = new byte[1 << 20];
        new Random(42).nextBytes(part);
        try (var socket = RawHttp.connect(creel.port)) {
            var out = socket.getOutputStream();
            RawHttp.head(out, "POST", HOST, "/echo", List.of(), 100L * part.length);
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        out.write(part);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var answer = RawHttp.read(socket.getInputStream());
            writer.join();
            // The deadline of this platform is short: what matters is that what came is right and that nothing is held.
            assertEquals(200, answer.status());
            var expected = new byte[part.length];
            System.arraycopy(answer.body(), 0, expected, 0, expected.length);
            assertArrayEquals(part, expected);
        }
        assertServes();
    }

    @Test
    void takesSpinHeadersOfClientsOff() throws IOException {
        var answer = RawHttp.send(
                creel.port,
                "POST",
                HOST,
                "/echo",
                List.of("spin-full-url: http://evil/", "creel-revision: none"),
                "kept".getBytes(StandardCharsets.UTF_8));
        assertEquals("kept", answer.text());
    }

    private static void assertServes() throws IOException {
        assertEquals("trial\n", creel.get(HOST, "/").text());
    }
}
