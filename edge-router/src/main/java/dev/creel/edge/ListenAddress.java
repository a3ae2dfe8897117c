package dev.creel.edge;

import java.util.regex.Pattern;

/**
 * An address that the edge listens on, written {@code HOST:PORT}.
 *
 * @param host address or name, IPv6 without brackets
 * @param port 0–65535; 0 takes any free port
 */
public record ListenAddress(String host, int port) {
    private static final Pattern GRAMMAR = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\[\\]]+)):(\\d{1,5})");

    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** Reads {@code HOST:PORT}; IPv6 addresses stand in brackets. */
    public ListenAddress(String text) {
        this(part(text, true), Integer.parseInt(part(text, false)));
    }

    private static String part(String text, boolean host) {
        var match = GRAMMAR.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not HOST:PORT; write for example 127.0.0.1:8080 or [::1]:8080");
        }
        var name = match.group(1) == null ? match.group(2) : match.group(1);
        return host ? name : match.group(3);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
