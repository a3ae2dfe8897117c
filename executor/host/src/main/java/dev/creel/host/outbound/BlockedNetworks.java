package dev.creel.host.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Addresses that guests may not reach unless the operator allows private networks: everything that is not a public unicast
 * address, also where an IPv6 address carries such an IPv4 address inside.
 */
final class BlockedNetworks {
    private BlockedNetworks() {}

    /** Whether {@code address} is loopback, private, link-local, multicast or reserved. */
    static boolean blocks(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> blocks4(four.getAddress());
            case Inet6Address six -> blocks6(six);
            default -> true;
        };
    }

    private static boolean blocks4(byte[] a) {
        int first = a[0] & 0xFF;
        int second = a[1] & 0xFF;
        int third = a[2] & 0xFF;
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> second >= 64 && second <= 127;
            case 169 -> second == 254;
            case 172 -> second >= 16 && second <= 31;
            case 192 -> second == 168 || (second == 0 && (third == 0 || third == 2)) || (second == 88 && third == 99);
            case 198 -> second == 18 || second == 19 || (second == 51 && third == 100);
            case 203 -> second == 0 && third == 113;
            default -> first >= 224;
        };
    }

    private static boolean blocks6(Inet6Address address) {
        byte[] a = address.getAddress();
        int first = ((a[0] & 0xFF) << 8) | (a[1] & 0xFF);
        if (first >= 0xfc00) {
            // Unique local, link-local, site-local, multicast: fc00::/7, fe80::/10, fec0::/10, ff00::/8.
            return true;
        }
        if (address.isIPv4CompatibleAddress() || zero(a, 0, 10)) {
            // ::, ::1, ::a.b.c.d and ::ffff:a.b.c.d.
            return true;
        }
        if (first == 0x0064) {
            // 64:ff9b::/96 leads to an IPv4 address; 64:ff9b:1::/48 is for local use.
            return a[4] != 0 || a[5] != 0 || blocks4(Arrays.copyOfRange(a, 12, 16));
        }
        if (first == 0x2002) {
            // 6to4
            return blocks4(Arrays.copyOfRange(a, 2, 6));
        }
        if (first == 0x2001) {
            // 2001::/23 protocol assignments (Teredo among them) and 2001:db8::/32 documentation.
            int second = ((a[2] & 0xFF) << 8) | (a[3] & 0xFF);
            return second < 0x0200 || second == 0x0db8;
        }
        // Only 2000::/3 is public unicast.
        return (first & 0xe000) != 0x2000;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** For tests and messages: the address that a literal names. */
    static InetAddress literal(String text) throws UnknownHostException {
        return InetAddress.ofLiteral(text);
    }
}
