package dev.creel.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.creel.chassis.json.Json;
import dev.creel.contract.app.TenantId;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends again what the real client sent, and expects the statuses that it went on with. The recordings are not part of the
 * repository: {@code CREEL_RECORDINGS} names their folder, without it this is skipped.
 */
class RecordedPushTest {
    private static final Set<String> CHOSEN_BY_CLIENT =
            Set.of("content-range", "content-type", "accept", "accept-encoding", "user-agent");

    @TempDir
    Path directory;

    record Line(String kind, Optional<Integer> n, Optional<Request> request, Optional<Response> response) {}

    record Request(String method, String target, List<List<String>> headers, Optional<Body> body) {}

    record Response(int status, List<List<String>> headers) {}

    record Body(Optional<String> text, Optional<String> base64) {
        Optional<byte[]> bytes() {
            return text.map(t -> t.getBytes(UTF_8)).or(() -> base64.map(Base64.getDecoder()::decode));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deploy-small", "deploy-many-files", "deploy-dependencies", "deploy-manifest-v1", "spin-registry"
            })
    void answersAsTheClientExpects(String scenario) throws Exception {
        var folder = System.getenv("CREEL_RECORDINGS");
        assumeTrue(folder != null, "CREEL_RECORDINGS is not set: no recordings to replay");
        var exchanges = Files.readAllLines(Path.of(folder, scenario + ".jsonl")).stream()
                .map(line -> Json.read(line.getBytes(UTF_8), Line.class))
                .filter(line -> line.kind().equals("exchange"))
                .filter(RecordedPushTest::concernsUs)
                .sorted(Comparator.comparing(line -> line.n().orElseThrow()))
                .takeWhile(RecordedPushTest::hasItsBody)
                .toList();
        assertTrue(exchanges.size() > 5, "the recording has pushes");
        var owner = new TenantId(UUID.randomUUID());
        var vertx = Vertx.vertx();
        try (var client = HttpClient.newHttpClient();
                var server = RegistryServer.start(
                        vertx,
                        RegistryConfig.DEFAULTS,
                        FileArtifacts.open(directory, ArtifactLimits.DEFAULTS, InstantSource.system()),
                        token -> Optional.of(owner).filter(ignored -> token.equals("t0")))) {
            replay(exchanges, client, server.port());
        } finally {
            vertx.close();
        }
    }

    private static boolean concernsUs(Line line) {
        var request = line.request().orElseThrow();
        boolean anonymous = first(request.headers(), "authorization").isEmpty();
        return request.target().startsWith("/v2/")
                && line.response().isPresent()
                && line.response().get().status() < 500
                && (!anonymous || request.target().equals("/v2/"));
    }

    /** Large bodies were recorded only by their digests; a replay ends there. */
    private static boolean hasItsBody(Line line) {
        var body = line.request().orElseThrow().body();
        return body.isEmpty() || body.get().bytes().isPresent();
    }

    private static void replay(List<Line> exchanges, HttpClient client, int port) throws Exception {
        Map<String, String> uploads = new HashMap<>();
        for (var line : exchanges) {
            var sent = line.request().orElseThrow();
            var target = sent.target();
            for (var upload : uploads.entrySet()) {
                target = target.replace(upload.getKey(), upload.getValue());
            }
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                    .method(
                            sent.method(),
                            sent.body()
                                    .map(body -> HttpRequest.BodyPublishers.ofByteArray(
                                            body.bytes().orElseThrow()))
                                    .orElse(HttpRequest.BodyPublishers.noBody()));
            for (var header : sent.headers()) {
                if (CHOSEN_BY_CLIENT.contains(header.get(0))) {
                    request.header(header.get(0), header.get(1));
                } else if (header.get(0).equals("authorization")) {
                    request.header("authorization", "Bearer t0");
                }
            }
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var expected = line.response().orElseThrow();
            assertEquals(expected.status(), answer.statusCode(), sent.method() + " " + target + ": " + answer.body());
            first(expected.headers(), "Location")
                    .filter(location -> location.contains("/uploads/"))
                    .ifPresent(location -> uploads.put(
                            location, answer.headers().firstValue("location").orElseThrow()));
        }
    }

    private static Optional<String> first(List<List<String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.get(0).equalsIgnoreCase(name))
                .map(header -> header.get(1))
                .findFirst();
    }
}
