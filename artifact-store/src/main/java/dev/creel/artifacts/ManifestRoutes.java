package dev.creel.artifacts;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.json.Json;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.util.List;

/** Manifests, byte for byte as they were pushed, and tags. */
final class ManifestRoutes {
    private static final String IMAGE_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final int MEDIA_TYPE_MAX = 255;
    private final BlobStore store;

    ManifestRoutes(BlobStore store) {
        this.store = store;
    }

    /** {@code PUT}. The location ends in the digest, which the client waits for on the running application. */
    void put(HttpExchange http, RepositoryName repository, String reference) throws IOException {
        var mediaType = http.header("content-type").orElse(IMAGE_MANIFEST);
        if (mediaType.length() > MEDIA_TYPE_MAX) {
            throw new RegistryException(
                    RegistryError.MANIFEST_INVALID,
                    "the Content-Type is longer than " + MEDIA_TYPE_MAX + " characters");
        }
        var digest = store.putManifest(repository, reference, mediaType, http.body());
        var fields = HttpFields.of(
                "Location",
                "/v2/" + repository.path() + "/manifests/" + digest,
                "Docker-Content-Digest",
                digest.toString());
        http.respond(201, fields, new byte[0]);
    }

    /** {@code GET} and {@code HEAD}. */
    void read(HttpExchange http, RepositoryName repository, String reference) throws IOException {
        var manifest = store.readManifest(repository, reference)
                .orElseThrow(() -> new RegistryException(
                        RegistryError.MANIFEST_UNKNOWN,
                        "the repository " + repository.path() + " has no manifest '" + reference + "'"));
        var fields = HttpFields.of(
                "Content-Type", manifest.mediaType(),
                "Docker-Content-Digest", manifest.digest().toString());
        http.respond(200, fields, manifest.bytes());
    }

    /** {@code GET …/tags/list}, with {@code n} at most and only those after {@code last}. */
    void tags(HttpExchange http, RepositoryName repository) throws IOException {
        var all = store.tags(repository);
        if (all.isEmpty()) {
            throw new RegistryException(
                    RegistryError.NAME_UNKNOWN, "the repository " + repository.path() + " has no tags");
        }
        var last = http.parameter("last").orElse("");
        var after = all.stream().filter(tag -> tag.compareTo(last) > 0).toList();
        int n = Math.min(
                after.size(), http.parameter("n").map(ManifestRoutes::count).orElse(after.size()));
        var page = new TagList(repository.path(), after.subList(0, n));
        if (n == after.size() || n == 0) {
            http.json(200, page);
        } else {
            var next =
                    "</v2/" + repository.path() + "/tags/list?n=" + n + "&last=" + after.get(n - 1) + ">; rel=\"next\"";
            http.respond(200, HttpFields.of("Content-Type", "application/json", "Link", next), Json.write(page));
        }
    }

    private static int count(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new RegistryException(RegistryError.NAME_INVALID, "n must be a number of tags, not '" + text + "'");
        }
    }

    /** The answer to a question for tags. */
    record TagList(String name, List<String> tags) {}
}
