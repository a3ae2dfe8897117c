package dev.creel.host.outbound;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a request to the network goes.
 *
 * @param tls whether over TLS
 * @param host a name, or an address literal without brackets, in lower case
 * @param port 1–65535
 */
record Destination(boolean tls, String host, int port) {
    /** Reads scheme and authority; nothing if they are not those of an HTTP URL. */
    static Optional<Destination> parse(String scheme, String authority) {
        boolean tls = scheme.equalsIgnoreCase("https");
        if ((!tls && !scheme.equalsIgnoreCase("http")) || authority.indexOf('@') >= 0) {
            return Optional.empty();
        }
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (authority.startsWith("[") && end == 0) {
            return Optional.empty();
        }
        var host = end < 0 ? authority : authority.substring(0, end);
        var rest = end < 0 ? "" : authority.substring(end);
        int port = tls ? 443 : 80;
        if (!rest.isEmpty() && !rest.equals(":")) {
            try {
                port = Integer.parseInt(rest, 1, rest.length(), 10);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return host.isEmpty() || port < 1 || port > 65535 || (!rest.isEmpty() && rest.charAt(0) != ':')
                ? Optional.empty()
                : Optional.of(new Destination(tls, host.toLowerCase(Locale.ROOT), port));
    }

    /** Whether the host is an address, so that nothing needs to be looked up. */
    boolean literal() {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    String url() {
        return (tls ? "https://" : "http://") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
