package dev.creel.wasi.sockets;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.host.Store;
import dev.creel.wasi.context.Network;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.io.Wakeup;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The sockets of one store's guest: counted against the limit, closed with the store. Used by the guest's thread. */
final class Sockets {
    private final Network network;
    private final WasiLimits limits;
    private final Wakeup wakeup;
    private final CoreLimits memory;
    private final Set<Socket> open = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Look-ups that run, also those that nobody wants any more. Counted down by their own threads. */
    private final AtomicInteger lookups = new AtomicInteger();

    /** What counts. */
    interface Socket {
        /** Gives back what it holds of the system. Never fails; more than once does no harm. */
        void closeNow();
    }

    private Sockets(Store store) {
        var context = store.context(WasiContext.class);
        network = context.network();
        limits = context.limits();
        wakeup = context.wakeup();
        memory = store.limits();
    }

    /** Those of {@code store}, which must have a {@link WasiContext}. */
    static Sockets of(Store store) {
        return store.context(Sockets.class, () -> {
            var sockets = new Sockets(store);
            store.onClose(sockets::closeAll);
            return sockets;
        });
    }

    WasiLimits limits() {
        return limits;
    }

    /** What the guest sleeps on. */
    Wakeup wakeup() {
        return wakeup;
    }

    Network network() {
        return network;
    }

    void mustAllow(Network.Use use, InetSocketAddress address) throws SocketRefusedException {
        if (!network.allows(use, address)) {
            throw SocketErrorCode.ACCESS_DENIED.refusal();
        }
    }

    /** Whether there may be one more. */
    void checkRoom() throws SocketRefusedException {
        if (open.size() >= limits.socketsMax()) {
            throw SocketErrorCode.NEW_SOCKET_LIMIT.refusal();
        }
    }

    /** Counts one in, and the memory that it may take in the host. */
    void opened(Socket socket) throws SocketRefusedException {
        if (!memory.reserveHost(limits.socketBufferBytesMax())) {
            throw SocketErrorCode.OUT_OF_MEMORY.refusal();
        }
        open.add(socket);
    }

    void closed(Socket socket) {
        if (open.remove(socket)) {
            memory.releaseHost(limits.socketBufferBytesMax());
        }
    }

    void lookupBegins() throws SocketRefusedException {
        if (lookups.incrementAndGet() > limits.lookupsMax()) {
            lookups.decrementAndGet();
            throw SocketErrorCode.NEW_SOCKET_LIMIT.refusal();
        }
    }

    /** Any thread. */
    void lookupEnds() {
        lookups.decrementAndGet();
    }

    private void closeAll() {
        List.copyOf(open).forEach(Socket::closeNow);
    }
}
