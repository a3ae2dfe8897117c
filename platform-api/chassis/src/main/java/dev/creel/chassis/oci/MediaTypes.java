package dev.creel.chassis.oci;

/** Media types of reference spin-deploy §7.4. */
public final class MediaTypes {
    /** An image manifest. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** An index of manifests, which is no application. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** The image config that a push writes. */
    public static final String IMAGE_CONFIG = "application/vnd.oci.image.config.v1+json";

    /** The locked application: a layer today, the config blob in old pushes. */
    public static final String LOCKED_APP = "application/vnd.fermyon.spin.application.v1+config";

    /** A module or component. */
    public static final String WASM = "application/vnd.wasm.content.layer.v1+wasm";

    /** A module or component, from other tools. */
    public static final String PLAIN_WASM = "application/wasm";

    /** One static file. */
    public static final String DATA = "application/vnd.wasm.content.layer.v1+data";

    /** A component's static files as tar.gz. */
    public static final String ARCHIVE = "application/vnd.wasm.content.bundle.v1.tar+gzip";

    private MediaTypes() {}

    /** Whether a layer of this type is a module or component. */
    public static boolean isWasm(String mediaType) {
        return mediaType.equals(WASM) || mediaType.equals(PLAIN_WASM);
    }
}
