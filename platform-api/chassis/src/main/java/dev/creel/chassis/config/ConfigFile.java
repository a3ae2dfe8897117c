package dev.creel.chassis.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A TOML file, bound to records. Tables are records, keys are component names ({@code body-max} or {@code bodyMax});
 * what the file does not say keeps its default. Blocks on disk.
 */
public final class ConfigFile {
    private static final TomlMapper MAPPER = new TomlMapper();

    private ConfigFile() {}

    /**
     * Lays the file over {@code defaults}.
     *
     * @throws ConfigException naming file and key, if the file cannot be read, has an unknown key or a bad value
     */
    public static <T extends Record> T read(Path file, T defaults) {
        try {
            return parse(file.toString(), Files.readString(file), defaults);
        } catch (NoSuchFileException e) {
            throw new ConfigException("there is no configuration file " + file, e);
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Lays TOML text over {@code defaults}; {@code name} is what messages call it. */
    public static <T extends Record> T parse(String name, String toml, T defaults) {
        JsonNode root;
        try {
            root = MAPPER.readTree(toml);
        } catch (JacksonException e) {
            var where = e.getLocation();
            throw new ConfigException(
                    name + (where == null ? "" : ", line " + where.getLineNr()) + ": " + e.getOriginalMessage(), e);
        }
        return new ConfigBinder(name).overlay("", root, defaults);
    }
}
