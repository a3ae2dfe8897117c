package dev.creel.cli.manifest;

import dev.creel.contract.lockedapp.LockedTrigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Version 1 of the manifest, turned into what version 2 says (reference spin-app §1.2.7). */
final class ManifestV1 {
    private ManifestV1() {}

    static Manifest read(TomlTable manifest) {
        var name = manifest.requiredString("name");
        var version = manifest.string("version").orElse("");
        var description = manifest.string("description").orElse("");
        var authors = manifest.strings("authors");
        var settings = manifest.table("trigger")
                .orElseThrow(() -> new ManifestException("trigger is missing; write trigger = { type = \"http\" }"));
        var type = settings.requiredString("type");
        Map<String, Map<String, Object>> triggerSettings = new LinkedHashMap<>();
        triggerSettings.put(type, settings.rest());
        List<LockedTrigger> triggers = new ArrayList<>();
        List<ManifestComponent> components = new ArrayList<>();
        for (var node : manifest.array("component")) {
            var table = new TomlTable("component", node);
            var written = table.requiredString("id");
            var id = Names.component(written.replace('_', '-').toLowerCase(Locale.ROOT), "component.id");
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("component", id);
            table.table("trigger").ifPresent(trigger -> config.putAll(trigger.rest()));
            triggers.add(new LockedTrigger("trigger-" + written, type, config));
            components.add(component(id, table));
        }
        var variables = Variables.read(manifest);
        manifest.end();
        return new Manifest(name, version, description, authors, triggerSettings, variables, triggers, components);
    }

    private static ManifestComponent component(String id, TomlTable table) {
        table.string("description");
        table.raw("build");
        boolean restricted = table.has("allowed_outbound_hosts");
        var hosts = new ArrayList<>(ComponentTable.allowedHosts(table));
        if (!restricted) {
            // Applications of that time had free access to databases.
            hosts.addAll(0, List.of("redis://*:*", "mysql://*:*", "postgres://*:*"));
        }
        var component = new ManifestComponent(
                id,
                ComponentTable.source(table),
                table.stringMap("environment"),
                ComponentTable.mounts(table),
                table.strings("exclude_files"),
                ComponentTable.variables(table, "config"),
                hosts,
                table.strings("key_value_stores"),
                table.strings("sqlite_databases"),
                table.strings("ai_models"),
                Map.of());
        table.end();
        return component;
    }
}
