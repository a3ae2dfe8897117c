package dev.creel.host.route;

import java.util.Map;

/**
 * How a path found its component: what the {@code spin-*} headers tell it.
 *
 * @param raw the route as written, {@code /api/:tenant/...}
 * @param base prefix of all routes of the application, {@code /} unless an old application sets one
 * @param captures parameter → value
 * @param pathInfo what the trailing wildcard matched
 */
public record MatchedRoute(String raw, String base, Map<String, String> captures, String pathInfo) {
    /** The route of a request that another component of the application sends: everything (reference spin-app §2.9). */
    public static MatchedRoute chained(String path) {
        return new MatchedRoute("/...", "/", Map.of(), path);
    }

    /** Base and route together; empty for the route {@code /}. */
    String matched() {
        var full = join(base, raw);
        return full.equals("/") ? "" : full;
    }

    /** A route below a base. */
    static String join(String base, String raw) {
        return (base.equals("/") ? "" : base) + (raw.startsWith("/") ? raw : "/" + raw);
    }

    /** The route without its wildcard. */
    String withoutWildcard() {
        return withoutWildcard(raw);
    }

    /** Base and route without its wildcard; {@code /} for the root. */
    String matchedWithoutWildcard() {
        var without = withoutWildcard(join(base, raw));
        return without.isEmpty() ? "/" : without;
    }

    private static String withoutWildcard(String route) {
        if (route.endsWith("/...")) {
            return route.substring(0, route.length() - 4);
        }
        return route.endsWith("/*") ? route.substring(0, route.length() - 2) : route;
    }
}
