package dev.creel.cli.manifest;

import dev.creel.cli.manifest.ManifestComponent.Dependency;
import dev.creel.cli.manifest.ManifestComponent.WasmSource;
import dev.creel.contract.lockedapp.LockedTrigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Version 2 of the manifest and its normalisation (reference spin-app §1.2.2, §1.2.5). */
final class ManifestV2 {
    private final Map<String, ManifestComponent> components = new LinkedHashMap<>();
    private final List<LockedTrigger> triggers = new ArrayList<>();
    private final Set<String> triggerIds = new HashSet<>();

    private ManifestV2() {}

    static Manifest read(TomlTable manifest) {
        return new ManifestV2().manifest(manifest);
    }

    private Manifest manifest(TomlTable manifest) {
        var application =
                manifest.table("application").orElseThrow(() -> new ManifestException("[application] is missing"));
        var settings = new LinkedHashMap<String, Map<String, Object>>();
        application
                .table("trigger")
                .ifPresent(table -> table.keys()
                        .forEach(type -> settings.put(
                                type, table.table(type).orElseThrow().rest())));
        var name = application.requiredString("name");
        var version = application.string("version").orElse("");
        var description = application.string("description").orElse("");
        var authors = application.strings("authors");
        application.raw("targets");
        application.raw("tool");
        application.end();

        manifest.table("component")
                .ifPresent(table -> table.keys().forEach(id -> {
                    Names.component(id, table.path());
                    components.put(id, ComponentTable.read(id, table.table(id).orElseThrow()));
                }));
        var byType = manifest.table("trigger").orElseThrow(() -> new ManifestException("[[trigger.http]] is missing"));
        reserveIds(byType);
        byType.keys().forEach(type -> {
            for (var node : byType.array(type)) {
                trigger(type, new TomlTable("trigger." + type, node));
            }
        });
        var variables = Variables.read(manifest);
        manifest.end();
        var resolved = components.values().stream().map(this::withSources).toList();
        for (var trigger : triggers) {
            if (trigger.config().get("component") instanceof String id && !components.containsKey(id)) {
                throw new ManifestException("trigger " + trigger.id() + " names component '" + id
                        + "', which is not defined; add [component." + id + "]");
            }
        }
        return new Manifest(name, version, description, authors, settings, variables, triggers, resolved);
    }

    /** Ids that developers wrote must not be taken by generated ones. */
    private void reserveIds(TomlTable byType) {
        for (var type : byType.keys()) {
            for (var node : byType.array(type)) {
                new TomlTable("trigger." + type, node).string("id").ifPresent(id -> {
                    if (!triggerIds.add(id)) {
                        throw new ManifestException("trigger id '" + id + "' is used twice");
                    }
                });
            }
        }
    }

    private void trigger(String type, TomlTable table) {
        var written = table.string("id");
        table.raw("components");
        if (table.has("components")) {
            throw new ManifestException(table.at("components") + ": no trigger that creel runs has several components");
        }
        if (table.has("dependencies")) {
            throw new ManifestException(table.at("dependencies") + ": HTTP middleware is not supported");
        }
        var component = table.raw("component");
        var plain = component.filter(node -> node.isString()).map(node -> node.stringValue());
        var id = written.orElseGet(() -> generateId(type, plain.orElse("")));
        Map<String, Object> config = new LinkedHashMap<>();
        component.ifPresent(node ->
                config.put("component", plain.orElseGet(() -> inline(id, new TomlTable(table.at("component"), node)))));
        config.putAll(table.rest());
        triggers.add(new LockedTrigger(id, type, config));
    }

    private String generateId(String type, String component) {
        var first = component + "-" + type + "-trigger";
        if (!component.isEmpty() && triggerIds.add(first)) {
            return first;
        }
        int n = 0;
        while (!triggerIds.add(type + "-trigger" + n)) {
            n++;
        }
        return type + "-trigger" + n;
    }

    private String inline(String triggerId, TomlTable table) {
        var id = triggerId + "-component";
        for (int n = 0; components.containsKey(id); n++) {
            id = "inline-component" + n;
        }
        components.put(id, ComponentTable.read(id, table));
        return id;
    }

    /** Puts the source of other components of the application where dependencies name them. */
    private ManifestComponent withSources(ManifestComponent component) {
        var dependencies = new TreeMap<String, Dependency>();
        component.dependencies().forEach((name, dependency) -> {
            var where = "component." + component.id() + ".dependencies." + name;
            dependencies.put(
                    name,
                    dependency.source() instanceof WasmSource.OfComponent(var id)
                            ? new Dependency(library(where, id).source(), dependency.export(), dependency.inherit())
                            : dependency);
        });
        return new ManifestComponent(
                component.id(),
                component.source(),
                component.environment(),
                component.files(),
                component.excludeFiles(),
                component.variables(),
                component.allowedOutboundHosts(),
                component.keyValueStores(),
                component.databases(),
                component.aiModels(),
                dependencies);
    }

    /** A component of the application that others may have as a dependency: one without anything of its own. */
    private ManifestComponent library(String where, String id) {
        var target = components.get(id);
        if (target == null) {
            throw new ManifestException(where + ": there is no component '" + id + "' in the application");
        }
        var own = new LinkedHashMap<String, Boolean>();
        own.put("files", target.files().isEmpty());
        own.put("allowed_outbound_hosts", target.allowedOutboundHosts().isEmpty());
        own.put("key_value_stores", target.keyValueStores().isEmpty());
        own.put("sqlite_databases", target.databases().isEmpty());
        own.put("ai_models", target.aiModels().isEmpty());
        own.put("variables", target.variables().isEmpty());
        own.put("environment", target.environment().isEmpty());
        own.put("dependencies", target.dependencies().isEmpty());
        own.forEach((key, empty) -> {
            if (!empty) {
                throw new ManifestException(where + ": component '" + id + "' has " + key
                        + "; dependencies may not have their own resources or permissions");
            }
        });
        return target;
    }
}
