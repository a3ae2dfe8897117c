package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping, and being stopped. */
class LifecycleTest {
    @TempDir
    Path folder;

    @Test
    void keepsEverythingAcrossARestartAndAKill() throws Exception {
        String token;
        try (var first = RunningCreel.start(folder)) {
            token = first.token();
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/owner.token"))));
            // The first start has signed the user in: no --url and no --token.
            var signedIn = Program.run(
                    folder,
                    Map.of(),
                    "deploy",
                    Apps.trial(folder, "kept", "1.0.0").toString());
            assertEquals(0, signedIn.exit(), signedIn.err());
            assertEquals(0, first.terminate());
        }
        try (var second = RunningCreel.start(folder)) {
            assertEquals(token, second.token());
            second.must("apps");
            assertServes(second, "kept");
            // A deploy is on its way when the platform is killed.
            var deploy = Program.start(
                    folder,
                    Map.of("CREEL_URL", second.url, "CREEL_TOKEN", token),
                    "deploy",
                    Apps.trial(folder, "cut", "1.0.0").toString());
            var said = Program.drain(deploy.getErrorStream());
            said.await("Pushing", 60);
            second.kill();
            deploy.waitFor();
        }
        try (var third = RunningCreel.start(folder)) {
            assertServes(third, "kept");
            third.must("deploy", folder.resolve("cut").toString());
            assertServes(third, "cut");
        }
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = Program.run(
                    folder, Map.of(), "up", "--data", "a", "--listen", "127.0.0.1:" + socket.getLocalPort());
            assertEquals(1, taken.exit());
            assertTrue(lastLine(taken).contains("" + socket.getLocalPort()), taken.err());
        }
        Files.writeString(folder.resolve("bad.toml"), "[edge]\nno-such-key = 1\n");
        var bad = Program.run(folder, Map.of(), "up", "--data", "b", "--config", "bad.toml");
        assertEquals(1, bad.exit());
        assertTrue(lastLine(bad).contains("no-such-key"), bad.err());
        var none = Program.run(folder, Map.of(), "up", "--data", "b", "--config", "none.toml");
        assertEquals(1, none.exit());
        assertTrue(lastLine(none).contains("none.toml"), none.err());
    }

    @Test
    void refusesTheDataOfARunningPlatform() throws Exception {
        try (var running = RunningCreel.start(folder)) {
            var other = Program.run(folder, Map.of(), "up", "--data", "data", "--listen", "127.0.0.1:0");
            assertEquals(1, other.exit());
            assertTrue(lastLine(other).contains("is running"), other.err());
            running.must("apps");
        }
    }

    private static String lastLine(Program.Result result) {
        return result.err().lines().reduce("", (a, b) -> b);
    }

    private static void assertServes(RunningCreel creel, String app) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (creel.get(app + ".apps.localhost", "/").status() == 200) {
                return;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        assertEquals("trial\n", creel.get(app + ".apps.localhost", "/").text());
    }
}
