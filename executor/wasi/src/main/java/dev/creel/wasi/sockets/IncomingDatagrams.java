package dev.creel.wasi.sockets;

import dev.creel.wasi.io.Pollable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resource {@code incoming-datagram-stream}. What the guest has not fetched waits in the system. Used by the guest's thread. */
final class IncomingDatagrams {
    private static final int DATAGRAM_BYTES_MAX = 65_535;

    private final UdpSocket socket;
    private final DatagramChannel channel;
    private final SocketLoop.Watch watch;
    private Optional<Object[]> ahead = Optional.empty();
    private Optional<SocketErrorCode> failure = Optional.empty();
    private @Nullable ByteBuffer buffer;
    private boolean closed;

    IncomingDatagrams(UdpSocket socket, DatagramChannel channel, SocketLoop.Watch watch) {
        this.socket = socket;
        this.channel = channel;
        this.watch = watch;
    }

    /** Up to {@code max} (unsigned) datagrams that are there, each as the guest sees it. */
    List<Object> receive(long max) throws SocketRefusedException {
        long most = TcpOptions.clip(max, socket.sockets().limits().datagramsMax());
        var datagrams = new ArrayList<Object>();
        while (datagrams.size() < most && look()) {
            if (failure.isPresent()) {
                if (!datagrams.isEmpty()) {
                    break;
                }
                var code = failure.get();
                failure = Optional.empty();
                throw code.refusal();
            }
            ahead.ifPresent(datagrams::add);
            ahead = Optional.empty();
        }
        return datagrams;
    }

    Pollable subscribe() {
        return () -> closed || look() || waits();
    }

    private boolean waits() {
        watch.want(SelectionKey.OP_READ);
        return false;
    }

    /** Whether {@link #receive} would give something: only receiving tells, so one datagram is received ahead. */
    private boolean look() {
        while (ahead.isEmpty() && failure.isEmpty()) {
            var into = buffer == null ? ByteBuffer.allocate(DATAGRAM_BYTES_MAX) : buffer.clear();
            buffer = into;
            try {
                var from = (InetSocketAddress) channel.receive(into);
                if (from == null) {
                    return false;
                }
                // An IPv6 socket of Java's also hears IPv4; ours does not.
                if (socket.family().holds(from)) {
                    ahead = Optional.of(
                            new Object[] {Arrays.copyOf(into.array(), into.position()), Family.toGuest(from)});
                }
            } catch (IOException e) {
                failure = Optional.of(SocketErrorCode.of(e));
            }
        }
        return true;
    }

    void close() {
        if (!closed) {
            closed = true;
            socket.streamDropped();
        }
    }
}
