package dev.creel.host.module;

import dev.creel.chassis.json.LockedAppJson;
import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciDescriptor;
import dev.creel.chassis.oci.OciManifest;
import dev.creel.contract.ProblemException;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.board.RevisionSource;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedTrigger;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The documents of a pushed application, and the way to its blobs.
 *
 * @param manifest as pushed
 * @param locked the application
 * @param blobs of its repository
 */
record PulledApp(OciManifest manifest, LockedApp locked, Blobs blobs) {
    /**
     * Reads manifest and locked application. Blocks on the network.
     *
     * @throws RefusedRevisionException if what was pushed is no application
     * @throws IOException if the store cannot be reached
     */
    static PulledApp pull(RevisionSource source, Artifacts artifacts, PullLimits limits) throws IOException {
        var blobs = new Blobs(artifacts, source.repository());
        try {
            var manifest =
                    OciManifest.read(blobs.read(source.manifest(), "the application's manifest", limits.documentMax()));
            return new PulledApp(manifest, locked(manifest, source, blobs, limits), blobs);
        } catch (ProblemException e) {
            throw new RefusedRevisionException(e.problem().detail(), e);
        }
    }

    private static LockedApp locked(OciManifest manifest, RevisionSource source, Blobs blobs, PullLimits limits)
            throws IOException {
        var document = manifest.lockedApp();
        if (document.isPresent()) {
            return LockedAppJson.read(
                    blobs.read(document.get().digest(), "the locked application", limits.documentMax()));
        }
        var wasm = manifest.layers().stream()
                .filter(layer -> MediaTypes.isWasm(layer.mediaType()))
                .map(OciDescriptor::digest)
                .toList();
        if (wasm.size() != 1) {
            throw new RefusedRevisionException(
                    "the artifact " + source.repository().path() + " is no Spin application:"
                            + " its manifest has no layer of type " + MediaTypes.LOCKED_APP);
        }
        return plainPackage(source, wasm.getFirst());
    }

    /** A lone Wasm package is an application whose one component answers every path (reference spin-app §1.5). */
    private static LockedApp plainPackage(RevisionSource source, Digest wasm) {
        var component = new LockedComponent(
                "main",
                ContentRef.byDigest(wasm),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        var path = source.repository().path();
        return new LockedApp(
                path.substring(path.lastIndexOf('/') + 1),
                source.version(),
                "",
                Map.of(),
                List.of(),
                Map.of(),
                List.of(new LockedTrigger("main", "http", Map.of("route", "/...", "component", "main"))),
                List.of(component));
    }

    /** The binaries of its components and of their dependencies. */
    Binaries binaries(PullLimits limits) {
        var binaries = new Binaries(blobs, limits.wasmMax());
        for (var component : locked.components()) {
            binaries.add("component \"" + component.id() + "\"", component.source());
            component
                    .dependencies()
                    .forEach((name, dependency) -> binaries.add(
                            "dependency '" + name + "' of component '" + component.id() + "'", dependency.source()));
        }
        return binaries;
    }
}
