package dev.creel.control.revision;

import dev.creel.chassis.json.LockedAppJson;
import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciDescriptor;
import dev.creel.chassis.oci.OciManifest;
import dev.creel.contract.ByteSize;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An application in the artifact store that was read and found whole: its document is understood, and everything that it
 * names is there. Whether its components can be compiled, the executors find out.
 *
 * @param manifest digest of the manifest
 * @param app the locked application
 * @param document the locked application as it was pushed
 */
record PushedApp(Digest manifest, LockedApp app, String document) {
    private static final ByteSize MANIFEST_MAX = ByteSize.ofMiB(4);

    /** Reads what {@code tag} names now, or refuses with a sentence for the developer. */
    static PushedApp read(Artifacts artifacts, RepositoryName repository, String tag, ByteSize documentMax)
            throws IOException {
        var digest = artifacts
                .manifest(repository, tag)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "Nothing was pushed to '" + repository.path() + "' as '" + tag + "'; push it first."));
        var reader = new Reader(artifacts, repository);
        var manifest = OciManifest.read(reader.bytes(digest, MANIFEST_MAX, "manifest"));
        var document = reader.bytes(document(manifest), documentMax, "locked application");
        var app = LockedAppJson.read(document);
        reader.requireLayers(manifest);
        requireContent(app, manifest);
        return new PushedApp(digest, app, new String(document, StandardCharsets.UTF_8));
    }

    private static Digest document(OciManifest manifest) {
        return Stream.concat(manifest.layers().stream(), Stream.of(manifest.config()))
                .filter(blob -> blob.mediaType().equals(MediaTypes.LOCKED_APP))
                .map(OciDescriptor::digest)
                .findFirst()
                .orElseThrow(() -> unprocessable("The manifest has no layer of the type " + MediaTypes.LOCKED_APP
                        + ", so it is not a Spin application."));
    }

    private static void requireContent(LockedApp app, OciManifest manifest) {
        Set<Digest> layers = new HashSet<>();
        manifest.layers().forEach(layer -> layers.add(layer.digest()));
        boolean archived =
                manifest.layers().stream().anyMatch(layer -> layer.mediaType().equals(MediaTypes.ARCHIVE));
        for (var component : app.components()) {
            var owner = "Component '" + component.id() + "'";
            requireContent(owner, component.source(), layers);
            component
                    .dependencies()
                    .forEach((name, dependency) ->
                            requireContent(owner + ", dependency '" + name + "',", dependency.source(), layers));
            for (var file : component.files()) {
                if (!archived) { // the files of an archive have no layers of their own
                    requireContent(owner + ", file '" + file.path() + "',", file.content(), layers);
                }
            }
        }
    }

    private static void requireContent(String owner, ContentRef content, Set<Digest> layers) {
        if (content.inline().isPresent()) {
            return;
        }
        var digest = content.digest()
                .orElseThrow(
                        () -> unprocessable(owner + " names its content by an address; push it with its content."));
        if (!layers.contains(digest)) {
            throw unprocessable(owner + " needs " + digest + ", which is not among the layers that were pushed.");
        }
    }

    private static ProblemException unprocessable(String detail) {
        return new ProblemException(ProblemCode.UNPROCESSABLE, detail);
    }

    private record Reader(Artifacts artifacts, RepositoryName repository) {
        byte[] bytes(Digest digest, ByteSize max, String what) throws IOException {
            try (var content = artifacts.open(repository, digest).orElseThrow(() -> missing(digest))) {
                var bytes = content.readNBytes(Math.toIntExact(max.bytes()) + 1);
                if (bytes.length > max.bytes()) {
                    throw new ProblemException(
                            ProblemCode.TOO_LARGE, "The " + what + " is larger than " + max + ", which is the limit.");
                }
                if (!Digest.of(bytes).equals(digest)) {
                    throw new IOException("the store gave other bytes than " + digest);
                }
                return bytes;
            }
        }

        void requireLayers(OciManifest manifest) throws IOException {
            requireBlob(manifest.config().digest());
            for (var layer : manifest.layers()) {
                requireBlob(layer.digest());
            }
        }

        /** Being there is enough; executors hash what they read. */
        private void requireBlob(Digest digest) throws IOException {
            artifacts
                    .open(repository, digest)
                    .orElseThrow(() -> missing(digest))
                    .close();
        }

        private ProblemException missing(Digest digest) {
            return unprocessable("The manifest names " + digest + ", which '" + repository.path()
                    + "' does not have; push the application again.");
        }
    }
}
