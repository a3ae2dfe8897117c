package dev.creel.cli.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One table of a manifest while it is read. Remembers which keys were asked for, so that {@link #end} can refuse the others:
 * both manifest schemas reject unknown keys (reference spin-app §1.1). One thread.
 */
final class TomlTable {
    private static final ObjectMapper VALUES = new ObjectMapper();

    private final String path;
    private final JsonNode node;
    private final Set<String> asked = new HashSet<>();

    TomlTable(String path, JsonNode node) {
        if (!node.isObject()) {
            throw new ManifestException(path + " must be a table");
        }
        this.path = path;
        this.node = node;
    }

    /** Where in the document, for messages. */
    String path() {
        return path;
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** The raw value, counted as asked for. */
    Optional<JsonNode> raw(String key) {
        asked.add(key);
        return Optional.ofNullable(node.get(key));
    }

    Optional<String> string(String key) {
        return raw(key).map(value -> asString(value, at(key)));
    }

    String requiredString(String key) {
        return string(key).orElseThrow(() -> new ManifestException(at(key) + " is missing"));
    }

    Optional<Boolean> bool(String key) {
        return raw(key).map(value -> {
            if (!value.isBoolean()) {
                throw new ManifestException(at(key) + " must be true or false");
            }
            return value.booleanValue();
        });
    }

    List<String> strings(String key) {
        var all = new ArrayList<String>();
        for (var item : array(key)) {
            all.add(asString(item, at(key)));
        }
        return all;
    }

    List<JsonNode> array(String key) {
        var value = raw(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray()) {
            throw new ManifestException(at(key) + " must be an array");
        }
        var all = new ArrayList<JsonNode>();
        value.get().forEach(all::add);
        return all;
    }

    Map<String, String> stringMap(String key) {
        var all = new LinkedHashMap<String, String>();
        table(key).ifPresent(table -> table.keys().forEach(name -> all.put(name, table.requiredString(name))));
        return all;
    }

    Optional<TomlTable> table(String key) {
        return raw(key).map(value -> new TomlTable(at(key), value));
    }

    /** Keys in document order. */
    List<String> keys() {
        return List.copyOf(node.propertyNames());
    }

    /** Everything that was not asked for, as plain Java values. */
    Map<String, Object> rest() {
        var all = new LinkedHashMap<String, Object>();
        for (var key : keys()) {
            if (asked.add(key)) {
                all.put(key, VALUES.convertValue(node.get(key), Object.class));
            }
        }
        return all;
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        for (var key : keys()) {
            if (!asked.contains(key)) {
                throw new ManifestException("unknown key " + at(key) + "; known here: "
                        + String.join(", ", asked.stream().sorted().toList()));
            }
        }
    }

    static String asString(JsonNode value, String where) {
        if (!value.isString()) {
            throw new ManifestException(where + " must be a string");
        }
        return value.stringValue();
    }
}
