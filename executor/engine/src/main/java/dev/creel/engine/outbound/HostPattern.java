package dev.creel.engine.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** The host part of an entry. */
sealed interface HostPattern {
    /** {@code *}. */
    record Any() implements HostPattern {}

    /** {@code self} or {@code self.alt}: the application itself, never an absolute URL. */
    record Self() implements HostPattern {}

    /** Addresses that share the first {@code bits} bits; matches literal addresses only. */
    record Cidr(byte[] network, int bits) implements HostPattern {}

    /** {@code *.suffix}: domains below it, however deep, and not the suffix itself. */
    record Below(String suffix) implements HostPattern {}

    /** This host. */
    record Exactly(UrlHost host) implements HostPattern {}

    /** Whether an absolute URL's host fits. */
    default boolean matches(UrlHost host) {
        return switch (this) {
            case Any() -> true;
            case Self() -> false;
            case Cidr(var network, var bits) ->
                host.address().map(a -> within(network, bits, a)).orElse(false);
            case Below(var suffix) -> host.address().isEmpty() && host.text().endsWith("." + suffix);
            case Exactly(var exact) -> exact.text().equals(host.text());
        };
    }

    /** {@code text} as {@code address/bits}, or nothing if it is not of that form. */
    static Optional<HostPattern> cidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return UrlHost.literal(text.substring(0, slash))
                .map(InetAddress::getAddress)
                .filter(network -> bits <= network.length * 8)
                .map(network -> new Cidr(network, bits));
    }

    private static boolean within(byte[] network, int bits, InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(network, 0, whole, bytes, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((network[whole] ^ bytes[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }
}
