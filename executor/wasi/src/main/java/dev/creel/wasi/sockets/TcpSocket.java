package dev.creel.wasi.sockets;

import dev.creel.wasi.context.Network.Use;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code tcp-socket}. Nothing of the system is behind it before its first address has been permitted. The connection
 * lives until the guest has dropped this and both streams. Used by the guest's thread.
 */
final class TcpSocket implements Sockets.Socket {
    private static final int BACKLOG = 128;
    private static final int BACKLOG_MAX = 4096;

    private enum State {
        NEW,
        BINDING,
        BOUND,
        STARTING_TO_LISTEN,
        LISTENING,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    /** What connecting and accepting give. */
    record Streams(TcpSocket socket, InputStream input, OutputStream output) {}

    private final Sockets sockets;
    private final Family family;
    private final TcpOptions options;
    private State state = State.NEW;
    private int backlog = BACKLOG;
    private int holders = 1;
    private @Nullable NetworkChannel channel;
    private SocketLoop.@Nullable Watch watch;
    private volatile @Nullable TcpConnection connection;
    private Optional<SocketErrorCode> failure = Optional.empty();
    private @Nullable SocketChannel accepted;

    TcpSocket(Sockets sockets, Family family) throws SocketRefusedException {
        this(sockets, family, new TcpOptions(sockets.limits().socketBufferBytesMax()));
    }

    private TcpSocket(Sockets sockets, Family family, TcpOptions options) throws SocketRefusedException {
        sockets.checkRoom();
        this.sockets = sockets;
        this.family = family;
        this.options = options;
        sockets.opened(this);
    }

    Family family() {
        return family;
    }

    TcpOptions options() {
        return options;
    }

    /** What changed in the options is put onto the system's socket, if there is one. */
    void optionsChanged() throws SocketRefusedException {
        var there = channel;
        if (there != null && there.isOpen()) {
            try {
                options.put(there);
            } catch (IOException e) {
                throw SocketRefusedException.of(e);
            }
        }
    }

    void startBind(Object given) throws SocketRefusedException {
        var local = Family.toJava(given);
        sockets.mustAllow(Use.TCP_BIND, local);
        family.mustHold(local);
        Addresses.mustBeUnicast(local);
        mustBe(State.NEW);
        try {
            openClient().bind(local);
            state = State.BINDING;
        } catch (IOException e) {
            closeChannel();
            throw SocketRefusedException.of(e);
        }
    }

    void finishBind() throws SocketRefusedException {
        finish(State.BINDING);
        state = State.BOUND;
    }

    void startConnect(Object given) throws SocketRefusedException {
        var remote = Family.toJava(given);
        sockets.mustAllow(Use.TCP_CONNECT, remote);
        if (state == State.CONNECTING) {
            throw SocketErrorCode.CONCURRENCY_CONFLICT.refusal();
        }
        if (state != State.BOUND) {
            mustBe(State.NEW);
        }
        family.mustHold(remote);
        Addresses.mustBeUnicast(remote);
        Addresses.mustBeRemote(remote);
        try {
            var client = state == State.NEW ? openClient() : (SocketChannel) Objects.requireNonNull(channel);
            watch(client);
            state = State.CONNECTING;
            if (client.connect(remote)) {
                connected(client);
            }
        } catch (IOException e) {
            // Told when the guest finishes, as with one that fails later.
            state = State.CONNECTING;
            failure = Optional.of(SocketErrorCode.of(e));
        }
    }

    Streams finishConnect() throws SocketRefusedException {
        finish(State.CONNECTING);
        if (!connectIsOver()) {
            throw SocketErrorCode.WOULD_BLOCK.refusal();
        }
        if (failure.isPresent()) {
            state = State.CLOSED;
            closeChannel();
            throw failure.get().refusal();
        }
        state = State.CONNECTED;
        return streams();
    }

    /** Whether connecting has come to an end, good or bad. */
    private boolean connectIsOver() {
        if (connection != null || failure.isPresent()) {
            return true;
        }
        var client = (SocketChannel) Objects.requireNonNull(channel);
        try {
            if (client.finishConnect()) {
                connected(client);
                return true;
            }
            Objects.requireNonNull(watch).want(SelectionKey.OP_CONNECT);
            return false;
        } catch (IOException e) {
            failure = Optional.of(SocketErrorCode.of(e));
            return true;
        }
    }

    void startListen() throws SocketRefusedException {
        mustBe(State.BOUND);
        state = State.STARTING_TO_LISTEN;
    }

    void finishListen() throws SocketRefusedException {
        finish(State.STARTING_TO_LISTEN);
        var bound = (SocketChannel) Objects.requireNonNull(channel);
        try {
            // Java decides between the two kinds of sockets when it opens one. Both may have the address until one
            // listens.
            var server = ServerSocketChannel.open(family.protocol());
            channel = server;
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            options.put(server);
            server.bind(bound.getLocalAddress(), backlog);
            watch(server);
            state = State.LISTENING;
        } catch (IOException e) {
            state = State.CLOSED;
            closeChannel();
            throw SocketRefusedException.of(e);
        } finally {
            closeQuietly(bound);
        }
    }

    Streams accept() throws SocketRefusedException {
        mustBe(State.LISTENING);
        sockets.checkRoom();
        if (!hasAccepted()) {
            throw SocketErrorCode.WOULD_BLOCK.refusal();
        }
        var client = Objects.requireNonNull(accepted);
        accepted = null;
        var socket = new TcpSocket(sockets, family, options.copy());
        try {
            socket.channel = client;
            client.configureBlocking(false);
            socket.options.put(client);
            socket.watch(client);
            socket.connected(client);
            socket.state = State.CONNECTED;
            return socket.streams();
        } catch (IOException e) {
            socket.closeNow();
            throw SocketErrorCode.CONNECTION_ABORTED.refusal();
        }
    }

    /** Only accepting tells whether somebody is there: one connection is accepted ahead. */
    private boolean hasAccepted() throws SocketRefusedException {
        var server = (ServerSocketChannel) Objects.requireNonNull(channel);
        try {
            while (accepted == null) {
                var client = server.accept();
                if (client == null) {
                    Objects.requireNonNull(watch).want(SelectionKey.OP_ACCEPT);
                    return false;
                }
                // An IPv6 socket of Java's also hears IPv4; ours does not.
                if (family.holds((InetSocketAddress) client.getRemoteAddress())) {
                    accepted = client;
                } else {
                    client.close();
                }
            }
            return true;
        } catch (IOException e) {
            throw SocketRefusedException.of(e);
        }
    }

    void shutdown(boolean receive, boolean send) throws SocketRefusedException {
        mustBe(State.CONNECTED);
        var there = Objects.requireNonNull(connection);
        if (receive) {
            there.shutReading();
        }
        if (send) {
            there.shutWriting();
        }
    }

    Object localAddress() throws SocketRefusedException {
        var there = channel;
        if (state == State.NEW || state == State.BINDING || state == State.CLOSED || there == null) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
        try {
            return Family.toGuest((InetSocketAddress) Objects.requireNonNull(there.getLocalAddress()));
        } catch (IOException e) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
    }

    Object remoteAddress() throws SocketRefusedException {
        mustBe(State.CONNECTED);
        try {
            var client = (SocketChannel) Objects.requireNonNull(channel);
            return Family.toGuest((InetSocketAddress) Objects.requireNonNull(client.getRemoteAddress()));
        } catch (IOException e) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
    }

    boolean isListening() {
        return state == State.LISTENING;
    }

    void backlog(long size) throws SocketRefusedException {
        backlog = switch (state) {
            case NEW, BINDING, BOUND -> (int) TcpOptions.clip(size, BACKLOG_MAX);
            case STARTING_TO_LISTEN, LISTENING -> throw SocketErrorCode.NOT_SUPPORTED.refusal();
            case CONNECTING, CONNECTED, CLOSED -> throw SocketErrorCode.INVALID_STATE.refusal();
        };
    }

    Pollable subscribe() {
        return () -> switch (state) {
            case CONNECTING -> connectIsOver();
            case LISTENING -> acceptedOrBroken();
            case NEW, BINDING, BOUND, STARTING_TO_LISTEN, CONNECTED, CLOSED -> true;
        };
    }

    private boolean acceptedOrBroken() {
        try {
            return hasAccepted();
        } catch (SocketRefusedException e) {
            return true;
        }
    }

    /** The guest drops this, or one of the streams. */
    void release() {
        if (--holders == 0) {
            closeNow();
        }
    }

    @Override
    public void closeNow() {
        state = State.CLOSED;
        sockets.closed(this);
        closeChannel();
    }

    private Streams streams() {
        var there = Objects.requireNonNull(connection);
        holders += 2;
        return new Streams(this, there.input(this::release), there.output(this::release));
    }

    private SocketChannel openClient() throws IOException {
        var client = SocketChannel.open(family.protocol());
        channel = client;
        client.configureBlocking(false);
        // An address that was in use just now is free: so the interface says.
        client.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        options.put(client);
        return client;
    }

    private void connected(SocketChannel client) {
        connection = new TcpConnection(
                client, Objects.requireNonNull(watch), sockets.limits().socketBufferBytesMax());
    }

    private void watch(SelectableChannel there) throws IOException {
        var wakeup = sockets.wakeup();
        watch = SocketLoop.shared().watch(there, operations -> {
            var streams = connection;
            if (streams == null) {
                wakeup.signal();
            } else {
                streams.ready(operations, wakeup);
            }
        });
    }

    private void closeChannel() {
        if (accepted != null) {
            closeQuietly(accepted);
            accepted = null;
        }
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (channel != null) {
            closeQuietly(channel);
        }
    }

    private static void closeQuietly(NetworkChannel one) {
        try {
            one.close();
        } catch (IOException e) {
            // Closed as far as it goes.
        }
    }

    private void mustBe(State wanted) throws SocketRefusedException {
        if (state != wanted) {
            throw SocketErrorCode.INVALID_STATE.refusal();
        }
    }

    private void finish(State begun) throws SocketRefusedException {
        if (state != begun) {
            throw SocketErrorCode.NOT_IN_PROGRESS.refusal();
        }
    }
}
