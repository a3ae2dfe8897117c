package dev.creel.engine.outbound;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A host as URLs name it, in one spelling: domains in lower case and punycode, addresses in their canonical text without
 * brackets.
 *
 * @param text the spelling
 * @param address empty for a domain
 */
record UrlHost(String text, Optional<InetAddress> address) {
    /** Reads a host from a URL; IPv6 addresses stand in brackets. Empty if it is none. */
    static Optional<UrlHost> parse(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]")
                    ? literal(text.substring(1, text.length() - 1))
                            .filter(a -> text.indexOf(':') > 0)
                            .map(UrlHost::of)
                    : Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return Optional.empty();
        }
        return literal(text).map(UrlHost::of).or(() -> domain(text));
    }

    /** Reads an address without brackets; names, scopes and abbreviated forms are none. Never looks a name up. */
    static Optional<InetAddress> literal(String text) {
        boolean v4 = text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
        boolean v6 = text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+");
        if (!v4 && !v6) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How it stands in a URL. */
    String inUrl() {
        return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
    }

    private static UrlHost of(InetAddress address) {
        return new UrlHost(address.getHostAddress(), Optional.of(address));
    }

    private static Optional<UrlHost> domain(String text) {
        try {
            var ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ascii.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?")
                    ? Optional.of(new UrlHost(ascii, Optional.empty()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
