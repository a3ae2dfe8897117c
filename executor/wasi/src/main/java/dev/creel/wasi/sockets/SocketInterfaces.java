package dev.creel.wasi.sockets;

import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.wit.WasiWit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@code wasi:sockets}. Each address is shown to the store's {@link dev.creel.wasi.context.Network} before the operating
 * system hears of it; without one, sockets can be made and configured, but binding and connecting answer {@code access-denied}
 * and names resolve to {@code permanent-resolver-failure}. A store needs a {@link dev.creel.wasi.context.WasiContext}.
 */
public final class SocketInterfaces {
    private SocketInterfaces() {}

    /** All that a guest may import. */
    public static List<HostInterface> interfaces() {
        return List.of(network(), instanceNetwork(), nameLookup(), tcpCreateSocket(), tcp(), udpCreateSocket(), udp());
    }

    private static HostInterface network() {
        return HostInterface.of(WasiWit.of("sockets/network"))
                .resource("network", Instance.class, network -> {})
                .build();
    }

    private static HostInterface instanceNetwork() {
        return HostInterface.of(WasiWit.of("sockets/instance-network"))
                .function("instance-network", (store, args) -> Instance.NETWORK)
                .build();
    }

    private static HostInterface nameLookup() {
        return HostInterface.of(WasiWit.of("sockets/ip-name-lookup"))
                // A look-up that nobody waits for comes to its end by itself.
                .resource("resolve-address-stream", NameLookup.class, lookup -> {})
                .function(
                        "resolve-addresses",
                        result((store, args) -> NameLookup.begin(Sockets.of(store), (String) args[1])))
                .function(
                        "[method]resolve-address-stream.resolve-next-address",
                        result((store, args) -> ((NameLookup) args[0]).next().map(Family::toGuest)))
                .function(
                        "[method]resolve-address-stream.subscribe", (store, args) -> ((NameLookup) args[0]).subscribe())
                .build();
    }

    private static HostInterface tcpCreateSocket() {
        return HostInterface.of(WasiWit.of("sockets/tcp-create-socket"))
                .function(
                        "create-tcp-socket",
                        result((store, args) -> new TcpSocket(Sockets.of(store), Family.of((Integer) args[0]))))
                .build();
    }

    private static HostInterface udpCreateSocket() {
        return HostInterface.of(WasiWit.of("sockets/udp-create-socket"))
                .function(
                        "create-udp-socket",
                        result((store, args) -> new UdpSocket(Sockets.of(store), Family.of((Integer) args[0]))))
                .build();
    }

    private static HostInterface tcp() {
        var builder =
                HostInterface.of(WasiWit.of("sockets/tcp")).resource("tcp-socket", TcpSocket.class, TcpSocket::release);
        new Methods<>(builder, "tcp-socket", TcpSocket.class)
                .change("start-bind", (socket, args) -> socket.startBind(args[2]))
                .change("finish-bind", (socket, args) -> socket.finishBind())
                .change("start-connect", (socket, args) -> socket.startConnect(args[2]))
                .get("finish-connect", socket -> {
                    var streams = socket.finishConnect();
                    return new Object[] {streams.input(), streams.output()};
                })
                .change("start-listen", (socket, args) -> socket.startListen())
                .change("finish-listen", (socket, args) -> socket.finishListen())
                .get("accept", socket -> {
                    var streams = socket.accept();
                    return new Object[] {streams.socket(), streams.input(), streams.output()};
                })
                .change("shutdown", (socket, args) -> {
                    int what = (Integer) args[1];
                    socket.shutdown(what != 1, what != 0);
                })
                .get("local-address", TcpSocket::localAddress)
                .get("remote-address", TcpSocket::remoteAddress)
                .plain("is-listening", TcpSocket::isListening)
                .plain("address-family", socket -> socket.family().index())
                .plain("subscribe", TcpSocket::subscribe)
                .set("listen-backlog-size", TcpSocket::backlog);
        bindOptions(new Methods<>(builder, "tcp-socket", TcpSocket.class));
        return builder.build();
    }

    private static void bindOptions(Methods<TcpSocket> methods) {
        methods.get("keep-alive-enabled", socket -> socket.options().keepAlive)
                .change("set-keep-alive-enabled", (socket, args) -> {
                    socket.options().keepAlive = (Boolean) args[1];
                    socket.optionsChanged();
                })
                .get("keep-alive-idle-time", socket -> socket.options().keepAliveIdleNanos)
                .option("keep-alive-idle-time", TcpOptions::idle)
                .get("keep-alive-interval", socket -> socket.options().keepAliveIntervalNanos)
                .option("keep-alive-interval", TcpOptions::interval)
                .get("keep-alive-count", socket -> socket.options().keepAliveCount)
                .option("keep-alive-count", TcpOptions::count)
                .get("hop-limit", socket -> socket.options().hopLimit)
                .option("hop-limit", (options, hops) -> options.hopLimit = (int) hops)
                .get("receive-buffer-size", socket -> socket.options().receiveBufferBytes)
                .option("receive-buffer-size", TcpOptions::receiveBuffer)
                .get("send-buffer-size", socket -> socket.options().sendBufferBytes)
                .option("send-buffer-size", TcpOptions::sendBuffer);
    }

    private static HostInterface udp() {
        var builder = HostInterface.of(WasiWit.of("sockets/udp"))
                .resource("udp-socket", UdpSocket.class, UdpSocket::drop)
                .resource("incoming-datagram-stream", IncomingDatagrams.class, IncomingDatagrams::close)
                .resource("outgoing-datagram-stream", OutgoingDatagrams.class, OutgoingDatagrams::close);
        new Methods<>(builder, "udp-socket", UdpSocket.class)
                .change("start-bind", (socket, args) -> socket.startBind(args[2]))
                .change("finish-bind", (socket, args) -> socket.finishBind())
                .call("stream", (socket, args) -> {
                    var streams = socket.stream((Optional<?>) args[1]);
                    return new Object[] {streams.incoming(), streams.outgoing()};
                })
                .get("local-address", UdpSocket::localAddress)
                .get("remote-address", UdpSocket::remoteAddress)
                .plain("address-family", socket -> socket.family().index())
                .plain("subscribe", socket -> Pollable.READY)
                .get("unicast-hop-limit", UdpSocket::hopLimit)
                .set("unicast-hop-limit", UdpSocket::hopLimit)
                .get("receive-buffer-size", UdpSocket::receiveBufferBytes)
                .set("receive-buffer-size", UdpSocket::receiveBuffer)
                .get("send-buffer-size", UdpSocket::sendBufferBytes)
                .set("send-buffer-size", UdpSocket::sendBuffer);
        new Methods<>(builder, "incoming-datagram-stream", IncomingDatagrams.class)
                .call("receive", (stream, args) -> stream.receive((Long) args[1]))
                .plain("subscribe", IncomingDatagrams::subscribe);
        new Methods<>(builder, "outgoing-datagram-stream", OutgoingDatagrams.class)
                .get("check-send", OutgoingDatagrams::checkSend)
                .call("send", (stream, args) -> stream.send((List<?>) args[1]))
                .plain("subscribe", OutgoingDatagrams::subscribe);
        return builder.build();
    }

    /** The one network that a guest knows of; what it leads to, the store says. */
    private enum Instance {
        NETWORK
    }

    private interface Body {
        @Nullable
        Object call(Store store, Object[] args) throws SocketRefusedException;
    }

    private static HostFunction result(Body body) {
        return (store, args) -> {
            try {
                return new Result.Value.Ok(body.call(store, args));
            } catch (SocketRefusedException e) {
                return Result.Value.err(e.code().index());
            }
        };
    }

    /** Binds the methods of one resource. */
    private record Methods<S>(HostInterface.Builder builder, String resource, Class<S> type) {
        private interface Get<S> {
            Object of(S socket) throws SocketRefusedException;
        }

        private interface Plain<S> {
            Object of(S socket);
        }

        private interface Call<S> {
            Object of(S socket, Object[] args) throws SocketRefusedException;
        }

        private interface Change<S> {
            void of(S socket, Object[] args) throws SocketRefusedException;
        }

        private interface Set<S> {
            void of(S socket, long value) throws SocketRefusedException;
        }

        Methods<S> plain(String method, Plain<S> value) {
            return bind(method, (store, args) -> value.of(type.cast(args[0])));
        }

        Methods<S> get(String method, Get<S> value) {
            return bind(method, result((store, args) -> value.of(type.cast(args[0]))));
        }

        Methods<S> call(String method, Call<S> body) {
            return bind(method, result((store, args) -> body.of(type.cast(args[0]), args)));
        }

        Methods<S> change(String method, Change<S> body) {
            return bind(method, result((store, args) -> {
                body.of(type.cast(args[0]), args);
                return null;
            }));
        }

        /** All options with numbers refuse 0. */
        Methods<S> set(String option, Set<S> setter) {
            return change("set-" + option, (socket, args) -> {
                long value = ((Number) args[1]).longValue();
                if (value == 0) {
                    throw SocketErrorCode.INVALID_ARGUMENT.refusal();
                }
                setter.of(socket, value);
            });
        }

        private interface Option {
            void of(TcpOptions options, long value);
        }

        /** An option of TCP. */
        Methods<S> option(String option, Option setter) {
            return set(option, (socket, value) -> {
                var tcp = (TcpSocket) socket;
                setter.of(tcp.options(), value);
                tcp.optionsChanged();
            });
        }

        private Methods<S> bind(String method, HostFunction body) {
            builder.function("[method]" + resource + "." + method, body);
            return this;
        }
    }
}
