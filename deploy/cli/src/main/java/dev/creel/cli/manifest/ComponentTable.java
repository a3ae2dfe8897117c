package dev.creel.cli.manifest;

import dev.creel.cli.manifest.ManifestComponent.Dependency;
import dev.creel.cli.manifest.ManifestComponent.FileMount;
import dev.creel.cli.manifest.ManifestComponent.WasmSource;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A {@code [component.<id>]} table, and what versions 1 and 2 have in common in it. */
final class ComponentTable {
    private ComponentTable() {}

    /** A component of version 2. */
    static ManifestComponent read(String id, TomlTable table) {
        table.string("description");
        table.strings("targets");
        table.raw("build");
        table.raw("tool");
        table.raw("profile");
        boolean inheritAll = table.bool("dependencies_inherit_configuration").orElse(false);
        var component = new ManifestComponent(
                id,
                source(table),
                table.stringMap("environment"),
                mounts(table),
                table.strings("exclude_files"),
                variables(table, "variables"),
                allowedHosts(table),
                table.strings("key_value_stores"),
                table.strings("sqlite_databases"),
                table.strings("ai_models"),
                dependencies(table, inheritAll));
        table.end();
        return component;
    }

    static WasmSource source(TomlTable table) {
        var value = table.raw("source").orElseThrow(() -> new ManifestException(table.at("source") + " is missing"));
        return source(value, table.at("source"));
    }

    private static WasmSource source(JsonNode value, String where) {
        if (value.isString()) {
            return new WasmSource.File(value.stringValue());
        }
        var table = new TomlTable(where, value);
        if (table.has("package")) {
            throw new ManifestException(where + ": packages from a registry are not fetched by creel; "
                    + "download the Wasm file and name it as a path");
        }
        var download = new WasmSource.Download(table.requiredString("url"), table.requiredString("digest"));
        table.end();
        return download;
    }

    static List<FileMount> mounts(TomlTable table) {
        var all = new ArrayList<FileMount>();
        for (var item : table.array("files")) {
            if (item.isString()) {
                all.add(new FileMount.Glob(item.stringValue()));
            } else {
                var mount = new TomlTable(table.at("files"), item);
                all.add(new FileMount.At(mount.requiredString("source"), mount.requiredString("destination")));
                mount.end();
            }
        }
        return all;
    }

    static Map<String, String> variables(TomlTable table, String key) {
        var all = table.stringMap(key);
        all.keySet().forEach(name -> Names.variable(name, table.at(key)));
        return all;
    }

    /** The allowed hosts, with the deprecated {@code allowed_http_hosts} converted (reference spin-app §1.2.7). */
    static List<String> allowedHosts(TomlTable table) {
        var all = new ArrayList<>(table.strings("allowed_outbound_hosts"));
        for (var host : table.strings("allowed_http_hosts")) {
            switch (host) {
                case "insecure:allow-all" -> all.addAll(List.of("http://*:*", "https://*:*", "http://self"));
                case "self" -> all.add("http://self");
                default -> all.addAll(List.of("http://" + host, "https://" + host));
            }
        }
        return all;
    }

    private static Map<String, Dependency> dependencies(TomlTable component, boolean inheritAll) {
        var all = new LinkedHashMap<String, Dependency>();
        component
                .table("dependencies")
                .ifPresent(table -> table.keys().forEach(name -> {
                    var value = table.raw(name).orElseThrow();
                    if (value.isString()) {
                        throw new ManifestException(
                                table.at(name) + ": dependencies from a registry are not fetched by "
                                        + "creel; download the Wasm file and write { path = \"…\" }");
                    }
                    all.put(name, dependency(new TomlTable(table.at(name), value), inheritAll));
                }));
        return all;
    }

    private static Dependency dependency(TomlTable table, boolean inheritAll) {
        WasmSource source;
        if (table.has("path")) {
            source = new WasmSource.File(table.requiredString("path"));
        } else if (table.has("url")) {
            source = new WasmSource.Download(table.requiredString("url"), table.requiredString("digest"));
        } else if (table.has("component")) {
            source = new WasmSource.File(COMPONENT_PREFIX + table.requiredString("component"));
        } else {
            throw new ManifestException(table.path() + " must be { path = … }, { url = …, digest = … } or "
                    + "{ component = … }; packages from a registry are not fetched by creel");
        }
        Optional<String> export = table.string("export");
        var inherit = inherit(table, inheritAll);
        table.end();
        return new Dependency(source, export, inherit);
    }

    /** Marks a dependency on another component of the application until {@link ManifestV2} has put its source in. */
    static final String COMPONENT_PREFIX = "component:";

    private static Inherit inherit(TomlTable table, boolean inheritAll) {
        var value = table.raw("inherit_configuration");
        if (value.isEmpty()) {
            return inheritAll ? new Inherit.All() : new Inherit.Some(java.util.Set.of());
        }
        if (inheritAll) {
            throw new ManifestException(table.at("inherit_configuration")
                    + " cannot be combined with dependencies_inherit_configuration = true");
        }
        if (value.get().isBoolean()) {
            return value.get().booleanValue() ? new Inherit.All() : new Inherit.Some(java.util.Set.of());
        }
        return new Inherit.Some(new HashSet<>(table.strings("inherit_configuration")));
    }
}
