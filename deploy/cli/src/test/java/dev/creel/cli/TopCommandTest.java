package dev.creel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** How the command looks; the platform here has a hundred requests more at each look. */
@Timeout(60)
class TopCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong requests = new AtomicLong();
    private final CountDownLatch looks = new CountDownLatch(4);
    private HttpServer platform;

    @BeforeEach
    void start() throws IOException {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/admin/v1/numbers", http -> {
            var bytes = """
                    {"nodes": [{"node": "one", "endpoint": "h:1", "numbers": {"node": "one", "time": "2026-01-01T00:00:00Z",
                      "totals": {"requests": %d, "of_another_version": 1}, "readings": [], "apps": [], "appsCounted": 0}}],
                     "apps": []}
                    """.formatted(requests.addAndGet(100)).getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(200, bytes.length);
            http.getResponseBody().write(bytes);
            http.close();
            looks.countDown();
        });
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop(0);
    }

    @Test
    void looksAgainAndAgainUntilInterrupted() throws Exception {
        var thread = new Thread(() -> run("--interval", "100ms"));
        thread.start();
        assertTrue(looks.await(30, TimeUnit.SECONDS), () -> "it stopped looking: " + text());
        thread.interrupt();
        thread.join();
        assertTrue(text().contains("REQ/S"), text());
        assertFalse(text().contains("REQUESTS"), text());
        assertTrue(text().lines().filter(line -> line.startsWith("one ")).count() >= 2, text());
    }

    @Test
    void looksOnce() {
        assertEquals(0, run("--once"));
        assertEquals(100, requests.get());
        assertTrue(text().contains("REQUESTS"), text());
    }

    @Test
    void refusesAnIntervalThatIsTooShortOrNone() {
        assertEquals(2, run("--interval", "10ms"));
        assertEquals(2, run("--interval", "often"));
        assertEquals(0, requests.get());
    }

    private int run(String... args) {
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        var environment =
                Map.of("CREEL_URL", "http://127.0.0.1:" + platform.getAddress().getPort(), "CREEL_TOKEN", "t");
        return new CommandLine(new TopCommand(environment, terminal)).execute(args);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
