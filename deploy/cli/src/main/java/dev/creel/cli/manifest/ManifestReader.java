package dev.creel.cli.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads {@code spin.toml}, whichever version it is (reference spin-app §1.1). */
public final class ManifestReader {
    private static final TomlMapper TOML = new TomlMapper();

    private ManifestReader() {}

    /**
     * The manifest file that {@code path} means: itself, or the {@code spin.toml} in that folder.
     *
     * @throws ManifestException if there is none
     */
    public static Path locate(Path path) {
        var file = Files.isDirectory(path) ? path.resolve("spin.toml") : path;
        if (!Files.isRegularFile(file)) {
            throw new ManifestException(
                    "there is no manifest at " + file + "; name a folder with a spin.toml, or a manifest file");
        }
        return file;
    }

    /**
     * Reads and normalises the manifest in {@code file}.
     *
     * @throws ManifestException naming the file and the place if it cannot be used
     */
    public static Manifest read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (ManifestException e) {
            throw new ManifestException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ManifestException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Manifest read(String text) {
        JsonNode root;
        try {
            root = TOML.readTree(text);
        } catch (JacksonException e) {
            throw new ManifestException("not TOML: " + e.getOriginalMessage(), e);
        }
        var table = new TomlTable("", root);
        var version = table.raw("spin_manifest_version").or(() -> table.raw("spin_version"));
        if (version.isPresent()
                && version.get().isIntegralNumber()
                && version.get().intValue() == 2) {
            return ManifestV2.read(table);
        }
        if (version.isPresent()
                && version.get().isString()
                && version.get().stringValue().equals("1")) {
            return ManifestV1.read(table);
        }
        throw new ManifestException("spin_manifest_version must be 2 (or \"1\" for the old form)");
    }
}
