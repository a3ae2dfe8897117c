package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.RevisionId;
import dev.creel.host.app.TrapConfig;
import dev.creel.host.lane.LaneConfig;
import dev.creel.host.outbound.OutboundConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of a request, on one lane: whatever a guest leaves in its memory, its handles, its files and the network, and however it
 * ends, the next one on the lane sees what the first of all saw, whether it is of the same application or of another one with its code.
 */
@Timeout(180)
final class FreshGuestTest {
    private static final byte[] MARKS = TrialExecutor.guest("marks.wasm");
    private static final List<String> KINDS = List.of("m", "g", "G", "h", "o", "f", "a");
    /** Ends that take until the deadline come last. */
    private static final List<String> ENDS = List.of("r", "t", "m", "d", "x", "l", "s");

    @TempDir
    static Path directory;

    private static final ConcurrentLinkedQueue<Socket> CONNECTIONS = new ConcurrentLinkedQueue<>();
    private static ServerSocket origin;
    private static TrialExecutor executor;
    private static RevisionId one;
    private static RevisionId other;

    @BeforeAll
    static void start() throws Exception {
        origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(FreshGuestTest::acceptAndSayNothing);
        var config = TrialExecutor.quick();
        var lane = new LaneConfig(1, 1, 8, 8, Duration.ofMillis(5), ByteSize.ofMiB(4), Duration.ofSeconds(30));
        executor = new TrialExecutor(
                config.withLanes(lane)
                        .withTraps(TrapConfig.ALONE)
                        .withOutbound(OutboundConfig.DEFAULTS.withPrivateNetworks(true)),
                directory.resolve("node"));
        one = app("red");
        other = app("green");
    }

    private static void acceptAndSayNothing() {
        try {
            while (true) {
                CONNECTIONS.add(origin.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static RevisionId app(String colour) throws Exception {
        var file = executor.layer(MediaTypes.DATA, colour.getBytes(StandardCharsets.UTF_8));
        var guest = executor.layer(MediaTypes.WASM, MARKS);
        var locked = """
                {"spin_lock_version": 1, "metadata": {"name": "trial", "version": "1.0"},
                 "triggers": [{"id": "t", "trigger_type": "http", "trigger_config": {"component": "marks", "route": "/..."}}],
                 "components": [{"id": "marks", "source": {"content_type": "application/wasm", "digest": "%s"},
                  "metadata": {"allowed_outbound_hosts": ["http://127.0.0.1:*"]}, "env": {"COLOUR": "%s"},
                  "files": [{"digest": "%s", "path": "kept.txt"}]}]}
                """.formatted(guest.digest(), colour, file.digest());
        return executor.ready(executor.push(locked, guest, file));
    }

    @AfterAll
    static void stop() throws IOException {
        executor.close();
        origin.close();
        for (var connection : CONNECTIONS) {
            connection.close();
        }
    }

    /** What a guest sees; nothing else runs then. */
    private static String look(RevisionId app) throws Exception {
        executor.awaitBusy(0);
        var response = executor.get(app, "/look");
        assertEquals(200, response.statusCode());
        return response.body();
    }

    @Test
    void seesNothingOfThoseBefore() throws Exception {
        var first = look(one);
        var others = look(other);
        assertTrue(first.contains("COLOUR=red\n") && others.contains("COLOUR=green\n"), first + others);
        assertTrue(first.contains("directories 0000000000000001"), first);
        for (var kind : KINDS) {
            for (var end : ENDS) {
                if ("ls".contains(end) && !"ao".contains(kind)) {
                    continue;
                }
                for (var marking : List.of(one, other)) {
                    var marked = executor.get(marking, "/mark?" + kind + end + "127.0.0.1:" + origin.getLocalPort());
                    assertEquals("marked\n", marked.body());
                    var after = kind + " and " + end + " in " + (marking.equals(one) ? "one" : "the other");
                    assertEquals(first, look(one), "one application after " + after);
                    assertEquals(others, look(other), "the other after " + after);
                }
            }
        }
        assertTrue(!CONNECTIONS.isEmpty(), "no request was left under way");
    }
}
