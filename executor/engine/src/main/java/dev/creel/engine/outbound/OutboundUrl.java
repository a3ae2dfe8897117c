package dev.creel.engine.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What of a URL decides whether it may be connected to.
 *
 * @param scheme lower case
 * @param host where to
 * @param port as written, or the scheme's own; empty if neither is known
 */
record OutboundUrl(String scheme, UrlHost host, OptionalInt port) {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", Pattern.DOTALL);

    /** Reads {@code url}; without a scheme it has {@code defaultScheme}. Empty if it has no host. */
    static Optional<OutboundUrl> parse(String url, String defaultScheme) {
        var matcher = SCHEME.matcher(url);
        return matcher.matches()
                ? parseRest(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2))
                : parseRest(defaultScheme, url);
    }

    /**
     * First by the rules of URLs. Only where that fails and the scheme is a database's, a raw password may be in the way: then
     * everything before the last {@code @} is taken for user and password. The order matters: what URL parsers read as a host
     * stays the host.
     */
    private static Optional<OutboundUrl> parseRest(String scheme, String rest) {
        var strict = parseAuthority(scheme, upToPath(rest));
        int at = rest.lastIndexOf('@');
        if (strict.isPresent() || at < 0 || scheme.startsWith("http")) {
            return strict;
        }
        return parseAuthority(scheme, upToPath(rest.substring(at + 1)));
    }

    private static String upToPath(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if ("/?#\\".indexOf(rest.charAt(i)) >= 0) {
                return rest.substring(0, i);
            }
        }
        return rest;
    }

    private static Optional<OutboundUrl> parseAuthority(String scheme, String authority) {
        var hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.endsWith("]") ? -1 : hostAndPort.lastIndexOf(':');
        var host = UrlHost.parse(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon));
        var digits = colon < 0 ? "" : hostAndPort.substring(colon + 1);
        if (!digits.matches("[0-9]{0,5}") || (!digits.isEmpty() && Integer.parseInt(digits) > 0xffff)) {
            return Optional.empty();
        }
        var port = digits.isEmpty() ? WellKnownPorts.of(scheme) : OptionalInt.of(Integer.parseInt(digits));
        return host.map(h -> new OutboundUrl(scheme, h, port));
    }
}
