package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that cannot run, and pushes that lie. */
class BadInputTest {
    @TempDir
    static Path folder;

    private static RunningCreel creel;

    @BeforeAll
    static void start() throws Exception {
        creel = RunningCreel.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        creel.close();
    }

    @Test
    void saysThatABinaryIsNotWasm() throws Exception {
        assertTrue(refusal("text", "not wasm at all".getBytes(StandardCharsets.UTF_8))
                .contains("not WebAssembly"));
    }

    @Test
    void saysWhatACoreModuleIs() throws Exception {
        var empty = new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0};
        var said = refusal("core", empty);
        assertTrue(said.contains("core WebAssembly module"), said);
    }

    @Test
    void refusesATruncatedComponent() throws Exception {
        var whole = Files.readAllBytes(Apps.trialWasm());
        refusal("cut", Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void keepsThePreviousRevisionWhenANewOneCannotRun() throws Exception {
        var app = Apps.trial(folder, "steady", "1.0.0");
        creel.must("deploy", app.toString());
        Files.write(app.resolve("app.wasm"), "broken".getBytes(StandardCharsets.UTF_8));
        var refused = creel.creel("deploy", app.toString());
        assertEquals(1, refused.exit());
        assertTrue(refused.err().contains("previous revision keeps serving"), refused.err());
        assertEquals("trial\n", creel.get("steady.apps.localhost", "/").text());
        var apps = creel.must("apps");
        assertTrue(apps.contains("degraded"), apps);
    }

    @Test
    void refusesABlobWithAnotherDigest() throws Exception {
        var bytes = "content".getBytes(StandardCharsets.UTF_8);
        var location = send("POST", "/v2/lies/blobs/uploads/", "text/plain", new byte[0])
                .header("location")
                .orElseThrow();
        var path = location.replaceFirst("^https?://[^/]+", "");
        var wrong = Digest.of(new byte[] {1});
        var answer = send(
                "PUT",
                path + (path.contains("?") ? "&" : "?") + "digest=sha256%3A" + wrong.hex(),
                "application/octet-stream",
                bytes);
        assertEquals(400, answer.status());
        assertEquals(
                404,
                send("GET", "/v2/lies/blobs/" + wrong, "text/plain", new byte[0])
                        .status());
    }

    @Test
    void refusesAManifestThatNamesAMissingBlob() throws Exception {
        var missing = Digest.of("nowhere".getBytes(StandardCharsets.UTF_8));
        var manifest = """
                {"schemaVersion":2,"config":{"digest":"%s","mediaType":"application/vnd.oci.image.config.v1+json","size":2},"layers":[]}""".formatted(missing);
        var answer = send(
                "PUT",
                "/v2/holes/manifests/1.0.0",
                "application/vnd.oci.image.manifest.v1+json",
                manifest.getBytes(StandardCharsets.UTF_8));
        assertEquals(400, answer.status());
        assertTrue(answer.text().contains(missing.hex()), answer.text());
    }

    @Test
    void refusesALockedAppThatMustBeUnderstood() throws Exception {
        var locked = """
                {"spin_lock_version":1,"must_understand":["time_travel"],"metadata":{"name":"future"},"triggers":[],"components":[]}""";
        var layer = upload("future", locked.getBytes(StandardCharsets.UTF_8));
        var config = upload("future", "{}".getBytes(StandardCharsets.UTF_8));
        var manifest = """
                {"schemaVersion":2,"config":{"digest":"%s","mediaType":"application/vnd.oci.image.config.v1+json","size":2},\
                "layers":[{"digest":"%s","mediaType":"application/vnd.fermyon.spin.application.v1+config","size":%d}]}""".formatted(config, layer, locked.length());
        assertEquals(
                201,
                send(
                                "PUT",
                                "/v2/future/manifests/1.0.0",
                                "application/vnd.oci.image.manifest.v1+json",
                                manifest.getBytes(StandardCharsets.UTF_8))
                        .status());
        send("POST", "/api/apps", "application/json", bytes("{\"name\":\"future\",\"storageId\":\"oci://future\"}"));
        var answer = send(
                "POST",
                "/api/revisions",
                "application/json",
                bytes("{\"appStorageId\":\"oci://future\",\"revisionNumber\":\"1.0.0\"}"));
        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.text());
        assertTrue(answer.text().contains("time_travel"), answer.text());
    }

    /** Deploys bytes that cannot run; what the user is told. */
    private static String refusal(String name, byte[] wasm) throws Exception {
        var result = creel.creel(
                "deploy", Apps.write(folder, name, "1.0.0", wasm, "").toString());
        assertEquals(1, result.exit(), result.err());
        assertTrue(result.err().contains("cannot run"), result.err());
        return result.err();
    }

    private static Digest upload(String repository, byte[] bytes) throws Exception {
        var digest = Digest.of(bytes);
        var location = send("POST", "/v2/" + repository + "/blobs/uploads/", "text/plain", new byte[0])
                .header("location")
                .orElseThrow()
                .replaceFirst("^https?://[^/]+", "");
        var answer = send(
                "PUT",
                location + (location.contains("?") ? "&" : "?") + "digest=sha256%3A" + digest.hex(),
                "application/octet-stream",
                bytes);
        assertEquals(201, answer.status(), answer.text());
        return digest;
    }

    private static RawHttp.Answer send(String method, String path, String type, byte[] body) throws Exception {
        return RawHttp.send(
                creel.port,
                method,
                "creel.localhost",
                path,
                List.of("Authorization: Bearer " + creel.token(), "Content-Type: " + type),
                body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
