package dev.creel.engine.spin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the servers that a PostgreSQL address names, be it a URL or a string of keywords and values as libpq reads it. */
final class PostgresAddress {
    private static final String DEFAULT_PORT = "5432";

    private PostgresAddress() {}

    /** An address that names no server that could be reached. */
    static final class InvalidAddressException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidAddressException(String message) {
            super(message, null, false, false);
        }
    }

    /** Every server that a client could connect to, as {@code postgres://host:port}. */
    static List<String> servers(String address) throws InvalidAddressException {
        boolean url = address.startsWith("postgres://") || address.startsWith("postgresql://");
        return url ? ofUrl(address) : ofKeywords(keywords(address));
    }

    private static List<String> ofUrl(String url) throws InvalidAddressException {
        var rest = url.substring(url.indexOf("://") + 3);
        int query = rest.indexOf('?');
        var keywords = query < 0 ? new HashMap<String, String>() : parameters(rest.substring(query + 1));
        var authority = query < 0 ? rest : rest.substring(0, query);
        int slash = authority.indexOf('/');
        authority = slash < 0 ? authority : authority.substring(0, slash);
        var servers = new ArrayList<String>();
        for (var server : authority.substring(authority.lastIndexOf('@') + 1).split(",", -1)) {
            int colon = server.endsWith("]") ? -1 : server.lastIndexOf(':');
            var host = decoded(colon < 0 ? server : server.substring(0, colon));
            if (!host.isEmpty()) {
                servers.add(server(host, colon < 0 ? DEFAULT_PORT : server.substring(colon + 1)));
            }
        }
        // A client may take a host from the parameters as well as from the authority: all must be allowed.
        if (keywords.containsKey("host") || keywords.containsKey("hostaddr")) {
            servers.addAll(ofKeywords(keywords));
        }
        return required(servers);
    }

    private static List<String> ofKeywords(Map<String, String> keywords) throws InvalidAddressException {
        var ports = keywords.getOrDefault("port", DEFAULT_PORT).split(",", -1);
        var servers = new ArrayList<String>();
        for (var keyword : List.of("host", "hostaddr")) {
            var hosts = keywords.getOrDefault(keyword, "").split(",", -1);
            for (int i = 0; i < hosts.length; i++) {
                if (!hosts[i].isEmpty()) {
                    servers.add(server(
                            hosts[i], ports.length == 1 ? ports[0] : i < ports.length ? ports[i] : DEFAULT_PORT));
                }
            }
        }
        return required(servers);
    }

    private static List<String> required(List<String> servers) throws InvalidAddressException {
        if (servers.isEmpty()) {
            throw new InvalidAddressException("invalid connection string: it names no host");
        }
        return servers;
    }

    private static String server(String host, String port) throws InvalidAddressException {
        if (host.startsWith("/") || host.startsWith("@")) {
            throw new InvalidAddressException("Unix sockets are not supported: host " + host);
        }
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return "postgres://" + (bareIpv6 ? "[" + host + "]" : host) + ":" + (port.isEmpty() ? DEFAULT_PORT : port);
    }

    private static Map<String, String> parameters(String query) throws InvalidAddressException {
        var all = new HashMap<String, String>();
        for (var parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                all.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
            }
        }
        return all;
    }

    private static String decoded(String text) throws InvalidAddressException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidAddressException("invalid connection string: " + text + " is not percent-encoded");
        }
    }

    /** {@code key = value} separated by blanks; values may stand in single quotes, a backslash takes the next sign as it is. */
    private static Map<String, String> keywords(String text) throws InvalidAddressException {
        var all = new HashMap<String, String>();
        int at = 0;
        while (true) {
            at = skipBlanks(text, at);
            if (at == text.length()) {
                return all;
            }
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw new InvalidAddressException("invalid connection string: " + text.substring(at) + " has no value");
            }
            var value = new StringBuilder();
            int start = skipBlanks(text, equals + 1);
            boolean quoted = start < text.length() && text.charAt(start) == '\'';
            int end = value(text, quoted ? start + 1 : start, quoted, value);
            all.put(text.substring(at, equals).strip(), value.toString());
            at = end;
        }
    }

    private static int value(String text, int from, boolean quoted, StringBuilder value)
            throws InvalidAddressException {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted ? c == '\'' : Character.isWhitespace(c)) {
                return at + 1;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        if (quoted) {
            throw new InvalidAddressException("invalid connection string: a quote is not closed");
        }
        return text.length();
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
