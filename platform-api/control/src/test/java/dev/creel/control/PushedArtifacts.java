package dev.creel.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Artifacts in memory, and what a push would leave there. */
final class PushedArtifacts implements Artifacts {
    private record Key(RepositoryName repository, String name) {}

    private final Map<Key, byte[]> content = new ConcurrentHashMap<>();
    private final Map<Key, Digest> tags = new ConcurrentHashMap<>();

    @Override
    public Optional<Digest> manifest(RepositoryName repository, String reference) {
        return Optional.ofNullable(tags.get(new Key(repository, reference)));
    }

    @Override
    public Optional<InputStream> open(RepositoryName repository, Digest digest) {
        return Optional.ofNullable(content.get(new Key(repository, digest.toString())))
                .map(ByteArrayInputStream::new);
    }

    Digest put(RepositoryName repository, byte[] bytes) {
        var digest = Digest.of(bytes);
        content.put(new Key(repository, digest.toString()), bytes);
        return digest;
    }

    Digest putManifest(RepositoryName repository, String tag, byte[] manifest) {
        var digest = put(repository, manifest);
        tags.put(new Key(repository, tag), digest);
        return digest;
    }

    void remove(RepositoryName repository, Digest digest) {
        content.remove(new Key(repository, digest.toString()));
    }

    void replace(RepositoryName repository, Digest digest, byte[] other) {
        content.put(new Key(repository, digest.toString()), other);
    }

    /** Pushes a component of these bytes with its locked application, as the client does. */
    Digest pushApp(RepositoryName repository, String tag, byte[] wasm) {
        return push(repository, tag, lockedApp("http", Digest.of(wasm)), wasm);
    }

    /** Pushes a locked application, which is the last layer, and its content. */
    Digest push(RepositoryName repository, String tag, String lockedApp, byte[]... blobs) {
        List<String> layers = new ArrayList<>();
        for (var blob : blobs) {
            layers.add(descriptor("application/vnd.wasm.content.layer.v1+wasm", put(repository, blob), blob.length));
        }
        var document = lockedApp.getBytes(UTF_8);
        layers.add(descriptor(
                "application/vnd.fermyon.spin.application.v1+config", put(repository, document), document.length));
        var config = "{}".getBytes(UTF_8);
        var manifest = "{\"config\":%s,\"layers\":[%s],\"schemaVersion\":2}"
                .formatted(
                        descriptor("application/vnd.oci.image.config.v1+json", put(repository, config), config.length),
                        String.join(",", layers));
        return putManifest(repository, tag, manifest.getBytes(UTF_8));
    }

    static String lockedApp(String trigger, Digest wasm) {
        return """
                {"spin_lock_version":0,
                 "metadata":{"name":"hello","description":"Says hello","version":"0.1.0"},
                 "triggers":[{"id":"t","trigger_type":"%s","trigger_config":{"component":"c","route":"/..."}}],
                 "components":[{"id":"c","source":{"content_type":"application/wasm","digest":"%s"}}]}
                """.formatted(trigger, wasm);
    }

    private static String descriptor(String mediaType, Digest digest, int size) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, size);
    }
}
