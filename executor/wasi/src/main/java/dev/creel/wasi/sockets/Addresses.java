package dev.creel.wasi.sockets;

import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** What an address is good for, whoever may use it. */
final class Addresses {
    private Addresses() {}

    /** It names a machine and a port there. */
    static void mustBeRemote(InetSocketAddress address) throws SocketRefusedException {
        if (address.getAddress().isAnyLocalAddress() || address.getPort() == 0) {
            throw SocketErrorCode.INVALID_ARGUMENT.refusal();
        }
    }

    /** It is that of one machine. */
    static void mustBeUnicast(InetSocketAddress address) throws SocketRefusedException {
        var ip = address.getAddress();
        boolean broadcast = ip instanceof Inet4Address && ip.getHostAddress().equals("255.255.255.255");
        if (ip.isMulticastAddress() || broadcast) {
            throw SocketErrorCode.INVALID_ARGUMENT.refusal();
        }
    }
}
