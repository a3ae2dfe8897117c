package dev.creel.chassis.json;

import java.util.Set;

/** Checks the configuration of an HTTP trigger (reference spin-app §2.1). */
final class HttpTriggerCheck {
    private static final Set<String> KEYS = Set.of("route", "component", "static_response", "executor");
    private static final Set<String> STATIC_KEYS = Set.of("status_code", "headers", "body");

    private HttpTriggerCheck() {}

    static void check(JsonAt config) {
        refuseUnknownKeys(config, KEYS);
        checkRoute(config.need("route"));
        var component = config.find("component");
        var response = config.find("static_response");
        if (component.isPresent() == response.isPresent()) {
            throw config.refusal("needs exactly one of component and static_response");
        }
        component.ifPresent(JsonAt::text);
        response.ifPresent(HttpTriggerCheck::checkStatic);
        config.find("executor").ifPresent(HttpTriggerCheck::checkExecutor);
    }

    private static void refuseUnknownKeys(JsonAt at, Set<String> known) {
        at.members().forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.refusal("is not known; known here are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private static void checkRoute(JsonAt route) {
        if (route.node().isString()) {
            return;
        }
        if (!route.node().isObject()
                || route.members().size() != 1
                || !route.need("private").flag()) {
            throw route.refusal("must be a string or {\"private\": true}");
        }
    }

    private static void checkStatic(JsonAt response) {
        refuseUnknownKeys(response, STATIC_KEYS);
        response.find("status_code").ifPresent(status -> {
            if (status.number() < 100 || status.number() > 599) {
                throw status.refusal("must be an HTTP status from 100 to 599");
            }
        });
        response.find("headers").ifPresent(JsonAt::textMap);
        response.find("body").ifPresent(JsonAt::text);
    }

    private static void checkExecutor(JsonAt executor) {
        var type = executor.need("type");
        switch (type.text()) {
            case "http", "spin" -> refuseUnknownKeys(executor, Set.of("type"));
            case "wagi" -> checkWagi(executor);
            default -> throw type.refusal("is '" + type.text() + "', but the executors are http, spin and wagi");
        }
    }

    private static void checkWagi(JsonAt wagi) {
        refuseUnknownKeys(wagi, Set.of("type", "argv", "entrypoint"));
        wagi.find("argv").ifPresent(JsonAt::text);
        wagi.find("entrypoint").ifPresent(entrypoint -> {
            if (!entrypoint.text().equals("_start")) {
                throw entrypoint.refusal("is '" + entrypoint.text() + "', but commands are run by _start only");
            }
        });
    }
}
