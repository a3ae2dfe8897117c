package dev.creel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.contract.artifact.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How a deploy waits for its own revision; the platform here serves what the test wants it to. */
@Timeout(60)
class DeployCommandTest {
    private static final String ID = "6a1c2f5e-6f0d-4a44-8c86-6f3f7c1c7a11";
    private static final String OTHER = Digest.of(new byte[] {1}).toString();

    @TempDir
    Path folder;

    /** What the application's host says it serves, one after the other; after the last one, what was pushed. */
    private final Queue<String> serving = new ConcurrentLinkedQueue<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private volatile String pushed = "";
    private volatile boolean overtaken;
    private HttpServer platform;

    @BeforeEach
    void start() throws IOException {
        Files.write(folder.resolve("app.wasm"), new byte[100]);
        Files.writeString(folder.resolve("spin.toml"), """
                spin_manifest_version = 2
                application = { name = "trial", version = "1.0.0" }
                [[trigger.http]]
                route = "/..."
                component = { source = "app.wasm" }
                """);
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", this::handle);
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop(0);
    }

    @Test
    void saysThatAnotherDeployCameAfterIt() {
        overtaken = true;
        var failure = assertThrows(CommandFailedException.class, () -> deploy(Duration.ofMillis(300)));
        assertEquals(
                "another deploy of trial came after this one: 2.0.0 serves, with the manifest " + OTHER,
                failure.getMessage());
    }

    @Test
    void waitsWhileEdgesStillFollow() throws Exception {
        serving.add(OTHER);
        serving.add(OTHER);
        assertEquals(0, deploy(Duration.ofSeconds(30)));
        assertTrue(serving.isEmpty());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("trial 1.0.0 is ready"), out::toString);
    }

    private int deploy(Duration overtakenAfter) throws Exception {
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        var command = new DeployCommand(Map.of(), terminal, overtakenAfter);
        new CommandLine(command).parseArgs(folder.toString(), "--url", url(), "--token", "t", "--timeout", "30");
        return command.call();
    }

    private String url() {
        return "http://127.0.0.1:" + platform.getAddress().getPort();
    }

    private void handle(HttpExchange http) throws IOException {
        var body = http.getRequestBody().readAllBytes();
        var call = http.getRequestMethod() + " " + http.getRequestURI().getPath();
        if (call.startsWith("PUT ") && call.contains("/manifests/")) {
            pushed = Digest.of(body).toString();
            answer(http, 201, "");
        } else if (call.startsWith("PUT ")) {
            answer(http, 201, "");
        } else if (call.contains("/blobs/uploads/")) {
            http.getResponseHeaders().set("Location", "/v2/trial/blobs/uploads/one");
            answer(http, 202, "");
        } else if (call.equals("GET /api/apps")) {
            answer(http, 200, "{\"items\": [%s], \"isLastPage\": true}".formatted(app()));
        } else if (call.equals("GET /api/apps/" + ID)) {
            answer(http, 200, app());
        } else if (call.equals("GET /.well-known/spin/info")) {
            var digest = overtaken ? OTHER : serving.isEmpty() ? pushed : serving.remove();
            answer(http, 200, "{\"oci_image_digest\": \"%s\"}".formatted(digest));
        } else {
            answer(http, 201, "");
        }
    }

    private String app() {
        return """
                {"id": "%s", "name": "trial", "subdomain": "127.0.0.1:%d", "state": "ready", "latestRevision": "%s"}
                """.formatted(ID, platform.getAddress().getPort(), overtaken ? "2.0.0" : "1.0.0");
    }

    private static void answer(HttpExchange http, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }
}
