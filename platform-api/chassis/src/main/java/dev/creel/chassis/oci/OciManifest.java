package dev.creel.chassis.oci;

import dev.creel.chassis.json.Json;
import dev.creel.chassis.json.JsonAt;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.artifact.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An image manifest. Its digest is over the bytes as pushed, never over what {@link #write} makes of it.
 *
 * @param config the config blob
 * @param layers in manifest order; the locked application is found by its type, not its place
 */
public record OciManifest(OciDescriptor config, List<OciDescriptor> layers) {
    /** Most layers that are read; the spin client stops at 500. */
    public static final int LAYERS_MAX = 10_000;

    public OciManifest {
        layers = List.copyOf(layers);
    }

    /**
     * Reads a manifest; a missing {@code mediaType} is fine, an index is not.
     *
     * @throws ProblemException INVALID, naming the place
     */
    public static OciManifest read(byte[] bytes) {
        var root = JsonAt.root("manifest", bytes, ProblemCode.INVALID);
        var version = root.need("schemaVersion");
        if (version.number() != 2) {
            throw version.refusal("must be 2");
        }
        if (root.find("manifests").isPresent()) {
            throw root.refusal("is an index of several manifests; push an image manifest");
        }
        var layers = root.need("layers").items();
        if (layers.size() > LAYERS_MAX) {
            throw root.need("layers").refusal("has " + layers.size() + " layers, more than " + LAYERS_MAX);
        }
        return new OciManifest(
                descriptor(root.need("config")),
                layers.stream().map(OciManifest::descriptor).toList());
    }

    private static OciDescriptor descriptor(JsonAt at) {
        var size = at.need("size");
        if (size.number() < 0) {
            throw size.refusal("must not be negative");
        }
        try {
            return new OciDescriptor(
                    at.need("mediaType").text(), Digest.parse(at.need("digest").text()), size.number());
        } catch (IllegalArgumentException e) {
            throw at.need("digest").refusal("must be sha256: and 64 lower-case hex digits");
        }
    }

    /** The manifest as the spin client writes it: canonical JSON without a media type of its own. */
    public byte[] write() {
        var document = new TreeMap<String, Object>();
        document.put("schemaVersion", 2);
        document.put("config", document(config));
        document.put("layers", layers.stream().map(OciManifest::document).toList());
        return Json.write(document);
    }

    private static Map<String, Object> document(OciDescriptor descriptor) {
        var document = new TreeMap<String, Object>();
        document.put("mediaType", descriptor.mediaType());
        document.put("digest", descriptor.digest().toString());
        document.put("size", descriptor.size());
        return document;
    }

    /** Where the locked application is: a layer of its type, or the config blob in old pushes. */
    public Optional<OciDescriptor> lockedApp() {
        return layers.stream()
                .filter(layer -> layer.mediaType().equals(MediaTypes.LOCKED_APP))
                .findFirst()
                .or(() -> Optional.of(config).filter(c -> c.mediaType().equals(MediaTypes.LOCKED_APP)));
    }
}
