package dev.creel.wasi.sockets;

import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.wit.WasiWit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * Binds {@code wasi:sockets} without any network behind it: sockets can be made and configured, but binding and connecting
 * answer {@code access-denied} and names resolve to {@code permanent-resolver-failure}. Nothing here ever reaches the
 * operating system.
 */
public final class SocketInterfaces {
    private SocketInterfaces() {}

    /** All that a guest may import. */
    public static List<HostInterface> interfaces() {
        return List.of(network(), instanceNetwork(), nameLookup(), tcpCreateSocket(), tcp(), udpCreateSocket(), udp());
    }

    private static HostInterface network() {
        return HostInterface.of(WasiWit.of("sockets/network"))
                .resource("network", Network.class, network -> {})
                .build();
    }

    private static HostInterface instanceNetwork() {
        return HostInterface.of(WasiWit.of("sockets/instance-network"))
                .function("instance-network", (store, args) -> Network.NONE)
                .build();
    }

    private static HostInterface nameLookup() {
        return HostInterface.of(WasiWit.of("sockets/ip-name-lookup"))
                .resource("resolve-address-stream", NeverMade.class, stream -> {})
                .function("resolve-addresses", SocketError.PERMANENT_RESOLVER_FAILURE.always())
                .function(
                        "[method]resolve-address-stream.resolve-next-address",
                        SocketError.PERMANENT_RESOLVER_FAILURE.always())
                .function("[method]resolve-address-stream.subscribe", READY)
                .build();
    }

    private static HostInterface tcpCreateSocket() {
        return HostInterface.of(WasiWit.of("sockets/tcp-create-socket"))
                .function("create-tcp-socket", (store, args) -> Result.Value.ok(new TcpSocket((Integer) args[0])))
                .build();
    }

    private static HostInterface udpCreateSocket() {
        return HostInterface.of(WasiWit.of("sockets/udp-create-socket"))
                .function("create-udp-socket", (store, args) -> Result.Value.ok(new UdpSocket((Integer) args[0])))
                .build();
    }

    private static HostInterface tcp() {
        var methods = new Methods<>(
                HostInterface.of(WasiWit.of("sockets/tcp")).resource("tcp-socket", TcpSocket.class, socket -> {}),
                "tcp-socket",
                TcpSocket.class);
        methods.refuse("start-bind", SocketError.ACCESS_DENIED)
                .refuse("finish-bind", SocketError.NOT_IN_PROGRESS)
                .refuse("start-connect", SocketError.ACCESS_DENIED)
                .refuse("finish-connect", SocketError.NOT_IN_PROGRESS)
                .refuse("start-listen", SocketError.INVALID_STATE)
                .refuse("finish-listen", SocketError.NOT_IN_PROGRESS)
                .refuse("accept", SocketError.INVALID_STATE)
                .refuse("shutdown", SocketError.INVALID_STATE)
                .refuse("local-address", SocketError.INVALID_STATE)
                .refuse("remote-address", SocketError.INVALID_STATE)
                .plain("is-listening", socket -> false)
                .plain("address-family", socket -> socket.addressFamily)
                .plain("subscribe", socket -> Pollable.READY)
                .set("listen-backlog-size", (socket, value) -> {})
                .get("keep-alive-enabled", socket -> socket.keepAlive)
                .get("keep-alive-idle-time", socket -> socket.keepAliveIdleNanos)
                .set("keep-alive-idle-time", (socket, value) -> socket.keepAliveIdleNanos = value)
                .get("keep-alive-interval", socket -> socket.keepAliveIntervalNanos)
                .set("keep-alive-interval", (socket, value) -> socket.keepAliveIntervalNanos = value)
                .get("keep-alive-count", socket -> socket.keepAliveCount)
                .set("keep-alive-count", (socket, value) -> socket.keepAliveCount = value)
                .get("hop-limit", socket -> socket.hopLimit)
                .set("hop-limit", (socket, value) -> socket.hopLimit = (int) value)
                .get("receive-buffer-size", socket -> socket.receiveBufferBytes)
                .set("receive-buffer-size", (socket, value) -> socket.receiveBufferBytes = value)
                .get("send-buffer-size", socket -> socket.sendBufferBytes)
                .set("send-buffer-size", (socket, value) -> socket.sendBufferBytes = value);
        return methods.builder
                .function("[method]tcp-socket.set-keep-alive-enabled", (store, args) -> {
                    ((TcpSocket) args[0]).keepAlive = (Boolean) args[1];
                    return Result.Value.ok();
                })
                .build();
    }

    private static HostInterface udp() {
        var builder = HostInterface.of(WasiWit.of("sockets/udp"))
                .resource("udp-socket", UdpSocket.class, socket -> {})
                .resource("incoming-datagram-stream", NeverMade.class, stream -> {})
                .resource("outgoing-datagram-stream", NeverMade.class, stream -> {});
        new Methods<>(builder, "udp-socket", UdpSocket.class)
                .refuse("start-bind", SocketError.ACCESS_DENIED)
                .refuse("finish-bind", SocketError.NOT_IN_PROGRESS)
                .refuse("stream", SocketError.INVALID_STATE)
                .refuse("local-address", SocketError.INVALID_STATE)
                .refuse("remote-address", SocketError.INVALID_STATE)
                .plain("address-family", socket -> socket.addressFamily)
                .plain("subscribe", socket -> Pollable.READY)
                .get("unicast-hop-limit", socket -> socket.hopLimit)
                .set("unicast-hop-limit", (socket, value) -> socket.hopLimit = (int) value)
                .get("receive-buffer-size", socket -> socket.receiveBufferBytes)
                .set("receive-buffer-size", (socket, value) -> socket.receiveBufferBytes = value)
                .get("send-buffer-size", socket -> socket.sendBufferBytes)
                .set("send-buffer-size", (socket, value) -> socket.sendBufferBytes = value);
        return builder.function("[method]incoming-datagram-stream.receive", SocketError.INVALID_STATE.always())
                .function("[method]incoming-datagram-stream.subscribe", READY)
                .function("[method]outgoing-datagram-stream.check-send", SocketError.INVALID_STATE.always())
                .function("[method]outgoing-datagram-stream.send", SocketError.INVALID_STATE.always())
                .function("[method]outgoing-datagram-stream.subscribe", READY)
                .build();
    }

    private static final HostFunction READY = (store, args) -> Pollable.READY;

    /** The network that there is. */
    private enum Network {
        NONE
    }

    /** Stands for resources that only a working network would make. */
    private enum NeverMade {}

    /** Binds the methods of one socket resource. */
    private record Methods<S>(HostInterface.Builder builder, String resource, Class<S> type) {
        Methods<S> refuse(String method, SocketError error) {
            return bind(method, error.always());
        }

        Methods<S> plain(String method, Function<S, Object> value) {
            return bind(method, (store, args) -> value.apply(type.cast(args[0])));
        }

        Methods<S> get(String option, Function<S, Object> value) {
            return bind(option, (store, args) -> Result.Value.ok(value.apply(type.cast(args[0]))));
        }

        /** All options with numbers refuse 0. */
        Methods<S> set(String option, ObjLongConsumer<S> setter) {
            return bind("set-" + option, (store, args) -> {
                long value = ((Number) args[1]).longValue();
                if (value == 0) {
                    return SocketError.INVALID_ARGUMENT.result();
                }
                setter.accept(type.cast(args[0]), value);
                return Result.Value.ok();
            });
        }

        private Methods<S> bind(String method, HostFunction body) {
            builder.function("[method]" + resource + "." + method, body);
            return this;
        }
    }
}
