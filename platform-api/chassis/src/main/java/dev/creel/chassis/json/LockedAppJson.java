package dev.creel.chassis.json;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedTrigger;
import dev.creel.contract.lockedapp.LockedVariable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes the locked application document (reference spin-app §1.4, spin-deploy §8) and makes the checks of
 * spin-app §1.6 that need nothing else: version, requirements, unique ids, triggers that name components. What this
 * platform cannot run is refused with UNPROCESSABLE and a sentence that names it. Unknown keys are ignored, except in
 * the configuration of HTTP triggers, where the reference makes them errors.
 */
public final class LockedAppJson {
    /** Newest {@code spin_lock_version} that is understood. */
    private static final int VERSION_MAX = 1;

    private static final Set<String> UNDERSTOOD = Set.of("host_requirements", "component_host_requirements");
    private static final String MIDDLEWARE = "middleware";
    private static final Set<String> REQUIREMENTS = Set.of("local_service_chaining");

    private LockedAppJson() {}

    /**
     * Reads a document.
     *
     * @throws ProblemException UNPROCESSABLE, naming the place and the reason
     */
    public static LockedApp read(byte[] bytes) {
        return read(JsonAt.root("locked application", bytes, ProblemCode.UNPROCESSABLE));
    }

    /** Whether a document is a locked application at all; a plain Wasm package's config is not (spin-app §1.5). */
    public static boolean recognises(byte[] bytes) {
        var node = Json.tree(bytes);
        return node.isObject() && node.has("spin_lock_version");
    }

    private static LockedApp read(JsonAt root) {
        checkVersion(root);
        var metadata = root.find("metadata");
        var triggers = readTriggers(root.need("triggers"));
        var components = new ArrayList<LockedComponent>();
        var requirements = new LinkedHashSet<String>();
        root.find("host_requirements").ifPresent(at -> readRequirements(at, requirements));
        var ids = new HashSet<String>();
        for (var at : root.need("components").items()) {
            var component = LockedComponentJson.read(at);
            if (!ids.add(component.id())) {
                throw at.need("id").refusal("'" + component.id() + "' is the id of another component, too");
            }
            at.find("host_requirements").ifPresent(required -> readRequirements(required, requirements));
            components.add(component);
        }
        for (var trigger : root.need("triggers").items()) {
            checkComponentExists(trigger, ids);
        }
        return new LockedApp(
                root.need("metadata").need("name").text(),
                text(metadata, "version"),
                text(metadata, "description"),
                readTriggerSettings(metadata),
                List.copyOf(requirements),
                root.find("variables").map(LockedAppJson::readVariables).orElse(Map.of()),
                triggers,
                List.copyOf(components));
    }

    private static void checkVersion(JsonAt root) {
        var version = root.need("spin_lock_version");
        if (version.number() < 0 || version.number() > VERSION_MAX) {
            throw version.refusal("is " + version.number() + ", but Creel understands versions up to " + VERSION_MAX);
        }
        root.find("must_understand")
                .ifPresent(list -> list.items().forEach(item -> {
                    if (!UNDERSTOOD.contains(item.text())) {
                        throw item.refusal("demands '" + item.text() + "', which Creel does not know");
                    }
                }));
    }

    private static void readRequirements(JsonAt at, Set<String> into) {
        at.members().forEach((feature, value) -> {
            if (value.node().isString() && value.text().equals("optional")) {
                return;
            }
            if (feature.equals(MIDDLEWARE)) {
                throw value.refusal("demands HTTP middleware, which Creel does not support yet");
            }
            if (!REQUIREMENTS.contains(feature)) {
                throw value.refusal("demands a feature that Creel does not have");
            }
            into.add(feature);
        });
    }

    private static List<LockedTrigger> readTriggers(JsonAt list) {
        var ids = new HashSet<String>();
        var triggers = new ArrayList<LockedTrigger>();
        for (var at : list.items()) {
            var id = at.need("id").text();
            if (!ids.add(id)) {
                throw at.need("id").refusal("'" + id + "' is the id of another trigger, too");
            }
            var type = at.need("trigger_type").text();
            if (!type.equals("http")) {
                throw at.need("trigger_type")
                        .refusal("is '" + type + "', but Creel runs http triggers only; remove trigger '" + id + "'");
            }
            refuseMiddleware(at);
            HttpTriggerCheck.check(at.need("trigger_config"));
            triggers.add(new LockedTrigger(id, type, plainMap(at.need("trigger_config"))));
        }
        return List.copyOf(triggers);
    }

    /** Refuses {@code trigger_dependencies} unless they are empty. */
    static void refuseMiddleware(JsonAt owner) {
        owner.find("trigger_dependencies").ifPresent(roles -> {
            if (!roles.members().isEmpty()) {
                throw roles.refusal("lists HTTP middleware, which Creel does not support yet");
            }
        });
    }

    private static void checkComponentExists(JsonAt trigger, Set<String> ids) {
        trigger.need("trigger_config").find("component").ifPresent(component -> {
            if (!ids.contains(component.text())) {
                throw component.refusal("names component '" + component.text() + "', which is not in the application");
            }
        });
    }

    private static String text(Optional<JsonAt> metadata, String key) {
        return metadata.flatMap(at -> at.find(key)).map(JsonAt::text).orElse("");
    }

    private static Map<String, Map<String, Object>> readTriggerSettings(Optional<JsonAt> metadata) {
        var settings = new LinkedHashMap<String, Map<String, Object>>();
        var triggers = metadata.flatMap(at -> at.find("triggers"));
        var old = metadata.flatMap(at -> at.find("trigger"));
        // Spin 1 wrote only `trigger`; the cloud plugin writes it beside a `triggers` that may lack the type.
        old.ifPresent(at -> {
            var single = plainMap(at);
            if (single.remove("type") instanceof String type) {
                settings.put(type, single);
            }
        });
        triggers.ifPresent(at -> at.members().forEach((type, value) -> settings.put(type, plainMap(value))));
        var http = settings.get("http");
        if (http != null && http.get("base") instanceof String base && !base.equals("/") && !base.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNPROCESSABLE,
                    "The locked application sets the base path '" + base + "' for its HTTP triggers, which Spin 3 and"
                            + " Creel do not support; write it in front of each route.");
        }
        return settings;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plainMap(JsonAt at) {
        return (Map<String, Object>) at.object().plain();
    }

    private static Map<String, LockedVariable> readVariables(JsonAt at) {
        var variables = new LinkedHashMap<String, LockedVariable>();
        at.members()
                .forEach((name, value) -> variables.put(
                        name,
                        new LockedVariable(
                                value.find("default").map(JsonAt::text),
                                value.find("secret").map(JsonAt::flag).orElse(false),
                                value.find("description").map(JsonAt::text).orElse(""))));
        return variables;
    }

    /** The document for {@code app}: canonical JSON, keys sorted, no white space, nothing empty. */
    public static byte[] write(LockedApp app) {
        return Json.write(LockedAppWriter.document(app));
    }
}
