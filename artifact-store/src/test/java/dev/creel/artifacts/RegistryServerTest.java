package dev.creel.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServerTest {
    private static final ArtifactLimits LIMITS =
            new ArtifactLimits(ByteSize.ofMiB(8), ByteSize.ofKiB(64), 32, 64, Duration.ofMinutes(1), ByteSize.ofMiB(8));
    private final Map<String, TenantId> tokens =
            Map.of("t0", new TenantId(UUID.randomUUID()), "t1", new TenantId(UUID.randomUUID()));
    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path directory;

    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        var store = FileArtifacts.open(directory, LIMITS, InstantSource.system());
        var config = new RegistryConfig(RegistryConfig.DEFAULTS.listener().withBodyMax(LIMITS.blobMax()), "http");
        server = RegistryServer.start(vertx, config, store, token -> Optional.ofNullable(tokens.get(token)));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void takesAPushAndGivesItBack() throws Exception {
        var push = Push.of("config", "layer");
        for (var blob : push.blobs()) {
            pushInChunks("me/hello", blob, 4);
        }
        var put =
                send("PUT", "/v2/me/hello/manifests/0.1.0", push.manifest(), "content-type", "application/x.manifest");
        var digest = Digest.of(push.manifest());

        assertStatus(201, put);
        assertEquals("/v2/me/hello/manifests/" + digest, location(put));
        for (var reference :
                List.of("0.1.0", digest.toString(), digest.toString().replace(":", "%3A"))) {
            var got = send("GET", "/v2/me/hello/manifests/" + reference, null, "accept", "a/b");
            assertStatus(200, got);
            assertArrayEquals(push.manifest(), got.body());
            assertEquals("application/x.manifest", header(got, "content-type"));
            assertEquals(digest.toString(), header(got, "docker-content-digest"));
            var head = send("HEAD", "/v2/me/hello/manifests/" + reference, null);
            assertStatus(200, head);
            assertEquals(String.valueOf(push.manifest().length), header(head, "content-length"));
        }
        for (var blob : push.blobs()) {
            var got = send("GET", "/v2/me/hello/blobs/" + Digest.of(blob), null, "accept", "application/x.manifest");
            assertStatus(200, got);
            assertArrayEquals(blob, got.body());
        }
        assertEquals("{\"name\":\"me/hello\",\"tags\":[\"0.1.0\"]}", text(send("GET", "/v2/me/hello/tags/list", null)));
    }

    @Test
    void takesALargeBlobInChunksOfFourMebibytes() throws Exception {
        var blob = new byte[4 * 1024 * 1024 + 12_345];
        new Random(7).nextBytes(blob);

        pushInChunks("hello", blob, 4 * 1024 * 1024);

        var got = send("GET", "/v2/hello/blobs/" + Digest.of(blob), null);
        assertArrayEquals(blob, got.body());
        var head = send("HEAD", "/v2/hello/blobs/" + Digest.of(blob), null);
        assertStatus(200, head);
        assertEquals(String.valueOf(blob.length), header(head, "content-length"));
        var part = send("GET", "/v2/hello/blobs/" + Digest.of(blob), null, "range", "bytes=10-19");
        assertStatus(206, part);
        assertArrayEquals(Arrays.copyOfRange(blob, 10, 20), part.body());
        assertEquals("bytes 10-19/" + blob.length, header(part, "content-range"));
        assertStatus(416, send("GET", "/v2/hello/blobs/" + Digest.of(blob), null, "range", "bytes=99999999-"));
    }

    @Test
    void takesAWholeBlobWithThePost() throws Exception {
        var blob = "whole".getBytes(UTF_8);
        var posted = send("POST", "/v2/hello/blobs/uploads/?digest=" + Digest.of(blob), blob);

        assertStatus(201, posted);
        assertEquals("/v2/hello/blobs/" + Digest.of(blob), location(posted));
        assertStatus(200, send("HEAD", "/v2/hello/blobs/" + Digest.of(blob), null));
    }

    @Test
    void takesAWholeBlobWithThePut() throws Exception {
        var blob = "whole".getBytes(UTF_8);
        var upload = begin("hello");

        assertStatus(201, send("PUT", upload + "?digest=" + encoded(blob), blob));
        assertStatus(200, send("HEAD", "/v2/hello/blobs/" + Digest.of(blob), null));
    }

    @Test
    void takesAnEmptyBlob() throws Exception {
        var upload = begin("hello");
        assertStatus(201, send("PUT", upload + "?digest=" + encoded(new byte[0]), new byte[0]));
        assertStatus(200, send("GET", "/v2/hello/blobs/" + Digest.of(new byte[0]), null));
    }

    @Test
    void beginsAnUploadWhereAMountIsAskedFor() throws Exception {
        var answer =
                send("POST", "/v2/hello/blobs/uploads/?mount=" + encoded(new byte[0]) + "&from=other", new byte[0]);
        assertStatus(202, answer);
        assertTrue(location(answer).startsWith("/v2/hello/blobs/uploads/"), location(answer));
    }

    @Test
    void answersEachChunkWithTheWayOn() throws Exception {
        var upload = begin("hello");
        var first = send("PATCH", upload, "hel".getBytes(UTF_8), "content-range", "0-2");

        assertStatus(202, first);
        assertEquals(upload, location(first));
        assertEquals("0-2", header(first, "range"));
        var progress = send("GET", upload, null);
        assertStatus(204, progress);
        assertEquals("0-2", header(progress, "range"));
    }

    @Test
    void refusesChunksOutOfOrderWithWhatItHas() throws Exception {
        var upload = begin("hello");
        send("PATCH", upload, "hel".getBytes(UTF_8), "content-range", "0-2");

        for (var range : List.of("0-2", "4-6")) {
            var refused = send("PATCH", upload, "hel".getBytes(UTF_8), "content-range", range);
            assertRefused(416, "BLOB_UPLOAD_INVALID", refused);
            assertEquals("0-2", header(refused, "range"));
        }
        for (var range : List.of("x", "5-3", "3-9")) {
            assertRefused(
                    400, "BLOB_UPLOAD_INVALID", send("PATCH", upload, "hel".getBytes(UTF_8), "content-range", range));
        }
        assertStatus(202, send("PATCH", upload, "lo".getBytes(UTF_8), "content-range", "3-4"));
        assertStatus(201, send("PUT", upload + "?digest=" + encoded("hello".getBytes(UTF_8)), new byte[0]));
    }

    @Test
    void refusesAnotherDigestAndKeepsNothing() throws Exception {
        var upload = begin("hello");
        send("PATCH", upload, "hello".getBytes(UTF_8));
        var wrong = "world".getBytes(UTF_8);

        assertRefused(400, "DIGEST_INVALID", send("PUT", upload + "?digest=" + encoded(wrong), new byte[0]));

        assertStatus(404, send("HEAD", "/v2/hello/blobs/" + Digest.of(wrong), null));
        assertStatus(404, send("HEAD", "/v2/hello/blobs/" + Digest.of("hello".getBytes(UTF_8)), null));
        assertRefused(404, "BLOB_UPLOAD_UNKNOWN", send("PATCH", upload, "x".getBytes(UTF_8)));
    }

    @Test
    void refusesWhatIsNoDigest() throws Exception {
        for (var query : List.of("", "?digest=", "?digest=md5:abc", "?digest=sha256:abc", "?digest=sha256:../../x")) {
            assertRefused(400, "DIGEST_INVALID", send("PUT", begin("hello") + query, new byte[0]));
        }
        assertRefused(400, "DIGEST_INVALID", send("GET", "/v2/hello/blobs/..", null));
        assertRefused(404, "UNSUPPORTED", send("GET", "/v2/hello/blobs/..%2f..%2fx", null));
    }

    @Test
    void refusesABlobOverTheLimitWhicheverWayItComes() throws Exception {
        var tooLarge = new byte[8 * 1024 * 1024 + 1];
        var whole = send("POST", "/v2/hello/blobs/uploads/?digest=" + encoded(tooLarge), tooLarge);
        assertRefused(413, "SIZE_INVALID", whole);

        var upload = begin("hello");
        assertStatus(202, send("PATCH", upload, new byte[5 * 1024 * 1024]));
        assertRefused(413, "SIZE_INVALID", send("PATCH", upload, new byte[5 * 1024 * 1024]));
        assertRefused(404, "BLOB_UPLOAD_UNKNOWN", send("GET", upload, null));
    }

    @Test
    void refusesAManifestOverTheLimitOrWithMissingBlobs() throws Exception {
        assertRefused(413, "SIZE_INVALID", send("PUT", "/v2/hello/manifests/1", new byte[65 * 1024]));
        var missing = send("PUT", "/v2/hello/manifests/1", Push.of("layer").manifest());
        assertRefused(400, "MANIFEST_BLOB_UNKNOWN", missing);
        assertTrue(text(missing).contains(Digest.of("layer".getBytes(UTF_8)).toString()), text(missing));
        assertRefused(400, "MANIFEST_INVALID", send("PUT", "/v2/hello/manifests/1", "{".getBytes(UTF_8)));
        assertRefused(404, "MANIFEST_UNKNOWN", send("GET", "/v2/hello/manifests/1", null));
        assertRefused(404, "NAME_UNKNOWN", send("GET", "/v2/hello/tags/list", null));
    }

    @Test
    void cancelsAnUpload() throws Exception {
        var upload = begin("hello");
        assertStatus(204, send("DELETE", upload, null));
        assertRefused(404, "BLOB_UPLOAD_UNKNOWN", send("GET", upload, null));
    }

    @Test
    void keepsTenantsApart() throws Exception {
        var blob = "mine".getBytes(UTF_8);
        pushInChunks("hello", blob, 2);
        assertStatus(201, send("PUT", "/v2/hello/manifests/1", Push.of("mine").manifest()));
        var upload = begin("hello");

        assertStatus(404, sendAs("t1", "GET", "/v2/hello/blobs/" + Digest.of(blob), null));
        assertStatus(404, sendAs("t1", "GET", "/v2/hello/manifests/1", null));
        assertStatus(404, sendAs("t1", "PATCH", upload, blob));
        assertStatus(
                400,
                sendAs("t1", "PUT", "/v2/hello/manifests/1", Push.of("mine").manifest()));
    }

    @Test
    void refusesHostileNames() throws Exception {
        for (var name : List.of("..", "a/../b", "%2e%2e/x", "A", "a//b", "a%00b", "-a", "a/", "x".repeat(256))) {
            assertRefused(400, "NAME_INVALID", send("POST", "/v2/" + name + "/blobs/uploads/", new byte[0]));
        }
        for (var tag : List.of("%2e%2e", ".x", "-x", "a%00b", "x".repeat(129))) {
            assertRefused(
                    400,
                    "NAME_INVALID",
                    send("PUT", "/v2/hello/manifests/" + tag, Push.of("x").manifest()));
        }
        assertRefused(404, "UNSUPPORTED", send("GET", "/v2/hello", null));
        assertRefused(405, "UNSUPPORTED", send("DELETE", "/v2/hello/manifests/1", null));
        assertRefused(405, "UNSUPPORTED", send("GET", "/v2/hello/blobs/uploads/", null));
    }

    @Test
    void takesNamesWithTheWordsOfTheApi() throws Exception {
        var blob = "x".getBytes(UTF_8);
        pushInChunks("blobs/uploads/tags", blob, 1);
        assertStatus(200, send("HEAD", "/v2/blobs/uploads/tags/blobs/" + Digest.of(blob), null));
    }

    @Test
    void asksForCredentialsAndHandsTheTokenBackForThePassword() throws Exception {
        var challenged = sendAs(null, "GET", "/v2/", null);
        var authority = "127.0.0.1:" + server.port();

        assertRefused(401, "UNAUTHORIZED", challenged);
        assertEquals(
                "Bearer realm=\"http://" + authority + "/v2/token\",service=\"" + authority + "\"",
                header(challenged, "www-authenticate"));
        assertRefused(401, "UNAUTHORIZED", sendAs("unknown", "POST", "/v2/hello/blobs/uploads/", new byte[0]));
        assertStatus(200, send("GET", "/v2/", null));
        assertStatus(200, sendWith("Basic " + base64("any:t0"), "GET", "/v2/", null));

        var good = sendWith("Basic " + base64("any:t0"), "GET", "/v2/token?service=x&scope=", null);
        assertStatus(200, good);
        assertTrue(text(good).contains("\"token\":\"t0\""), text(good));
        for (var bad : List.of(
                "Basic " + base64("any:wrong"), "Basic " + base64("t0"), "Basic ???", "Bearer", "Bearer ", "x")) {
            assertRefused(401, "UNAUTHORIZED", sendWith(bad, "GET", "/v2/token", null));
        }
    }

    @Test
    void goesOnAfterAClientWentAwayInTheMiddleOfAChunk() throws Exception {
        var upload = begin("hello");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("PATCH " + upload + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t0\r\n"
                                    + "content-length: 100\r\n\r\nhello")
                            .getBytes(UTF_8));
            awaitFiveBytes(upload);
        }
        // Without a Content-Range the chunk would be taken, too; with it, it shows that the five bytes were kept.
        assertStatus(202, send("PATCH", upload, " world".getBytes(UTF_8), "content-range", "5-10"));
        var end = upload + "?digest=" + encoded("hello world".getBytes(UTF_8));
        assertStatus(201, send("PUT", end, new byte[0]));
        assertArrayEquals(
                "hello world".getBytes(UTF_8),
                send("GET", "/v2/hello/blobs/" + Digest.of("hello world".getBytes(UTF_8)), null)
                        .body());
    }

    /** The upload's file grows while its request still runs, so its size is read from the disk. */
    private void awaitFiveBytes(String upload) throws Exception {
        var file = directory.resolve("uploads").resolve(upload.substring(upload.lastIndexOf('/') + 1));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (Files.size(file) < 5) {
            assertTrue(System.nanoTime() < deadline, "the chunk's first bytes should arrive");
            Thread.onSpinWait();
        }
    }

    private void pushInChunks(String name, byte[] blob, int chunk) throws Exception {
        var upload = begin(name);
        for (int at = 0; at < blob.length; at += chunk) {
            int end = Math.min(blob.length, at + chunk);
            var bytes = Arrays.copyOfRange(blob, at, end);
            var answer = send("PATCH", upload, bytes, "content-range", at + "-" + (end - 1));
            assertStatus(202, answer);
            upload = location(answer);
        }
        var finished = send("PUT", upload + "?digest=" + encoded(blob), new byte[0]);
        assertStatus(201, finished);
        assertEquals("/v2/" + name + "/blobs/" + Digest.of(blob), location(finished));
    }

    private String begin(String name) throws Exception {
        var answer = send("POST", "/v2/" + name + "/blobs/uploads/", new byte[0]);
        assertStatus(202, answer);
        return location(answer);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) throws Exception {
        return sendWith("Bearer t0", method, path, body, headers);
    }

    private HttpResponse<byte[]> sendAs(String token, String method, String path, byte[] body) throws Exception {
        return sendWith(token == null ? null : "Bearer " + token, method, path, body);
    }

    private HttpResponse<byte[]> sendWith(
            String authorization, String method, String path, byte[] body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String encoded(byte[] blob) {
        return Digest.of(blob).toString().replace(":", "%3A");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static String location(HttpResponse<byte[]> answer) {
        return header(answer, "location");
    }

    private static void assertStatus(int status, HttpResponse<byte[]> answer) {
        assertEquals(status, answer.statusCode(), () -> answer.request() + ": " + text(answer));
    }

    private static void assertRefused(int status, String code, HttpResponse<byte[]> answer) {
        assertStatus(status, answer);
        assertTrue(text(answer).startsWith("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\""), text(answer));
        assertFalse(text(answer).contains("\n"), text(answer));
    }
}
