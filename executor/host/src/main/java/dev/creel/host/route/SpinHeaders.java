package dev.creel.host.route;

import dev.creel.wasi.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The headers by which a component learns how it was reached (reference spin-app §2.4). Guests trust them, so those that a client
 * sent are taken away first.
 */
public final class SpinHeaders {
    private SpinHeaders() {}

    /** The headers of a request that came so. */
    public static List<Header> of(Arrival arrival) {
        var route = arrival.route();
        var headers = new ArrayList<Header>();
        add(headers, "spin-path-info", route.pathInfo());
        add(headers, "spin-full-url", arrival.scheme() + "://" + arrival.host() + arrival.pathWithQuery());
        add(headers, "spin-matched-route", route.matched());
        add(headers, "spin-base-path", route.base());
        add(headers, "spin-raw-component-route", route.raw());
        add(headers, "spin-component-route", route.withoutWildcard());
        add(headers, "spin-client-addr", arrival.client());
        route.captures()
                .forEach((name, value) -> add(
                        headers,
                        "spin-path-match-" + name.toLowerCase(Locale.ROOT).replace('_', '-'),
                        value));
        return headers;
    }

    /** Whether a header is the host's to set. */
    public static boolean reserved(String lowerCaseName) {
        return lowerCaseName.startsWith("spin-");
    }

    private static void add(List<Header> headers, String name, String value) {
        headers.add(new Header(name, value.getBytes(StandardCharsets.UTF_8)));
    }
}
