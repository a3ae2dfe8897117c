package dev.creel.control;

import dev.creel.chassis.http.Routes;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.util.List;

/** Paths that clients know and that this platform does not answer yet: each refused with what to do instead. */
final class NotOffered {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private NotOffered() {}

    static void addTo(Routes routes) {
        refuse(
                routes,
                "This platform does not offer browser login yet; log in with a token: --token <token>.",
                "/api/device-codes",
                "/api/device-codes/{rest...}",
                "/api/auth-tokens",
                "/api/auth-tokens/refresh",
                "/api/personal-access-tokens",
                "/api/personal-access-tokens/{rest...}");
        refuse(
                routes,
                "This platform does not offer key-value stores yet; deploy without them.",
                "/api/key-value-pairs",
                "/api/key-value-stores",
                "/api/key-value-stores/{rest...}");
        refuse(
                routes,
                "This platform does not offer SQLite databases yet; deploy without them.",
                "/api/sql-databases",
                "/api/sql-databases/{rest...}");
        refuse(
                routes,
                "This platform has no channels; update the cloud plugin to 0.6 or later.",
                "/api/channels",
                "/api/channels/{rest...}");
        refuse(routes, "Changing an app is not offered; deploy it under another name.", "/api/apps/{id}");
    }

    private static void refuse(Routes routes, String detail, String... paths) {
        for (var path : paths) {
            for (var method : METHODS) {
                routes.on(method, path, (http, values) -> {
                    throw new ProblemException(ProblemCode.NOT_OFFERED, detail);
                });
            }
        }
    }
}
