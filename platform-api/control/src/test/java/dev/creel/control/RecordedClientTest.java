package dev.creel.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.creel.chassis.json.Json;
import dev.creel.contract.artifact.RepositoryName;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends again what the real client sent to the API, and expects its statuses and the members that it read. Pushes go
 * straight into the artifacts. The recordings are not part of the repository: {@code CREEL_RECORDINGS} names their folder,
 * without it this is skipped.
 */
class RecordedClientTest {
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^?/]+)(\\?.*)?");
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new HashMap<>();

    record Line(String kind, Optional<Integer> n, Optional<Request> request, Optional<Response> response) {}

    record Request(String method, String target, Optional<Body> body) {
        String text() {
            return body.map(b -> new String(b.bytes(), UTF_8)).orElse(null);
        }
    }

    record Response(int status, Optional<Body> body) {
        Object json() {
            return Json.read(body.orElseThrow().bytes(), Object.class);
        }
    }

    record Body(Optional<String> text, Optional<String> base64) {
        byte[] bytes() {
            return text.map(t -> t.getBytes(UTF_8))
                    .or(() -> base64.map(Base64.getDecoder()::decode))
                    .orElseThrow(() -> new AssertionError("this body was recorded only by its digest"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"login-token", "deploy-small", "deploy-many-files", "apps", "variables", "logs"})
    void answersAsTheClientExpects(String scenario) throws Exception {
        var folder = System.getenv("CREEL_RECORDINGS");
        assumeTrue(folder != null, "CREEL_RECORDINGS is not set: no recordings to replay");
        var exchanges = Files.readAllLines(Path.of(folder, scenario + ".jsonl")).stream()
                .map(line -> Json.read(line.getBytes(UTF_8), Line.class))
                .filter(line -> line.kind().equals("exchange"))
                // An answer of the stub's that was no success was ordered, or given to a wrong token.
                .filter(line ->
                        line.response().isPresent() && line.response().get().status() < 300)
                .sorted(Comparator.comparing(line -> line.n().orElseThrow()))
                .toList();
        int replayed = 0;
        try (var platform = Platform.start()) {
            for (var line : exchanges) {
                var request = line.request().orElseThrow();
                if (request.target().startsWith("/v2/")) {
                    push(platform, request);
                } else if (request.target().startsWith("/api/")) {
                    replay(platform, request, line.response().orElseThrow());
                    replayed++;
                }
            }
        }
        assertTrue(replayed > 2, "the recording talks to the API");
    }

    private void push(Platform platform, Request request) {
        var upload = UPLOAD.matcher(request.target());
        var manifest = MANIFEST.matcher(request.target());
        if (request.method().equals("PATCH") && upload.matches()) {
            uploads.computeIfAbsent(upload.group(2), ignored -> new ByteArrayOutputStream())
                    .writeBytes(request.body().orElseThrow().bytes());
        } else if (request.method().equals("PUT") && upload.matches()) {
            platform.artifacts.put(
                    platform.repository(upload.group(1)),
                    uploads.remove(upload.group(2)).toByteArray());
        } else if (request.method().equals("PUT") && manifest.matches()) {
            RepositoryName repository = platform.repository(manifest.group(1));
            platform.artifacts.putManifest(
                    repository, manifest.group(2), request.body().orElseThrow().bytes());
        }
    }

    private void replay(Platform platform, Request request, Response expected) throws Exception {
        if (request.method().equals("GET") && request.target().startsWith("/api/apps?")) {
            makeWhatTheStubHad(platform, expected);
        }
        var body = request.text();
        var answer = platform.send(
                request.method(), translated(request.target()), body == null ? null : translated(body), platform.token);
        // The stub gave 200, 201 and 204 by turns; the client does not care.
        assertEquals(2, answer.status() / 100, request + ": " + answer.body());
        if (request.method().equals("DELETE") && request.target().startsWith("/api/apps/")) {
            ids.remove(request.target().substring("/api/apps/".length())); // the stub may bring it back
        }
        if (expected.body().isPresent()) {
            var json = Json.read(answer.body().getBytes(UTF_8), Object.class);
            if (expected.json() instanceof String id) {
                ids.put(id, (String) json);
            } else {
                assertHasMembers("$", expected.json(), json);
            }
        }
    }

    /** The stub began with apps; ours begins empty. */
    private void makeWhatTheStubHad(Platform platform, Response expected) throws Exception {
        for (var item : (List<?>) ((Map<?, ?>) expected.json()).get("items")) {
            var app = (Map<?, ?>) item;
            if (!ids.containsKey((String) app.get("id"))) {
                ids.put((String) app.get("id"), made(platform, (String) app.get("name")));
            }
        }
    }

    private static String made(Platform platform, String name) throws Exception {
        for (var item :
                platform.get("/api/apps?exactMatch=true&searchText=" + name).items()) {
            return (String) item.get("id");
        }
        return platform.createApp(name).toString();
    }

    private String translated(String text) {
        for (var id : ids.entrySet()) {
            text = text.replace(id.getKey(), id.getValue());
        }
        return text;
    }

    /** Members that may be absent, or that the stub gave in odd forms to try the client, are left out. */
    private static void assertHasMembers(String path, Object expected, Object actual) {
        if (expected instanceof Map<?, ?> members && actual instanceof Map<?, ?> found) {
            for (var member : members.entrySet()) {
                boolean optional = List.of(
                                "description", "domain", "healthStatus", "latestRevision", "meta", "vars", "extra")
                        .contains(member.getKey());
                if (!optional) {
                    assertTrue(
                            found.containsKey(member.getKey()), path + "." + member.getKey() + " is missing: " + found);
                    assertHasMembers(path + "." + member.getKey(), member.getValue(), found.get(member.getKey()));
                }
            }
        } else if (expected instanceof List<?> list && !list.isEmpty() && actual instanceof List<?> found) {
            found.forEach(item -> assertHasMembers(path + "[]", list.getFirst(), item));
        } else {
            assertEquals(expected.getClass(), actual.getClass(), path);
        }
    }
}
