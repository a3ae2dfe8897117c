package dev.creel.wasi.context;

import java.net.InetSocketAddress;

/**
 * Which addresses a guest's sockets may use. Asked by the guest's thread before anything reaches the operating system, for each
 * bind, connect and datagram; must answer at once. Without a network ({@link #NONE}, the default) guests can make sockets but
 * never get anywhere.
 */
public interface Network {
    /** What a guest wants with an address. */
    enum Use {
        TCP_BIND,
        TCP_CONNECT,
        UDP_BIND,
        UDP_CONNECT,
        UDP_SEND
    }

    /** Whether the guest may; if not, it is told {@code access-denied}. */
    boolean allows(Use use, InetSocketAddress address);

    /** Whether the guest may look names up; if not, it is told {@code permanent-resolver-failure}, as on Spin. */
    boolean resolvesNames();

    /** No network. */
    Network NONE = new Network() {
        @Override
        public boolean allows(Use use, InetSocketAddress address) {
            return false;
        }

        @Override
        public boolean resolvesNames() {
            return false;
        }
    };
}
