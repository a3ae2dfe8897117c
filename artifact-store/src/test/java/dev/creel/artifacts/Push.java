package dev.creel.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Some bytes to push, and the manifest over them. */
record Push(List<byte[]> blobs) {
    static Push of(String... blobs) {
        return new Push(
                List.of(blobs).stream().map(blob -> blob.getBytes(UTF_8)).toList());
    }

    byte[] manifest() {
        var layers = blobs.stream().map(Push::descriptor).collect(Collectors.joining(","));
        return ("{\"config\":" + descriptor(blobs.getFirst()) + ",\"layers\":[" + layers + "],\"schemaVersion\":2}")
                .getBytes(UTF_8);
    }

    /** All steps of a push, in order, each blob in chunks of three bytes. */
    Digest to(BlobStore store, RepositoryName repository, String tag) throws IOException {
        for (var blob : blobs) {
            push(blob, store, repository);
        }
        return store.putManifest(repository, tag, "application/json", new ByteArrayInputStream(manifest()));
    }

    static void push(byte[] blob, BlobStore store, RepositoryName repository) throws IOException {
        var upload = store.begin(repository);
        for (int at = 0; at < blob.length; at += 3) {
            var chunk = new ByteArrayInputStream(blob, at, Math.min(3, blob.length - at));
            store.append(repository, upload, OptionalLong.of(at), chunk);
        }
        store.finish(repository, upload, Digest.of(blob), new ByteArrayInputStream(new byte[0]));
    }

    private static String descriptor(byte[] blob) {
        return "{\"digest\":\"" + Digest.of(blob) + "\",\"mediaType\":\"a/b\",\"size\":" + blob.length + "}";
    }
}
