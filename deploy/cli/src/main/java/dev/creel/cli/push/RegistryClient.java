package dev.creel.cli.push;

import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.json.Json;
import dev.creel.chassis.json.LockedAppJson;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.PlatformHttp;
import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pushes a bundle by the OCI distribution API, call for call as {@code spin deploy} does (reference spin-deploy §7.2). Blocks. */
public final class RegistryClient {
    /** What the real client sends at a time. */
    private static final int CHUNK_BYTES = 4 * 1024 * 1024;

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final PlatformHttp http;
    private final String token;
    private final Progress progress;

    /** Told of each blob on its way. */
    public interface Progress {
        /** {@code done} of {@code total} bytes of layer {@code index} (from 0) of {@code count} have been sent. */
        void sent(int index, int count, long done, long total);
    }

    /** Pushes to the registry of {@code http}. */
    public RegistryClient(PlatformHttp http, String token, Progress progress) {
        this.http = http;
        this.token = token;
        this.progress = progress;
    }

    /**
     * Pushes every layer, the locked application, the configuration and the manifest.
     *
     * @return the manifest's digest
     * @throws CommandFailedException with the registry's words if it refuses
     */
    public Digest push(Bundle bundle) throws IOException {
        var locked = Layer.of(Layer.LOCKED_APP, LockedAppJson.write(bundle.app()));
        var layers = new ArrayList<>(bundle.layers());
        layers.add(locked);
        var config = Layer.of(CONFIG, config(locked.digest()));
        int count = layers.size() + 1;
        for (int i = 0; i < layers.size(); i++) {
            upload(bundle.appName(), layers.get(i), i, count);
        }
        upload(bundle.appName(), config, count - 1, count);
        var manifest = manifest(config, layers);
        expect(
                201,
                "PUT manifest",
                call(
                        "PUT",
                        "/v2/" + bundle.appName() + "/manifests/" + bundle.version(),
                        HttpFields.of("Content-Type", MANIFEST),
                        manifest));
        return Digest.of(manifest);
    }

    private void upload(String repository, Layer layer, int index, int count) throws IOException {
        var location = location(expect(
                202,
                "POST upload",
                call("POST", "/v2/" + repository + "/blobs/uploads/", HttpFields.NONE, new byte[0])));
        long done = 0;
        progress.sent(index, count, done, layer.size());
        try (var in = layer.open()) {
            for (var chunk = in.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = in.readNBytes(CHUNK_BYTES)) {
                var range = done + "-" + (done + chunk.length - 1);
                location = location(expect(
                        202,
                        "PATCH upload",
                        call(
                                "PATCH",
                                location,
                                HttpFields.of("Content-Range", range, "Content-Type", "application/octet-stream"),
                                chunk)));
                done += chunk.length;
                progress.sent(index, count, done, layer.size());
            }
        }
        var query = (location.contains("?") ? "&" : "?") + "digest=sha256%3A"
                + layer.digest().hex();
        expect(201, "PUT upload", call("PUT", location + query, HttpFields.NONE, new byte[0]));
    }

    private PlatformHttp.Reply call(String method, String target, HttpFields headers, byte[] body) {
        return http.send(method, http.authority(), target, headers.with("Authorization", "Bearer " + token), body);
    }

    private static PlatformHttp.Reply expect(int status, String what, PlatformHttp.Reply answer) {
        if (answer.status() != status) {
            var words = new String(answer.body(), StandardCharsets.UTF_8).strip();
            throw new CommandFailedException("the registry refused the push (" + what + " answered " + answer.status()
                    + "): " + (words.length() > 500 ? words.substring(0, 500) : words));
        }
        return answer;
    }

    private static String location(PlatformHttp.Reply answer) {
        return answer.headers()
                .first("location")
                .orElseThrow(() -> new CommandFailedException("the registry named no place for the upload"));
    }

    private static byte[] config(Digest lockedApp) {
        var document = new LinkedHashMap<String, Object>();
        document.put("architecture", "wasm");
        document.put("os", "wasip1");
        document.put("config", Map.of("Labels", Map.of("com.fermyon.spin.lockedAppDigest", lockedApp.toString())));
        document.put("rootfs", Map.of("type", "layers", "diff_ids", List.of()));
        return Json.write(document);
    }

    /** Canonical JSON: sorted keys, no blanks. */
    private static byte[] manifest(Layer config, List<Layer> layers) {
        var document = new TreeMap<String, Object>();
        document.put("config", descriptor(config));
        document.put("layers", layers.stream().map(RegistryClient::descriptor).toList());
        document.put("schemaVersion", 2);
        return Json.write(document);
    }

    private static Map<String, Object> descriptor(Layer layer) {
        return new TreeMap<>(
                Map.of("digest", layer.digest().toString(), "mediaType", layer.mediaType(), "size", layer.size()));
    }
}
