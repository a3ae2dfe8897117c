package dev.creel.host.ingress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Binds a listener of several event loops to a port that nobody else has. Vert.x would share one port among all loops that ask for
 * a negative one — but also among several executors of one process, whose requests it would mix. So a port is looked for, let go
 * and bound again; another process may take it in between, then the next is tried.
 */
final class FreePort {
    private static final int TRIES_MAX = 10;

    /** Executors of this process look one after the other: nobody finds the port that another is about to bind. */
    private static final Object LOOKING = new Object();

    private FreePort() {}

    /** Binds all loops to {@code port}, or fails and leaves nothing bound. */
    interface Binding {
        void at(int port) throws IOException, InterruptedException;
    }

    /** Blocks until {@code binding} has a port of {@code host}; throws its last failure if it gets none. */
    static void bind(String host, Binding binding) throws IOException, InterruptedException {
        synchronized (LOOKING) {
            for (int tries = 1; ; tries++) {
                int port = freeNow(host);
                try {
                    binding.at(port);
                    return;
                } catch (IOException e) {
                    if (tries == TRIES_MAX) {
                        throw e;
                    }
                }
            }
        }
    }

    private static int freeNow(String host) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
