package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code creel run}: one component on localhost, no platform around it. */
class RunTest {
    private static final Pattern READY = Pattern.compile("creel is ready: http://127\\.0\\.0\\.1:(\\d+) \\(.*\\)");

    @TempDir
    Path folder;

    @Test
    void servesOneComponentWithoutAPlatformUntilToldToStop() throws Exception {
        var process = Program.start(folder, Map.of(), "run", Apps.trialWasm().toString(), "--listen", "127.0.0.1:0");
        try {
            var out = Program.drain(process.getInputStream());
            var err = Program.drain(process.getErrorStream());
            var ready = READY.matcher(out.await("creel is ready", 120));
            assertTrue(ready.matches(), out.soFar());
            int port = Integer.parseInt(ready.group(1));
            assertEquals("trial\n", RawHttp.get(port, "localhost", "/").text());
            var echo = RawHttp.send(
                    port, "POST", "localhost", "/echo", List.of(), "as sent".getBytes(StandardCharsets.UTF_8));
            assertEquals("as sent", echo.text());
            assertEquals(500, RawHttp.get(port, "localhost", "/trap").status());
            RawHttp.get(port, "localhost", "/print");
            err.await("trial stdout: printed to stdout", 20);
            err.await("trial stderr: GET /trap: the guest trapped", 20);
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "SIGTERM ends it");
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList(), "it leaves nothing behind");
        }
    }

    @Test
    void saysInOneLineWhatItCannotRun() throws Exception {
        var text = Files.writeString(folder.resolve("text.wasm"), "no component at all");
        assertFails("text.wasm", "run", text.toString(), "--listen", "127.0.0.1:0");
        assertFails("there is no file", "run", folder.resolve("none.wasm").toString(), "--listen", "127.0.0.1:0");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = "127.0.0.1:" + socket.getLocalPort();
            assertFails(taken, "run", Apps.trialWasm().toString(), "--listen", taken);
        }
    }

    private void assertFails(String reason, String... args) throws Exception {
        var failed = Program.run(folder, Map.of(), args);
        assertEquals(1, failed.exit(), failed.err());
        var last = failed.err().lines().reduce("", (a, b) -> b);
        assertTrue(last.startsWith("creel: ") && last.contains(reason), failed.err());
    }
}
