package dev.creel.wasi.sockets;

import dev.creel.component.core.TrapException;
import dev.creel.wasi.context.Network.Use;
import dev.creel.wasi.io.Pollable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The resource {@code outgoing-datagram-stream}: sends at once or not at all, so nothing is kept here. Used by the guest's thread,
 * except {@link #ready}.
 */
final class OutgoingDatagrams {
    /** What fits into an IPv4 packet. */
    private static final int DATAGRAM_BYTES_MAX = 65_507;

    private final UdpSocket socket;
    private final DatagramChannel channel;
    private final SocketLoop.Watch watch;
    private final Optional<InetSocketAddress> connected;
    private long permitted;
    private boolean closed;

    /** Whether the system took no more, and has not said since that it would. */
    private volatile boolean full;

    OutgoingDatagrams(
            UdpSocket socket, DatagramChannel channel, SocketLoop.Watch watch, Optional<InetSocketAddress> connected) {
        this.socket = socket;
        this.channel = channel;
        this.watch = watch;
        this.connected = connected;
    }

    /** How many datagrams the next {@link #send} may have; 0 while the system takes none. */
    long checkSend() {
        permitted = full ? 0 : socket.sockets().limits().datagramsMax();
        return permitted;
    }

    /** Sends until one does not go; says how many went. An error only if none did. */
    long send(List<?> datagrams) throws SocketRefusedException {
        if (datagrams.size() > permitted) {
            throw new TrapException("wasi:sockets/udp: send of " + datagrams.size()
                    + " datagrams where check-send permits " + permitted);
        }
        permitted = 0;
        long count = 0;
        for (var datagram : datagrams) {
            try {
                if (!sendOne((Object[]) datagram)) {
                    full = true;
                    watch.want(SelectionKey.OP_WRITE);
                    return count;
                }
                count++;
            } catch (SocketRefusedException e) {
                if (count == 0) {
                    throw e;
                }
                return count;
            }
        }
        return count;
    }

    Pollable subscribe() {
        return () -> !full || closed;
    }

    /** The loop found the socket ready. */
    void ready(int operations) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            full = false;
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            socket.streamDropped();
        }
    }

    private boolean sendOne(Object[] datagram) throws SocketRefusedException {
        var bytes = (byte[]) Objects.requireNonNull(datagram[0]);
        if (bytes.length > DATAGRAM_BYTES_MAX) {
            throw SocketErrorCode.DATAGRAM_TOO_LARGE.refusal();
        }
        var to = to(((Optional<?>) datagram[1]).map(Family::toJava));
        try {
            // A datagram of no bytes that went and one that did not look the same: those are taken to have gone.
            return channel.send(ByteBuffer.wrap(bytes), to) == bytes.length;
        } catch (IOException e) {
            throw SocketRefusedException.of(e);
        }
    }

    private InetSocketAddress to(Optional<InetSocketAddress> given) throws SocketRefusedException {
        if (connected.isPresent()) {
            if (given.isPresent() && !given.equals(connected)) {
                throw SocketErrorCode.INVALID_ARGUMENT.refusal();
            }
            return connected.get();
        }
        var to = given.orElseThrow(SocketErrorCode.INVALID_ARGUMENT::refusal);
        socket.sockets().mustAllow(Use.UDP_SEND, to);
        socket.family().mustHold(to);
        Addresses.mustBeRemote(to);
        return to;
    }
}
