package dev.creel.host.route;

import dev.creel.contract.lockedapp.LockedTrigger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code [[trigger.http]]}, checked (reference spin-app §2.1).
 *
 * @param id its id, for messages
 * @param route as written; empty for a private one
 * @param target who answers
 * @param executor how it is asked, if it is a component
 */
public record HttpTrigger(String id, Optional<String> route, Target target, Executor executor) {
    private static final Set<String> KEYS = Set.of("route", "component", "static_response", "executor");

    /** Who answers. */
    public sealed interface Target {
        /** A component of the application. */
        record Component(String id) implements Target {}

        /** A fixed answer. */
        record Fixed(StaticResponse response) implements Target {}
    }

    /**
     * Reads a trigger's settings.
     *
     * @throws IllegalArgumentException with a sentence that names the trigger, if it breaks a rule or needs what is not supported
     */
    public static HttpTrigger read(LockedTrigger trigger) {
        var where = "http trigger \"" + trigger.id() + "\": ";
        for (var key : trigger.config().keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(where + "unknown setting \"" + key + "\"; known are " + sorted());
            }
        }
        return new HttpTrigger(
                trigger.id(),
                route(where, trigger.config().get("route")),
                target(where, trigger),
                executor(where, trigger.config().get("executor")));
    }

    private static Executor executor(String where, @org.jspecify.annotations.Nullable Object setting) {
        try {
            return Executor.read(setting);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    private static Optional<String> route(String where, @org.jspecify.annotations.Nullable Object route) {
        return switch (route) {
            case String text -> {
                try {
                    var ignored = RoutePattern.parse(text);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(where + e.getMessage(), e);
                }
                yield Optional.of(text);
            }
            case Map<?, ?> settings when settings.equals(Map.of("private", true)) -> Optional.empty();
            case null, default ->
                throw new IllegalArgumentException(
                        where + "\"route\" must be a path such as \"/api/...\", or { private = true }");
        };
    }

    private static Target target(String where, LockedTrigger trigger) {
        var component = trigger.config().get("component");
        var fixed = trigger.config().get("static_response");
        if ((component == null) == (fixed == null)) {
            throw new IllegalArgumentException(where + "needs exactly one of \"component\" and \"static_response\"");
        }
        if (component instanceof String id) {
            return new Target.Component(id);
        }
        if (fixed instanceof Map<?, ?> settings) {
            return new Target.Fixed(staticResponse(where, settings));
        }
        throw new IllegalArgumentException(where + "\"component\" must be a component id");
    }

    private static StaticResponse staticResponse(String where, Map<?, ?> settings) {
        int status = settings.get("status_code") instanceof Number number ? number.intValue() : 200;
        var headers = new HashMap<String, String>();
        if (settings.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        var body = settings.get("body") instanceof String text ? text : "";
        try {
            return new StaticResponse(status, headers, body);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    private static String sorted() {
        return String.join(", ", KEYS.stream().sorted().toList());
    }
}
