package dev.creel.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which headers cross the edge. Hop-by-hop headers never do (RFC 9110 §7.6.1), nor what the {@code Connection} header
 * names; of a client's headers neither what guests and executors trust: {@code spin-*} (reference spin-app §2.4) and
 * {@code creel-*}.
 */
final class HeaderRules {
    private HeaderRules() {}

    /** Copies the trailers of a client's request for an upstream. */
    static void copyTrailers(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (crosses(name)) {
                to.add(name, value);
            }
        });
    }

    /** Copies a client's headers for an upstream. Host is left to the caller, and {@code te} says at most trailers. */
    static void copyRequest(MultiMap from, MultiMap to) {
        var connection = connection(from);
        var cookies = new StringBuilder();
        from.forEach((name, value) -> {
            if (!crosses(name) || named(connection, name)) {
                return;
            }
            if (name.equalsIgnoreCase("cookie")) {
                // HTTP/2 splits it; HTTP/1.1 has one.
                cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
                return;
            }
            to.add(name, value);
        });
        if (!cookies.isEmpty()) {
            to.add("cookie", cookies.toString());
        }
        if (wantsTrailers(from)) {
            to.add("te", "trailers");
        }
    }

    private static boolean crosses(String name) {
        return !hopByHop(name)
                && !startsWith(name, "spin-")
                && !startsWith(name, "creel-")
                && !name.equalsIgnoreCase("host")
                && !name.equalsIgnoreCase("expect")
                && !name.startsWith(":");
    }

    /** Copies an upstream's headers for the client. */
    static void copyResponse(MultiMap from, MultiMap to, boolean lowerCase) {
        var connection = connection(from);
        from.forEach((name, value) -> {
            if (!hopByHop(name) && !named(connection, name) && !startsWith(name, "creel-")) {
                to.add(lowerCase ? name.toLowerCase(Locale.ROOT) : name, value);
            }
        });
    }

    /** Whether the client takes trailers. */
    static boolean wantsTrailers(MultiMap request) {
        var te = request.get("te");
        return te != null && te.toLowerCase(Locale.ROOT).contains("trailers");
    }

    private static @Nullable String connection(MultiMap headers) {
        var all = headers.getAll(HttpHeaders.CONNECTION);
        if (all.isEmpty()) {
            return null;
        }
        var names = String.join(",", all).toLowerCase(Locale.ROOT);
        return names.equals("keep-alive") || names.equals("close") ? null : names;
    }

    private static boolean named(@Nullable String connection, String name) {
        if (connection == null) {
            return false;
        }
        for (var named : connection.split(",", -1)) {
            if (named.strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static boolean hopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("te");
            case 7 -> name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 14 -> name.equalsIgnoreCase("http2-settings");
            case 16 -> name.equalsIgnoreCase("proxy-connection");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            case 18 -> name.equalsIgnoreCase("proxy-authenticate");
            case 19 -> name.equalsIgnoreCase("proxy-authorization");
            default -> false;
        };
    }
}
