package dev.creel.host.route;

import dev.creel.engine.CgiCall;
import dev.creel.wasi.http.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What Spin's wagi executor tells a command of its request (reference spin-app §2.8). Where Spin deviates from CGI, so does this:
 * {@code CONTENT_TYPE} is that of a header of that very name, and the path is not decoded.
 */
public final class CgiRequest {
    private static final Set<String> WITHHELD = Set.of("authorization", "connection");
    private static final String CORRUPT = "CORRUPT VALUE";
    private static final String DEFAULT_PORT = "80";

    private CgiRequest() {}

    /**
     * Arguments and variables.
     *
     * @param method as on the request line
     * @param headers of the client
     */
    public static CgiCall of(Executor.Wagi executor, Arrival arrival, String method, List<Header> headers) {
        return new CgiCall(arguments(executor.argv(), arrival), variables(arrival, method, headers));
    }

    private static List<String> arguments(String template, Arrival arrival) {
        var text = template.replace("${SCRIPT_NAME}", arrival.path())
                .replace("${ARGS}", arrival.query().replace('&', ' '));
        return List.of(text.split(" ", -1));
    }

    private static Map<String, String> variables(Arrival arrival, String method, List<Header> headers) {
        var route = arrival.route();
        var variables = new HashMap<String, String>();
        for (var header : headers) {
            if (!WITHHELD.contains(header.name())) {
                variables.put(name("HTTP_", header.name()), value(header));
            }
        }
        variables.put("HTTP_HOST", arrival.host());
        variables.put("AUTH_TYPE", "");
        variables.put("CONTENT_TYPE", contentType(headers));
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("QUERY_STRING", arrival.query());
        variables.put("REMOTE_ADDR", address(arrival.client()));
        variables.put("REMOTE_HOST", address(arrival.client()));
        variables.put("REMOTE_USER", "");
        variables.put("REQUEST_METHOD", method);
        variables.put("SCRIPT_NAME", route.matchedWithoutWildcard());
        variables.put("PATH_INFO", route.pathInfo());
        variables.put("X_RAW_PATH_INFO", route.pathInfo());
        variables.put("PATH_TRANSLATED", decoded(route.pathInfo()));
        variables.put("SERVER_NAME", serverName(arrival.host()));
        variables.put("SERVER_PORT", serverPort(arrival.host()));
        variables.put("SERVER_PROTOCOL", "HTTP/1.1");
        variables.put("SERVER_SOFTWARE", "WAGI/1");
        variables.put("X_FULL_URL", arrival.scheme() + "://" + arrival.host() + arrival.pathWithQuery());
        variables.put("X_MATCHED_ROUTE", route.matched());
        variables.put("X_BASE_PATH", route.base());
        variables.put("X_RAW_COMPONENT_ROUTE", route.raw());
        variables.put("X_COMPONENT_ROUTE", route.withoutWildcard());
        variables.put("X_CLIENT_ADDR", arrival.client());
        route.captures().forEach((name, value) -> variables.put(name("X_PATH_MATCH_", name), value));
        return variables;
    }

    /** Of a header with this very name, which nobody sends; the real one is in {@code HTTP_CONTENT_TYPE}. */
    private static String contentType(List<Header> headers) {
        return headers.stream()
                .filter(header -> header.name().equals("content_type"))
                .map(CgiRequest::value)
                .findFirst()
                .orElse("");
    }

    private static String name(String prefix, String name) {
        return prefix + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String value(Header header) {
        for (byte b : header.value()) {
            // Negative are those beyond ASCII.
            if (b != '\t' && (b < 0x20 || b == 0x7f)) {
                return CORRUPT;
            }
        }
        return new String(header.value(), StandardCharsets.US_ASCII);
    }

    private static String address(String client) {
        int colon = client.lastIndexOf(':');
        var address = colon < 0 ? client : client.substring(0, colon);
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    private static String serverName(String host) {
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static String serverPort(String host) {
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        return colon < 0 || colon == host.length() - 1 ? DEFAULT_PORT : host.substring(colon + 1);
    }

    /** Percent-decoded; what is no encoding stays, what is no UTF-8 is replaced. */
    private static String decoded(String path) {
        var bytes = new ByteArrayOutputStream();
        var encoded = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            int high = i + 2 < encoded.length && encoded[i] == '%' ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length && encoded[i] == '%' ? Character.digit(encoded[i + 2], 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes.write((high << 4) | low);
                i += 2;
            } else {
                bytes.write(encoded[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
