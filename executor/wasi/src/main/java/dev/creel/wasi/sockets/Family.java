package dev.creel.wasi.sockets;

import dev.creel.component.type.ValType.Variant;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Objects;

/** The {@code ip-address-family}, in the order of its WIT, with what belongs to it: addresses of guests and of Java. */
enum Family {
    IPV4,
    IPV6;

    static Family of(int index) {
        return values()[index];
    }

    /** Its case in WIT. */
    @SuppressWarnings("EnumOrdinal") // The order is that of the WIT.
    int index() {
        return ordinal();
    }

    /** What Java opens a socket for. */
    ProtocolFamily protocol() {
        return switch (this) {
            case IPV4 -> StandardProtocolFamily.INET;
            case IPV6 -> StandardProtocolFamily.INET6;
        };
    }

    /** Whether Java's {@code address} is one of this family; an IPv4 peer of an IPv6 socket is none. */
    boolean holds(InetSocketAddress address) {
        return switch (address.getAddress()) {
            case Inet6Address six -> this == IPV6 && !carriesIpv4(six.getAddress());
            case InetAddress ignored -> this == IPV4;
        };
    }

    /** Refuses an address of the other family, and IPv4 in the form of IPv6, which is of neither. */
    void mustHold(InetSocketAddress address) throws SocketRefusedException {
        if (!holds(address)) {
            throw SocketErrorCode.INVALID_ARGUMENT.refusal();
        }
    }

    /** A guest's {@code ip-socket-address}. */
    static InetSocketAddress toJava(Object given) {
        var address = (Variant.Value) given;
        var parts = (Object[]) Objects.requireNonNull(address.payload());
        try {
            return new InetSocketAddress(
                    address.index() == 0
                            ? InetAddress.getByAddress(four((Object[]) parts[1]))
                            : six((Object[]) parts[2], (Long) parts[3]),
                    (Integer) parts[0]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a good length is good", e);
        }
    }

    /** Java's address as an {@code ip-socket-address}. */
    static Variant.Value toGuest(InetSocketAddress address) {
        return switch (address.getAddress()) {
            case Inet6Address six ->
                new Variant.Value(
                        1, new Object[] {address.getPort(), 0L, words(six), (long) six.getScopeId() & 0xFFFF_FFFFL});
            case InetAddress four -> new Variant.Value(0, new Object[] {address.getPort(), bytes(four)});
        };
    }

    /** Java's address as an {@code ip-address}. */
    static Variant.Value toGuest(InetAddress address) {
        return address instanceof Inet6Address six
                ? new Variant.Value(1, words(six))
                : new Variant.Value(0, bytes(address));
    }

    private static byte[] four(Object[] parts) {
        var bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (int) (Integer) parts[i];
        }
        return bytes;
    }

    private static Inet6Address six(Object[] parts, long scope) throws UnknownHostException {
        var bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            int word = (Integer) parts[i];
            bytes[2 * i] = (byte) (word >> 8);
            bytes[2 * i + 1] = (byte) word;
        }
        return Inet6Address.getByAddress(null, bytes, scope == 0 ? -1 : (int) scope);
    }

    /** Mapped ({@code ::ffff:a.b.c.d}), or the older {@code ::a.b.c.d}, of which {@code ::} and {@code ::1} are none. */
    private static boolean carriesIpv4(byte[] bytes) {
        int zeroes = 0;
        while (zeroes < 16 && bytes[zeroes] == 0) {
            zeroes++;
        }
        boolean mapped = zeroes == 10 && bytes[10] == -1 && bytes[11] == -1;
        boolean compatible = (zeroes >= 12 && zeroes < 15) || (zeroes == 15 && bytes[15] != 1);
        return mapped || compatible;
    }

    private static Object[] bytes(InetAddress address) {
        var bytes = address.getAddress();
        return new Object[] {bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF, bytes[3] & 0xFF};
    }

    private static Object[] words(Inet6Address address) {
        var bytes = address.getAddress();
        var words = new Object[8];
        for (int i = 0; i < 8; i++) {
            words[i] = ((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF);
        }
        return words;
    }
}
