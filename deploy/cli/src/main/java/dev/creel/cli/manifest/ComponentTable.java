package dev.creel.cli.manifest;

import dev.creel.cli.manifest.ManifestComponent.FileMount;
import dev.creel.cli.manifest.ManifestComponent.WasmSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                DependencyTables.read(table, inheritAll));
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
}
