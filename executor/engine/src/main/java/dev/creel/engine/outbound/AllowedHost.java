package dev.creel.engine.outbound;

import java.util.Locale;

/**
 * One entry of {@code allowed_outbound_hosts}, templates expanded: {@code scheme://host[:port]}.
 *
 * @param scheme lower case, or {@code *}
 * @param host which hosts
 * @param portFrom first port
 * @param portTo last port; 0 to 65535 means any, also one that nobody knows
 */
record AllowedHost(String scheme, HostPattern host, int portFrom, int portTo) {
    private static final int PORT_MAX = 0xffff;

    static AllowedHost parse(String entry) throws InvalidAllowedHostException {
        int at = entry.indexOf("://");
        if (at < 0) {
            throw new InvalidAllowedHostException(
                    entry,
                    entry.equals("insecure:allow-all")
                            ? "no longer allowed; use \"*://*:*\" to allow everything"
                            : "it needs a scheme, as in \"https://" + entry + "\"");
        }
        var scheme = scheme(entry, entry.substring(0, at));
        var rest = entry.substring(at + 3);
        if (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        if (rest.contains("{")) {
            throw new InvalidAllowedHostException(
                    entry, "lists of hosts or ports are not supported; write an entry for each");
        }
        int colon = isHost(rest) ? -1 : rest.lastIndexOf(':');
        var host = host(entry, colon < 0 ? rest : rest.substring(0, colon));
        if (colon < 0) {
            var port = WellKnownPorts.of(scheme);
            if (port.isEmpty()) {
                throw new InvalidAllowedHostException(
                        entry, "scheme \"" + scheme + "\" has no port of its own; add one, or \":*\"");
            }
            return new AllowedHost(scheme, host, port.getAsInt(), port.getAsInt());
        }
        return withPorts(entry, scheme, host, rest.substring(colon + 1));
    }

    /** Whether it lets a connection through. */
    boolean allows(OutboundUrl url) {
        boolean anyPort = portFrom == 0 && portTo == PORT_MAX;
        boolean portFits = anyPort || (url.port().isPresent() && in(url.port().getAsInt()));
        return (scheme.equals("*") || scheme.equals(url.scheme())) && host.matches(url.host()) && portFits;
    }

    /** Whether it lets requests to the application itself through. */
    boolean allowsSelf() {
        boolean http = scheme.equals("*") || scheme.equals("http") || scheme.equals("https");
        return http
                && switch (host) {
                    case HostPattern.Any() -> true;
                    case HostPattern.Self() -> true;
                    case HostPattern.Cidr ignored -> false;
                    case HostPattern.Below ignored -> false;
                    case HostPattern.Exactly ignored -> false;
                };
    }

    private boolean in(int port) {
        return portFrom <= port && port <= portTo;
    }

    private static String scheme(String entry, String scheme) throws InvalidAllowedHostException {
        if (scheme.contains("{")) {
            throw new InvalidAllowedHostException(entry, "lists of schemes are not supported; write an entry for each");
        }
        if (!scheme.equals("*") && (scheme.isEmpty() || !scheme.codePoints().allMatch(Character::isLetter))) {
            throw new InvalidAllowedHostException(entry, "\"" + scheme + "\" is no scheme");
        }
        return scheme.toLowerCase(Locale.ROOT);
    }

    /** Whether all of it is a host, so that its last colon starts no port. */
    private static boolean isHost(String rest) {
        return HostPattern.cidr(rest).isPresent()
                || rest.endsWith("]")
                || UrlHost.literal(rest).isPresent();
    }

    private static HostPattern host(String entry, String text) throws InvalidAllowedHostException {
        var cidr = HostPattern.cidr(text);
        if (cidr.isPresent()) {
            return cidr.get();
        }
        if (text.contains("/")) {
            throw new InvalidAllowedHostException(entry, "a path is not allowed");
        }
        if (text.equals("*")) {
            return new HostPattern.Any();
        }
        if (text.equals("self") || text.equals("self.alt")) {
            return new HostPattern.Self();
        }
        var domain = text.startsWith("*.") ? text.substring(2) : text;
        if (domain.contains("*")) {
            throw new InvalidAllowedHostException(
                    entry, "wildcards are allowed only as subdomains, as in \"*.example.com\"");
        }
        var host =
                UrlHost.parse(domain).or(() -> UrlHost.literal(domain).flatMap(a -> UrlHost.parse("[" + domain + "]")));
        if (host.isEmpty()) {
            throw new InvalidAllowedHostException(entry, "\"" + text + "\" is no host");
        }
        if (domain.equals(text)) {
            return new HostPattern.Exactly(host.get());
        }
        if (host.get().address().isPresent()) {
            throw new InvalidAllowedHostException(
                    entry, "wildcards are for domains; use a range such as \"10.0.0.0/8\"");
        }
        return new HostPattern.Below(host.get().text());
    }

    private static AllowedHost withPorts(String entry, String scheme, HostPattern host, String ports)
            throws InvalidAllowedHostException {
        if (ports.equals("*")) {
            return new AllowedHost(scheme, host, 0, PORT_MAX);
        }
        int dots = ports.indexOf("..");
        int from = port(dots < 0 ? ports : ports.substring(0, dots));
        // The end of a range is the first port outside it.
        int to = dots < 0 ? from : port(ports.substring(dots + 2)) - 1;
        if (from < 0 || to < from) {
            throw new InvalidAllowedHostException(
                    entry, "\"" + ports + "\" is neither a port, a range such as 8000..9000, nor *");
        }
        return new AllowedHost(scheme, host, from, to);
    }

    /** The number, or -1 if it is no port. */
    private static int port(String digits) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
        return port <= PORT_MAX ? port : -1;
    }
}
