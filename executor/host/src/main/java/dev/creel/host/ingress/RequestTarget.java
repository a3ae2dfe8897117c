package dev.creel.host.ingress;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * What a request line and Host header ask for.
 *
 * @param path begins with {@code /}, undecoded
 * @param pathWithQuery the same with its query, if any
 * @param authority as the client named it
 */
record RequestTarget(String path, String pathWithQuery, String authority) {
    /** Nothing if the target is no path, or the client named no host, or one that means a component. */
    static Optional<RequestTarget> of(HttpServerRequest http) {
        var uri = http.uri();
        var host = http.getHeader("host");
        if (uri.startsWith("http://") || uri.startsWith("https://")) {
            int from = uri.indexOf("//") + 2;
            int slash = uri.indexOf('/', from);
            var authority = slash < 0 ? uri.substring(from) : uri.substring(from, slash);
            if (host != null && !host.equals(authority)) {
                return Optional.empty();
            }
            host = authority;
            uri = slash < 0 ? "/" : uri.substring(slash);
        }
        if (!uri.startsWith("/") || host == null || host.isEmpty() || chained(host)) {
            return Optional.empty();
        }
        int fragment = uri.indexOf('#');
        var pathWithQuery = fragment < 0 ? uri : uri.substring(0, fragment);
        int query = pathWithQuery.indexOf('?');
        return Optional.of(
                new RequestTarget(query < 0 ? pathWithQuery : pathWithQuery.substring(0, query), pathWithQuery, host));
    }

    private static boolean chained(String host) {
        int colon = host.indexOf(':');
        return (colon < 0 ? host : host.substring(0, colon)).endsWith(".spin.internal");
    }
}
