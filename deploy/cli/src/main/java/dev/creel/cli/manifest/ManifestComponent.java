package dev.creel.cli.manifest;

import dev.creel.contract.lockedapp.LockedDependency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A component as its developer describes it; fields as in reference spin-app §1.2.2.
 *
 * @param source where the Wasm binary is
 * @param files what is mounted below the guest's {@code /}
 * @param excludeFiles globs taken out of glob mounts
 */
public record ManifestComponent(
        String id,
        WasmSource source,
        Map<String, String> environment,
        List<FileMount> files,
        List<String> excludeFiles,
        Map<String, String> variables,
        List<String> allowedOutboundHosts,
        List<String> keyValueStores,
        List<String> databases,
        List<String> aiModels,
        Map<String, Dependency> dependencies) {
    /** Where a binary comes from. */
    public sealed interface WasmSource {
        /** A file, relative to the manifest's folder. */
        record File(String path) implements WasmSource {}

        /** A download, checked against its digest. */
        record Download(String url, String digest) implements WasmSource {}

        /** The source of another component of the application; only dependencies have it, and only while a manifest is read. */
        record OfComponent(String id) implements WasmSource {}
    }

    /** What to mount. */
    public sealed interface FileMount {
        /** Files that match, at their own relative path. */
        record Glob(String pattern) implements FileMount {}

        /** A folder or file at another place. */
        record At(String source, String destination) implements FileMount {}
    }

    /**
     * A component that satisfies imports.
     *
     * @param export which of its exports; empty means the import's name
     */
    public record Dependency(WasmSource source, Optional<String> export, LockedDependency.Inherit inherit) {}
}
