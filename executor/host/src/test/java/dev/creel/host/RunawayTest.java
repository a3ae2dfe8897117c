package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.contract.app.RevisionId;
import dev.creel.engine.GuestLimits;
import dev.creel.host.outbound.OutboundConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that never end by themselves are stopped soon after their deadline, whatever they do. The benchmark prints how soon. */
@Timeout(120)
final class RunawayTest {
    private static final long WALL_MILLIS = 300;
    /** 50 ms is the aim; a busy machine needs more to notice. */
    private static final long LATE_MILLIS = 1000;

    @TempDir
    static Path directory;

    private static final ConcurrentLinkedQueue<Socket> CONNECTIONS = new ConcurrentLinkedQueue<>();
    private static ServerSocket silent;
    private static TrialExecutor executor;
    private static RevisionId runaway;
    private static RevisionId tables;

    @BeforeAll
    static void start() throws Exception {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(RunawayTest::acceptAndSayNothing);
        var config = TrialExecutor.quick();
        var guest = GuestLimits.DEFAULTS;
        executor = new TrialExecutor(
                config.withGuest(guest.withWall(Duration.ofMillis(WALL_MILLIS)))
                        .withOutbound(OutboundConfig.DEFAULTS.withPrivateNetworks(true)),
                directory.resolve("node"));
        runaway = app("runaway.wasm");
        tables = app("tables.wasm");
    }

    private static void acceptAndSayNothing() {
        try {
            while (true) {
                CONNECTIONS.add(silent.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static RevisionId app(String file) throws Exception {
        var guest = executor.layer(MediaTypes.WASM, TrialExecutor.guest(file));
        var locked = """
                {"spin_lock_version": 1, "metadata": {"name": "trial", "version": "1.0"},
                 "triggers": [{"id": "t", "trigger_type": "http", "trigger_config": {"component": "c", "route": "/..."}}],
                 "components": [{"id": "c", "source": {"content_type": "application/wasm", "digest": "%s"},
                  "metadata": {"allowed_outbound_hosts": ["*://127.0.0.1:*"]}}]}
                """.formatted(guest.digest());
        return executor.ready(executor.push(locked, guest));
    }

    @AfterAll
    static void stop() throws IOException {
        executor.close();
        silent.close();
        for (var connection : CONNECTIONS) {
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/loop",
                "/recursion",
                "/switch",
                "/vectors",
                "/fill",
                "/copy",
                "/grow",
                "/letters",
                "/accents",
                "/polls",
                "/chance",
                "/handles",
                "/print",
                "/sleep",
                "/request",
                "/socket"
            })
    void isStoppedSoonAfterItsDeadline(String path) throws Exception {
        assertStopped(runaway, path + "?" + silent.getLocalPort());
        assertEquals("done\n", executor.get(runaway, "/work").body());
    }

    @Test
    void isStoppedWhileItFillsTables() throws Exception {
        assertStopped(tables, "/tables");
    }

    private static void assertStopped(RevisionId app, String path) throws Exception {
        long start = System.nanoTime();
        assertEquals(504, executor.get(app, path).statusCode());
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(executor.line("GET " + path + ": ").text().contains("its limit of 300 ms"));
        assertTrue(millis >= WALL_MILLIS && millis < WALL_MILLIS + LATE_MILLIS, millis + " ms");
    }

    @Test
    void isStoppedWhileItWaitsForABodyThatNeverComes() throws Exception {
        long start = System.nanoTime();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), executor.port())) {
            var head = "POST /body HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\ncreel-key: " + TrialExecutor.KEY
                    + "\r\ncreel-revision: " + runaway + "\r\n\r\nsome";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new byte[12];
            assertEquals(12, socket.getInputStream().readNBytes(answer, 0, 12));
            assertEquals("HTTP/1.1 504", new String(answer, StandardCharsets.ISO_8859_1));
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= WALL_MILLIS && millis < WALL_MILLIS + LATE_MILLIS, millis + " ms");
    }
}
