package dev.creel.cli.push;

import dev.creel.cli.manifest.Manifest;
import dev.creel.cli.manifest.ManifestComponent;
import dev.creel.cli.manifest.ManifestComponent.WasmSource;
import dev.creel.cli.manifest.ManifestException;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedDependency;
import dev.creel.contract.lockedapp.LockedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a manifest into a locked application and its layers (reference spin-deploy §7.5, §7.7, §8). One use. */
public final class Locker {
    /** Content up to this many bytes stands in the document itself. */
    private static final int INLINE_MAX_BYTES = 128;

    private final Path base;
    private final Map<Digest, Layer> layers = new LinkedHashMap<>();

    private Locker(Path base) {
        this.base = base;
    }

    /**
     * Locks {@code manifest}, whose paths are relative to the folder {@code base}. Reads every file once; downloads what is named
     * by URL.
     *
     * @throws ManifestException if a file is missing or a download has another digest
     */
    public static Bundle lock(Manifest manifest, Path base) throws IOException, InterruptedException {
        return new Locker(base).lock(manifest);
    }

    private Bundle lock(Manifest manifest) throws IOException, InterruptedException {
        var components = new ArrayList<LockedComponent>();
        for (var component : manifest.components()) {
            components.add(component(component));
        }
        var needsChaining = manifest.components().stream()
                .flatMap(component -> component.allowedOutboundHosts().stream())
                .anyMatch(host -> host.contains(".spin.internal"));
        var app = new LockedApp(
                manifest.name(),
                manifest.version(),
                manifest.description(),
                manifest.triggerSettings(),
                needsChaining ? List.of("local_service_chaining") : List.of(),
                manifest.variables(),
                manifest.triggers(),
                components);
        return new Bundle(app, List.copyOf(layers.values()));
    }

    private LockedComponent component(ManifestComponent component) throws IOException, InterruptedException {
        var source = wasm(component.source(), "component." + component.id() + ".source");
        var dependencies = new LinkedHashMap<String, LockedDependency>();
        for (var entry : component.dependencies().entrySet()) {
            var dependency = entry.getValue();
            var where = "component." + component.id() + ".dependencies." + entry.getKey();
            dependencies.put(
                    entry.getKey(),
                    new LockedDependency(wasm(dependency.source(), where), dependency.export(), dependency.inherit()));
        }
        var files = new ArrayList<LockedFile>();
        for (var file : MountedFiles.of(component, base).entrySet()) {
            files.add(new LockedFile(file.getKey(), file(file.getValue())));
        }
        return new LockedComponent(
                component.id(),
                source,
                component.environment(),
                files,
                component.variables(),
                component.allowedOutboundHosts(),
                component.keyValueStores(),
                component.databases(),
                component.aiModels(),
                dependencies);
    }

    private ContentRef wasm(WasmSource source, String where) throws IOException, InterruptedException {
        var layer = switch (source) {
            case WasmSource.File file -> wasmFile(file.path(), where);
            case WasmSource.Download download -> download(download, where);
            case WasmSource.OfComponent(var id) ->
                throw new IllegalArgumentException(where + ": the source of '" + id + "' was not put in");
        };
        layers.putIfAbsent(layer.digest(), layer);
        return reference(layer);
    }

    private Layer wasmFile(String path, String where) throws IOException {
        var file = base.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new ManifestException(where + ": there is no file " + file + "; build the component first");
        }
        if (Files.size(file) == 0) {
            throw new ManifestException(where + ": " + file + " is empty; build the component again");
        }
        return Layer.of(Layer.WASM, file);
    }

    private Layer download(WasmSource.Download download, String where) throws IOException, InterruptedException {
        var expected = digest(download, where);
        var request = request(download, where);
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new ManifestException(where + ": " + download.url() + " answered " + answer.statusCode());
            }
            var layer = Layer.of(Layer.WASM, answer.body());
            if (!layer.digest().equals(expected)) {
                throw new ManifestException(where + ": " + download.url() + " has the digest " + layer.digest()
                        + ", the manifest says " + expected);
            }
            return layer;
        }
    }

    private static Digest digest(WasmSource.Download download, String where) {
        try {
            return Digest.parse(download.digest());
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + ": the digest must be sha256: and 64 lower-case hex digits, not '"
                    + download.digest() + "'");
        }
    }

    private static HttpRequest request(WasmSource.Download download, String where) {
        try {
            return HttpRequest.newBuilder(URI.create(download.url())).build();
        } catch (IllegalArgumentException e) {
            throw new ManifestException(where + ": '" + download.url() + "' is no HTTP address: " + e.getMessage());
        }
    }

    private ContentRef file(Path file) throws IOException {
        var layer = Layer.of(Layer.DATA, file);
        if (layer.size() > INLINE_MAX_BYTES) {
            layers.putIfAbsent(layer.digest(), layer);
        }
        return reference(layer);
    }

    /** By digest, and inline too if it is small. */
    private static ContentRef reference(Layer layer) throws IOException {
        if (layer.size() > INLINE_MAX_BYTES) {
            return ContentRef.byDigest(layer.digest());
        }
        try (var in = layer.open()) {
            return new ContentRef(
                    Optional.of(new ContentRef.Inline(in.readAllBytes())),
                    Optional.of(layer.digest()),
                    Optional.empty());
        }
    }
}
