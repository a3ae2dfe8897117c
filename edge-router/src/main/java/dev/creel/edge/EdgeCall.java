package dev.creel.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;

/** What a request asks for, or why it is refused before anything else is looked at. */
sealed interface EdgeCall {
    /**
     * A request that can be forwarded.
     *
     * @param authority the Host header that goes on, as the client wrote it
     * @param host its name, in lower case, without port and trailing dot
     * @param address whether the host is an IP address
     * @param target path and query, as sent
     */
    record Valid(String authority, String host, boolean address, String target) implements EdgeCall {}

    /**
     * A request that is not.
     *
     * @param status HTTP status
     * @param reason for a person
     */
    record Refused(int status, String reason) implements EdgeCall {}

    /** Looks at method, target, Host and framing. */
    static EdgeCall of(HttpServerRequest request) {
        var headers = request.headers();
        if (request.method().equals(HttpMethod.CONNECT)) {
            return new Refused(501, "CONNECT is not supported.");
        }
        var upgrade = headers.get(HttpHeaders.UPGRADE);
        if (upgrade != null && !upgrade.toLowerCase(Locale.ROOT).startsWith("h2c")) {
            return new Refused(501, "Upgrading to '" + upgrade + "' is not supported.");
        }
        var coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            return new Refused(501, "Transfer-Encoding '" + coding + "' is not supported.");
        }
        var expect = headers.get(HttpHeaders.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return new Refused(417, "Expect '" + expect + "' is not supported.");
        }
        return request.version() == HttpVersion.HTTP_2 ? ofHttp2(request) : ofHttp1(request);
    }

    private static EdgeCall ofHttp2(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null) {
            return new Refused(400, "The request names no host.");
        }
        return at(authority.toString(), request.uri());
    }

    private static EdgeCall ofHttp1(HttpServerRequest request) {
        var hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() > 1) {
            return new Refused(400, "The request has several Host headers.");
        }
        var uri = request.uri();
        if (uri.startsWith("/")) {
            return hosts.isEmpty() ? new Refused(400, "The request has no Host header.") : at(hosts.getFirst(), uri);
        }
        int start = absolute(uri);
        if (start < 0) {
            return new Refused(400, "The request target must be a path.");
        }
        int end = start;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        var authority = uri.substring(start, end);
        if (!hosts.isEmpty() && !hosts.getFirst().equalsIgnoreCase(authority)) {
            return new Refused(400, "The Host header and the request target name different hosts.");
        }
        var rest = uri.substring(end);
        return at(authority, rest.startsWith("/") ? rest : "/" + rest);
    }

    /** Where the authority of an absolute-form target starts, or -1. */
    private static int absolute(String uri) {
        return uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    private static EdgeCall at(String authority, String target) {
        var host = HostText.read(authority);
        return host == null
                ? new Refused(400, "The Host header is not a host name or address.")
                : new Valid(authority, host.name(), host.address(), target);
    }
}
