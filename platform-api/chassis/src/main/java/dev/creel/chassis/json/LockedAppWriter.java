package dev.creel.chassis.json;

import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedDependency;
import dev.creel.contract.lockedapp.LockedTrigger;
import dev.creel.contract.lockedapp.LockedVariable;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the JSON document of a locked application, as the spin client writes it (reference spin-deploy §8). */
final class LockedAppWriter {
    private LockedAppWriter() {}

    static Map<String, Object> document(LockedApp app) {
        var document = new TreeMap<String, Object>();
        document.put("spin_lock_version", app.hostRequirements().isEmpty() ? 0 : 1);
        if (!app.hostRequirements().isEmpty()) {
            document.put("must_understand", List.of("host_requirements"));
            var required = new TreeMap<String, Object>();
            app.hostRequirements().forEach(feature -> required.put(feature, "required"));
            document.put("host_requirements", required);
        }
        document.put("metadata", metadata(app));
        var variables = new TreeMap<String, Object>();
        app.variables().forEach((name, variable) -> variables.put(name, variable(variable)));
        putUnlessEmpty(document, "variables", variables);
        document.put(
                "triggers",
                app.triggers().stream().map(LockedAppWriter::trigger).toList());
        document.put(
                "components",
                app.components().stream().map(LockedAppWriter::component).toList());
        return document;
    }

    private static Map<String, Object> metadata(LockedApp app) {
        var metadata = new TreeMap<String, Object>();
        metadata.put("name", app.name());
        putUnlessEmpty(metadata, "version", app.version());
        putUnlessEmpty(metadata, "description", app.description());
        metadata.put("triggers", sorted(app.triggerSettings()));
        var types = app.triggers().stream().map(LockedTrigger::type).distinct().toList();
        if (types.size() == 1) {
            var single = new TreeMap<String, Object>(app.triggerSettings().getOrDefault(types.getFirst(), Map.of()));
            single.put("type", types.getFirst());
            metadata.put("trigger", single);
        }
        return metadata;
    }

    private static Map<String, Object> variable(LockedVariable variable) {
        var document = new TreeMap<String, Object>();
        variable.defaultValue().ifPresent(value -> document.put("default", value));
        if (variable.secret()) {
            document.put("secret", true);
        }
        putUnlessEmpty(document, "description", variable.description());
        return document;
    }

    private static Map<String, Object> trigger(LockedTrigger trigger) {
        var document = new TreeMap<String, Object>();
        document.put("id", trigger.id());
        document.put("trigger_type", trigger.type());
        document.put("trigger_config", sorted(trigger.config()));
        return document;
    }

    private static Map<String, Object> component(LockedComponent component) {
        var metadata = new TreeMap<String, Object>();
        putUnlessEmpty(metadata, "allowed_outbound_hosts", component.allowedOutboundHosts());
        putUnlessEmpty(metadata, "key_value_stores", component.keyValueStores());
        putUnlessEmpty(metadata, "databases", component.databases());
        putUnlessEmpty(metadata, "ai_models", component.aiModels());

        var document = new TreeMap<String, Object>();
        document.put("id", component.id());
        putUnlessEmpty(document, "metadata", metadata);
        document.put("source", wasm(component.source()));
        putUnlessEmpty(document, "env", new TreeMap<String, Object>(component.environment()));
        putUnlessEmpty(document, "config", new TreeMap<String, Object>(component.variables()));
        var files = component.files().stream()
                .map(file -> {
                    var entry = content(file.content());
                    entry.put("path", file.path());
                    return entry;
                })
                .toList();
        putUnlessEmpty(document, "files", files);
        var dependencies = new TreeMap<String, Object>();
        component.dependencies().forEach((name, dependency) -> dependencies.put(name, dependency(dependency)));
        putUnlessEmpty(document, "dependencies", dependencies);
        return document;
    }

    private static Map<String, Object> dependency(LockedDependency dependency) {
        var document = new TreeMap<String, Object>();
        document.put("source", wasm(dependency.source()));
        document.put("export", dependency.export().orElse(null));
        switch (dependency.inherit()) {
            case LockedDependency.Inherit.All _ -> document.put("inherit", "All");
            case LockedDependency.Inherit.Some(var sets) -> {
                if (!sets.isEmpty()) {
                    document.put(
                            "inherit", Map.of("Some", sets.stream().sorted().toList()));
                }
            }
        }
        return document;
    }

    private static Map<String, Object> wasm(ContentRef source) {
        var document = content(source);
        document.put("content_type", "application/wasm");
        return document;
    }

    private static Map<String, Object> content(ContentRef content) {
        var document = new TreeMap<String, Object>();
        content.inline()
                .ifPresent(inline -> document.put(
                        "inline", Base64.getEncoder().withoutPadding().encodeToString(inline.bytes())));
        content.digest().ifPresent(digest -> document.put("digest", digest.toString()));
        content.source().ifPresent(source -> document.put("source", source));
        return document;
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, Object>();
                map.forEach((key, member) -> sorted.put((String) key, sorted(member)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(LockedAppWriter::sorted).toList();
            default -> value;
        };
    }

    private static void putUnlessEmpty(Map<String, Object> document, String key, Object value) {
        boolean empty = switch (value) {
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
        if (!empty) {
            document.put(key, value);
        }
    }
}
