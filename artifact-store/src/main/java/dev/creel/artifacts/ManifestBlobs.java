package dev.creel.artifacts;

import dev.creel.chassis.json.Json;
import dev.creel.contract.ProblemException;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a manifest names. Only that much of it is read: an image manifest has a config and layers, an index has manifests;
 * whatever else is there is kept as it came.
 *
 * @param schemaVersion always 2
 * @param config of an image manifest
 * @param layers of an image manifest
 * @param manifests of an index
 */
record ManifestBlobs(
        int schemaVersion,
        Optional<Descriptor> config,
        Optional<List<Descriptor>> layers,
        Optional<List<Descriptor>> manifests) {
    /**
     * Names some bytes.
     *
     * @param digest of them
     * @param size how many
     */
    record Descriptor(String digest, long size) {}

    static ManifestBlobs read(byte[] bytes) {
        ManifestBlobs manifest;
        try {
            manifest = Json.read(bytes, ManifestBlobs.class);
        } catch (ProblemException e) {
            throw invalid(e.problem().detail());
        }
        if (manifest.schemaVersion != 2) {
            throw invalid("a manifest needs schemaVersion 2, not " + manifest.schemaVersion);
        }
        if (manifest.manifests.isEmpty() && (manifest.config.isEmpty() || manifest.layers.isEmpty())) {
            throw invalid("a manifest needs a config and layers, an index needs manifests");
        }
        return manifest;
    }

    /** Refuses the manifest unless {@code repository} has all that it names, in the sizes that it gives. */
    void requireAll(RepositoryName repository, BlobStore store) throws IOException {
        if (config.isPresent()) {
            requireBlob(config.get(), repository, store);
        }
        for (var layer : layers.orElse(List.of())) {
            requireBlob(layer, repository, store);
        }
        for (var manifest : manifests.orElse(List.of())) {
            if (store.manifest(repository, digestOf(manifest).toString()).isEmpty()) {
                throw missing(manifest);
            }
        }
    }

    private static void requireBlob(Descriptor blob, RepositoryName repository, BlobStore store) throws IOException {
        var size = store.blobSize(repository, digestOf(blob));
        if (size.isEmpty()) {
            throw missing(blob);
        }
        if (size.getAsLong() != blob.size) {
            throw invalid("the blob " + blob.digest + " has " + size.getAsLong() + " bytes, not " + blob.size);
        }
    }

    private static Digest digestOf(Descriptor descriptor) {
        try {
            return Digest.parse(descriptor.digest);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static RegistryException missing(Descriptor descriptor) {
        return new RegistryException(
                RegistryError.MANIFEST_BLOB_UNKNOWN,
                "the manifest names " + descriptor.digest + ", which was not pushed to this repository; push it first");
    }

    private static RegistryException invalid(String message) {
        return new RegistryException(RegistryError.MANIFEST_INVALID, message);
    }
}
