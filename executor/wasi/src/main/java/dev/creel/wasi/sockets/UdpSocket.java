package dev.creel.wasi.sockets;

import dev.creel.component.core.TrapException;
import dev.creel.wasi.context.Network.Use;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code udp-socket}. Nothing of the system is behind it before an address has been permitted. The system's socket
 * lives until the guest has dropped this and both streams. Used by the guest's thread.
 */
final class UdpSocket implements Sockets.Socket {
    private enum State {
        NEW,
        BINDING,
        BOUND,
        CLOSED
    }

    /** What {@link #stream} gives. */
    record Streams(IncomingDatagrams incoming, OutgoingDatagrams outgoing) {}

    private final Sockets sockets;
    private final Family family;
    private State state = State.NEW;
    private int hopLimit = 64;
    private long receiveBufferBytes;
    private long sendBufferBytes;
    private int streams;
    private boolean dropped;
    private @Nullable DatagramChannel channel;
    private SocketLoop.@Nullable Watch watch;
    private volatile @Nullable OutgoingDatagrams outgoing;
    private Optional<InetSocketAddress> remote = Optional.empty();

    UdpSocket(Sockets sockets, Family family) throws SocketRefusedException {
        sockets.checkRoom();
        this.sockets = sockets;
        this.family = family;
        this.receiveBufferBytes = sockets.limits().socketBufferBytesMax();
        this.sendBufferBytes = receiveBufferBytes;
        sockets.opened(this);
    }

    Sockets sockets() {
        return sockets;
    }

    Family family() {
        return family;
    }

    void startBind(Object given) throws SocketRefusedException {
        var local = Family.toJava(given);
        sockets.mustAllow(Use.UDP_BIND, local);
        if (state != State.NEW) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
        family.mustHold(local);
        try {
            var opened = DatagramChannel.open(family.protocol());
            channel = opened;
            opened.configureBlocking(false);
            putBuffers();
            opened.bind(local);
            watch = SocketLoop.shared().watch(opened, this::ready);
            state = State.BINDING;
        } catch (IOException e) {
            closeChannel();
            throw SocketRefusedException.of(e);
        }
    }

    void finishBind() throws SocketRefusedException {
        if (state != State.BINDING) {
            throw SocketErrorCode.NOT_IN_PROGRESS.refusal();
        }
        state = State.BOUND;
    }

    /** New streams, from and to everybody or one peer; the old ones must be gone. */
    Streams stream(Optional<?> given) throws SocketRefusedException {
        if (streams > 0) {
            throw new TrapException("wasi:sockets/udp: stream while the streams of this socket are still there");
        }
        mustBeBound();
        var there = Objects.requireNonNull(channel);
        try {
            if (remote.isPresent()) {
                there.disconnect();
                remote = Optional.empty();
            }
            if (given.isPresent()) {
                var peer = Family.toJava(given.get());
                sockets.mustAllow(Use.UDP_CONNECT, peer);
                family.mustHold(peer);
                Addresses.mustBeRemote(peer);
                there.connect(peer);
                remote = Optional.of(peer);
            }
        } catch (IOException e) {
            throw SocketRefusedException.of(e);
        }
        streams = 2;
        var to = new OutgoingDatagrams(this, there, Objects.requireNonNull(watch), remote);
        outgoing = to;
        return new Streams(new IncomingDatagrams(this, there, Objects.requireNonNull(watch)), to);
    }

    Object localAddress() throws SocketRefusedException {
        mustBeBound();
        try {
            return Family.toGuest((InetSocketAddress)
                    Objects.requireNonNull(Objects.requireNonNull(channel).getLocalAddress()));
        } catch (IOException e) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
    }

    Object remoteAddress() throws SocketRefusedException {
        return Family.toGuest(remote.orElseThrow(SocketErrorCode.INVALID_STATE::refusal));
    }

    int hopLimit() {
        return hopLimit;
    }

    /** Remembered only: Java cannot set it for one peer. */
    void hopLimit(long hops) {
        hopLimit = (int) hops;
    }

    long receiveBufferBytes() {
        return receiveBufferBytes;
    }

    void receiveBuffer(long bytes) throws SocketRefusedException {
        receiveBufferBytes = TcpOptions.clip(bytes, sockets.limits().socketBufferBytesMax());
        buffersChanged();
    }

    long sendBufferBytes() {
        return sendBufferBytes;
    }

    void sendBuffer(long bytes) throws SocketRefusedException {
        sendBufferBytes = TcpOptions.clip(bytes, sockets.limits().socketBufferBytesMax());
        buffersChanged();
    }

    /** The guest drops this. */
    void drop() {
        dropped = true;
        closeIfUnused();
    }

    /** The guest drops a stream. */
    void streamDropped() {
        streams--;
        closeIfUnused();
    }

    @Override
    public void closeNow() {
        state = State.CLOSED;
        sockets.closed(this);
        closeChannel();
    }

    private void closeIfUnused() {
        if (dropped && streams == 0) {
            closeNow();
        }
    }

    /** On the loop's thread. */
    private void ready(int operations) {
        var to = outgoing;
        if (to != null) {
            to.ready(operations);
        }
        sockets.wakeup().signal();
    }

    private void buffersChanged() throws SocketRefusedException {
        try {
            putBuffers();
        } catch (IOException e) {
            throw SocketRefusedException.of(e);
        }
    }

    private void putBuffers() throws IOException {
        if (channel != null && channel.isOpen()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, (int) receiveBufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, (int) sendBufferBytes);
        }
    }

    private void mustBeBound() throws SocketRefusedException {
        if (state != State.BOUND) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
    }

    private void closeChannel() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Closed as far as it goes.
            }
        }
    }
}
