package dev.creel.cli.manifest;

import dev.creel.cli.manifest.ManifestComponent.Dependency;
import dev.creel.cli.manifest.ManifestComponent.WasmSource;
import dev.creel.contract.lockedapp.DependencyName;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code [component.<id>.dependencies]}: what satisfies imports of a component (reference spin-app §7.1, §7.2). */
final class DependencyTables {
    private DependencyTables() {}

    /**
     * All dependencies of a component, by name.
     *
     * @param inheritAll what {@code dependencies_inherit_configuration} says
     */
    static Map<String, Dependency> read(TomlTable component, boolean inheritAll) {
        var names = new LinkedHashMap<String, DependencyName>();
        var all = new LinkedHashMap<String, Dependency>();
        component
                .table("dependencies")
                .ifPresent(table -> table.keys().forEach(key -> {
                    var name = name(table, key);
                    names.forEach((otherKey, other) -> {
                        if (name.overlaps(other)) {
                            throw new ManifestException(table.path() + ": '" + otherKey + "' and '" + key
                                    + "' may both mean the same import; name interfaces, or incompatible versions");
                        }
                    });
                    names.put(key, name);
                    all.put(key, dependency(name, table.at(key), table.raw(key).orElseThrow(), inheritAll));
                }));
        return all;
    }

    private static DependencyName name(TomlTable table, String key) {
        try {
            return DependencyName.parse(key);
        } catch (IllegalArgumentException e) {
            throw new ManifestException(table.path() + ": " + e.getMessage());
        }
    }

    private static Dependency dependency(DependencyName name, String where, JsonNode value, boolean inheritAll) {
        if (value.isString()) {
            throw fromRegistry(where);
        }
        var table = new TomlTable(where, value);
        var source = source(table);
        var export = table.string("export");
        if (export.isPresent()
                && name instanceof DependencyName.Packaged packaged
                && packaged.interfaceName().isEmpty()) {
            throw new ManifestException(table.at("export")
                    + " needs an interface in the dependency's name: a whole package has no single export");
        }
        var inherit = inherit(table, inheritAll);
        table.end();
        return new Dependency(source, export, inherit);
    }

    private static WasmSource source(TomlTable table) {
        if (table.has("path")) {
            return new WasmSource.File(table.requiredString("path"));
        }
        if (table.has("url")) {
            return new WasmSource.Download(table.requiredString("url"), table.requiredString("digest"));
        }
        if (table.has("component")) {
            return new WasmSource.OfComponent(table.requiredString("component"));
        }
        if (table.has("version") || table.has("package") || table.has("registry")) {
            throw fromRegistry(table.path());
        }
        throw new ManifestException(
                table.path() + " must be { path = … }, { url = …, digest = … } or { component = … }");
    }

    private static ManifestException fromRegistry(String where) {
        return new ManifestException(where + ": dependencies from a registry are not fetched by creel; "
                + "download the Wasm file and write { path = \"…\" }");
    }

    private static Inherit inherit(TomlTable table, boolean inheritAll) {
        var value = table.raw("inherit_configuration");
        if (value.isEmpty()) {
            return inheritAll ? new Inherit.All() : new Inherit.Some(Set.of());
        }
        if (inheritAll) {
            throw new ManifestException(table.at("inherit_configuration")
                    + " cannot be combined with dependencies_inherit_configuration = true");
        }
        if (value.get().isBoolean()) {
            return value.get().booleanValue() ? new Inherit.All() : new Inherit.Some(Set.of());
        }
        return new Inherit.Some(new HashSet<>(table.strings("inherit_configuration")));
    }
}
