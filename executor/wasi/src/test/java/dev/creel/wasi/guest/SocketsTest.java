package dev.creel.wasi.guest;

import static dev.creel.wasi.guest.Guest.err;
import static dev.creel.wasi.guest.Guest.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.TrapException;
import dev.creel.component.type.ValType.EnumOf;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.context.Network;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.wit.WasiWit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets of guests, against real ones on the loopback. */
@Timeout(60)
class SocketsTest {
    private static final List<String> CODES =
            ((EnumOf) WasiWit.of("sockets/network").types().get("error-code")).labels();
    private static final Object LOOPBACK = address(80);
    private static final int IPV4 = 0;
    private static final int IPV6 = 1;
    private static final int RECEIVE = 0;
    private static final int SEND = 1;

    private Guest guest = new Guest();

    @AfterEach
    void close() {
        guest.close();
    }

    @Test
    void deniesEveryWayToTheNetwork() {
        var tcp = tcp();
        assertEquals("access-denied", code(tcp("start-connect", tcp, network(), LOOPBACK)));
        assertEquals("access-denied", code(tcp("start-bind", tcp, network(), LOOPBACK)));
        assertEquals("not-in-progress", code(tcp("finish-connect", tcp)));
        assertEquals("not-in-progress", code(tcp("finish-bind", tcp)));
        assertEquals("invalid-state", code(tcp("start-listen", tcp)));
        assertEquals("invalid-state", code(tcp("accept", tcp)));
        assertEquals("invalid-state", code(tcp("remote-address", tcp)));
        var udp = ok(guest.call("sockets/udp-create-socket", "create-udp-socket", IPV6));
        assertEquals("access-denied", code(udp("start-bind", udp, network(), LOOPBACK)));
        assertEquals("invalid-state", code(udp("stream", udp, Optional.of(LOOPBACK))));
        assertEquals("permanent-resolver-failure", code(lookup("localhost")));
    }

    @Test
    void remembersWhatASocketIsTold() {
        var tcp = ok(guest.call("sockets/tcp-create-socket", "create-tcp-socket", IPV6));
        assertEquals(1, tcp("address-family", tcp));
        assertEquals(false, tcp("is-listening", tcp));
        assertTrue(ready(tcp("subscribe", tcp)));
        assertEquals(false, ok(tcp("keep-alive-enabled", tcp)));
        ok(tcp("set-keep-alive-enabled", tcp, true));
        assertEquals(true, ok(tcp("keep-alive-enabled", tcp)));
        ok(tcp("set-keep-alive-count", tcp, 5L));
        assertEquals(5L, ok(tcp("keep-alive-count", tcp)));
        ok(tcp("set-hop-limit", tcp, 7));
        assertEquals(7, ok(tcp("hop-limit", tcp)));
        assertEquals("invalid-argument", code(tcp("set-hop-limit", tcp, 0)));
        for (var option : List.of("keep-alive-idle-time", "keep-alive-interval")) {
            ok(tcp("set-" + option, tcp, 42_000_000_000L));
            assertEquals(42_000_000_000L, ok(tcp(option, tcp)));
            ok(tcp("set-" + option, tcp, 1L));
            assertEquals(1_000_000_000L, ok(tcp(option, tcp)), "at least a second");
            ok(tcp("set-" + option, tcp, -1L));
            assertEquals(32_767_000_000_000L, ok(tcp(option, tcp)), "at most what the system takes");
        }
        for (var option : List.of("receive-buffer-size", "send-buffer-size")) {
            ok(tcp("set-" + option, tcp, 0x10000L));
            assertEquals(0x10000L, ok(tcp(option, tcp)));
            ok(tcp("set-" + option, tcp, -1L));
            assertEquals((long) WasiLimits.DEFAULT.socketBufferBytesMax(), ok(tcp(option, tcp)), "cut to the limit");
        }
    }

    @Test
    void talksToAServerAndSeesItsEnd() throws Exception {
        allow((use, address) -> use == Network.Use.TCP_CONNECT);
        try (var server = server()) {
            var received = CompletableFuture.supplyAsync(() -> {
                try (var peer = server.accept()) {
                    var bytes = peer.getInputStream().readNBytes(5);
                    peer.getOutputStream().write("and you".getBytes(UTF_8));
                    return new String(bytes, UTF_8);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            var tcp = tcp();
            var streams = connect(tcp, server.getLocalPort());
            assertEquals(server.getLocalPort(), port(ok(tcp("remote-address", tcp))));
            assertTrue(port(ok(tcp("local-address", tcp))) > 0);
            write(streams[1], "hello".getBytes(UTF_8));
            assertEquals("hello", received.get());
            assertEquals("and you", new String(readToEnd(streams[0]), UTF_8));
            assertEquals(1, ((Variant.Value) err(in("read", streams[0], 0L))).index(), "closed, for no bytes too");
        }
    }

    @Test
    void isRefusedWhereNobodyListens() throws Exception {
        allow((use, address) -> true);
        int port;
        try (var server = server()) {
            port = server.getLocalPort();
        }
        var tcp = tcp();
        ok(tcp("start-connect", tcp, network(), address(port)));
        block(tcp("subscribe", tcp));
        assertEquals("connection-refused", code(tcp("finish-connect", tcp)));
        assertEquals("invalid-state", code(tcp("start-connect", tcp, network(), address(port))));
    }

    @Test
    void asksForEachAddressAndRefusesWhatIsNoAddress() {
        allow((use, address) -> address.getPort() != 80);
        var tcp = tcp();
        assertEquals("access-denied", code(tcp("start-connect", tcp, network(), LOOPBACK)));
        assertEquals("invalid-argument", code(tcp("start-connect", tcp, network(), address(0))), "no port");
        assertEquals("invalid-argument", code(tcp("start-connect", tcp, network(), address(81, 0, 0, 0, 0))));
        assertEquals("invalid-argument", code(tcp("start-connect", tcp, network(), address(81, 224, 0, 0, 1))));
        assertEquals("invalid-argument", code(tcp("start-bind", tcp, network(), address(81, 255, 255, 255, 255))));
        var mapped = new Variant.Value(1, new Object[] {81, 0L, new Object[] {0, 0, 0, 0, 0, 0xFFFF, 0x7F00, 1}, 0L});
        assertEquals("invalid-argument", code(tcp("start-connect", tcp, network(), mapped)), "another family");
        var six = ok(guest.call("sockets/tcp-create-socket", "create-tcp-socket", IPV6));
        assertEquals("invalid-argument", code(tcp("start-connect", six, network(), mapped)), "IPv4 in disguise");
    }

    @Test
    void listensAndAcceptsWithTheOptionsOfTheListener() throws Exception {
        allow((use, address) -> true);
        var listener = listen();
        ok(tcp("set-keep-alive-idle-time", listener, 42_000_000_000L));
        assertEquals(true, tcp("is-listening", listener));
        assertEquals("would-block", code(tcp("accept", listener)));
        var arrived = tcp("subscribe", listener);
        assertFalse(ready(arrived));
        try (var client = new Socket(InetAddress.getLoopbackAddress(), port(ok(tcp("local-address", listener))))) {
            block(arrived);
            var accepted = (Object[]) ok(tcp("accept", listener));
            assertEquals(client.getLocalPort(), port(ok(tcp("remote-address", accepted[0]))));
            assertEquals(42_000_000_000L, ok(tcp("keep-alive-idle-time", accepted[0])));
            client.getOutputStream().write("in".getBytes(UTF_8));
            client.shutdownOutput();
            assertEquals("in", new String(readToEnd(accepted[1]), UTF_8));
            write(accepted[2], "out".getBytes(UTF_8));
            ok(tcp("shutdown", accepted[0], SEND));
            assertEquals("out", new String(client.getInputStream().readAllBytes(), UTF_8));
        }
    }

    @Test
    void anAddressIsInUseWhileOneListensAndFreeAfterwards() {
        allow((use, address) -> true);
        var listener = listen();
        var local = ok(tcp("local-address", listener));
        var second = tcp();
        assertEquals("address-in-use", code(tcp("start-bind", second, network(), local)));
        assertEquals("address-not-bindable", code(tcp("start-bind", second, network(), address(0, 192, 0, 2, 1))));
        guest.drop("sockets/tcp", "tcp-socket", listener);
        ok(tcp("start-bind", second, network(), local));
        ok(tcp("finish-bind", second));
        ok(tcp("start-listen", second));
        ok(tcp("finish-listen", second));
    }

    @Test
    void aWriterWaitsForASlowReaderAndLosesNothing() throws Exception {
        allow((use, address) -> true);
        try (var server = server()) {
            var tcp = tcp();
            var streams = connect(tcp, server.getLocalPort());
            try (var peer = server.accept()) {
                long written = fill(streams[1]);
                assertEquals(0L, ok(out("check-write", streams[1])), "full");
                assertFalse(ready(out("subscribe", streams[1])));
                ok(tcp("shutdown", tcp, SEND));
                assertEquals(1, ((Variant.Value) err(out("check-write", streams[1]))).index(), "closed");
                var read = CompletableFuture.supplyAsync(() -> {
                    try {
                        return (long) peer.getInputStream().readAllBytes().length;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                assertEquals(written, read.get(), "what was written before the shutdown arrives after it");
            }
        }
    }

    @Test
    void aWriterGoesOnWhenTheReaderHasRead() throws Exception {
        allow((use, address) -> true);
        try (var server = server()) {
            var streams = connect(tcp(), server.getLocalPort());
            try (var peer = server.accept()) {
                long written = fill(streams[1]);
                var room = out("subscribe", streams[1]);
                var read = CompletableFuture.supplyAsync(() -> {
                    try {
                        return peer.getInputStream().readNBytes((int) written).length;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                block(room);
                assertTrue((long) ok(out("check-write", streams[1])) > 0);
                assertEquals(written, (long) read.get());
            }
        }
    }

    @Test
    void nothingIsReadAfterReceivingIsShutDown() throws Exception {
        allow((use, address) -> true);
        try (var server = server()) {
            var tcp = tcp();
            var streams = connect(tcp, server.getLocalPort());
            try (var peer = server.accept()) {
                peer.getOutputStream().write(new byte[100]);
                block(in("subscribe", streams[0]));
                ok(tcp("shutdown", tcp, RECEIVE));
                assertEquals(1, ((Variant.Value) err(in("read", streams[0], 10L))).index());
            }
        }
    }

    @Test
    void theConnectionLivesAsLongAsAnyHandle() throws Exception {
        allow((use, address) -> true);
        try (var server = server()) {
            var tcp = tcp();
            var streams = connect(tcp, server.getLocalPort());
            try (var peer = server.accept()) {
                guest.drop("sockets/tcp", "tcp-socket", tcp);
                guest.drop("io/streams", "input-stream", streams[0]);
                write(streams[1], new byte[] {7});
                assertEquals(7, peer.getInputStream().read());
                guest.drop("io/streams", "output-stream", streams[1]);
                assertEquals(-1, peer.getInputStream().read());
            }
        }
    }

    @Test
    void theStoreClosesWhatTheGuestForgot() throws Exception {
        allow((use, address) -> true);
        try (var server = server()) {
            connect(tcp(), server.getLocalPort());
            try (var peer = server.accept()) {
                guest.close();
                assertEquals(-1, peer.getInputStream().read());
            }
        }
    }

    @Test
    void thereAreNoMoreSocketsThanTheLimit() {
        guest = new Guest(WasiContext.builder().limits(WasiLimits.DEFAULT.withSockets(2)));
        var first = tcp();
        ok(guest.call("sockets/udp-create-socket", "create-udp-socket", IPV4));
        var third = guest.call("sockets/tcp-create-socket", "create-tcp-socket", IPV4);
        assertEquals("new-socket-limit", code(third));
        guest.drop("sockets/tcp", "tcp-socket", first);
        tcp();
    }

    @Test
    void whatASocketMayKeepCountsAsTheGuestsMemory() {
        var left = new AtomicLong(10_000);
        var memory = new CoreLimits() {
            @Override
            public boolean reserveMemory(long bytes) {
                return left.get() >= bytes && left.addAndGet(-bytes) >= 0;
            }

            @Override
            public void releaseHost(long bytes) {
                left.addAndGet(bytes);
            }

            @Override
            public boolean reserveTable(long elements) {
                return true;
            }
        };
        guest = new Guest(WasiContext.builder().limits(WasiLimits.DEFAULT.withSocketBuffer(5000)), memory);
        var first = tcp();
        ok(guest.call("sockets/udp-create-socket", "create-udp-socket", IPV4));
        assertEquals("out-of-memory", code(guest.call("sockets/tcp-create-socket", "create-tcp-socket", IPV4)));
        guest.drop("sockets/tcp", "tcp-socket", first);
        tcp();
        guest.close();
        assertEquals(10_000, left.get());
    }

    @Test
    void buffersAndDatagramsAreBounded() throws Exception {
        guest = new Guest(WasiContext.builder()
                .network(allowing((use, address) -> true))
                .limits(WasiLimits.DEFAULT.withSocketBuffer(5000).withDatagrams(2)));
        try (var server = server()) {
            var streams = connect(tcp(), server.getLocalPort());
            assertEquals(5000L, ok(out("check-write", streams[1])));
            assertThrows(TrapException.class, () -> out("write", streams[1], new byte[5001]));
        }
        var udp = udp(address(0));
        var streams = (Object[]) ok(udp("stream", udp, Optional.empty()));
        assertEquals(2L, ok(outgoing("check-send", streams[1])));
        var to = ok(udp("local-address", udp));
        var datagram = new Object[] {new byte[1], Optional.of(to)};
        assertThrows(TrapException.class, () -> outgoing("send", streams[1], List.of(datagram, datagram, datagram)));
        assertEquals(2L, ok(outgoing("send", streams[1], List.of(datagram, datagram))));
        ok(outgoing("check-send", streams[1]));
        ok(outgoing("send", streams[1], List.of(datagram, datagram)));
        block(incoming("subscribe", streams[0]));
        assertEquals(2, ((List<?>) ok(incoming("receive", streams[0], 10L))).size());
    }

    @Test
    void sendsAndReceivesDatagrams() throws Exception {
        allow((use, address) -> use != Network.Use.UDP_SEND || address.getPort() != 9);
        try (var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var udp = udp(address(0));
            var streams = (Object[]) ok(udp("stream", udp, Optional.empty()));
            assertEquals(16L, ok(outgoing("check-send", streams[1])));
            var to = address(peer.getLocalPort());
            var list = List.of(
                    new Object[] {"one".getBytes(UTF_8), Optional.of(to)},
                    new Object[] {new byte[0], Optional.of(to)},
                    new Object[] {"two".getBytes(UTF_8), Optional.of(to)});
            assertEquals(3L, ok(outgoing("send", streams[1], list)));
            assertEquals(List.of("one", "", "two"), List.of(receive(peer), receive(peer), receive(peer)));

            var incoming = incoming("subscribe", streams[0]);
            assertEquals(List.of(), ok(incoming("receive", streams[0], 5L)));
            assertFalse(ready(incoming));
            var answer = "answer".getBytes(UTF_8);
            int port = port(ok(udp("local-address", udp)));
            peer.send(new DatagramPacket(
                    answer, answer.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            block(incoming);
            var datagrams = (List<?>) ok(incoming("receive", streams[0], -1L));
            var datagram = (Object[]) datagrams.getFirst();
            assertArrayEquals(answer, (byte[]) datagram[0]);
            assertEquals(peer.getLocalPort(), port(datagram[1]));

            ok(outgoing("check-send", streams[1]));
            var denied = List.of((Object) new Object[] {new byte[1], Optional.of(address(9))});
            assertEquals("access-denied", code(outgoing("send", streams[1], denied)));
            ok(outgoing("check-send", streams[1]));
            var large = List.of((Object) new Object[] {new byte[65_508], Optional.of(to)});
            assertEquals("datagram-too-large", code(outgoing("send", streams[1], large)));
            assertThrows(TrapException.class, () -> outgoing("send", streams[1], large), "without asking first");
        }
    }

    @Test
    void aConnectedSocketOfDatagramsKnowsItsPeerOnly() throws Exception {
        allow((use, address) -> true);
        try (var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var udp = udp(address(0));
            var to = address(peer.getLocalPort());
            var streams = (Object[]) ok(udp("stream", udp, Optional.of(to)));
            assertThrows(TrapException.class, () -> udp("stream", udp, Optional.empty()), "the old streams are there");
            assertEquals(peer.getLocalPort(), port(ok(udp("remote-address", udp))));
            var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port(ok(udp("local-address", udp))));
            stranger.send(new DatagramPacket(new byte[] {1}, 1, local));
            peer.send(new DatagramPacket(new byte[] {2}, 1, local));
            block(incoming("subscribe", streams[0]));
            var datagrams = (List<?>) ok(incoming("receive", streams[0], 10L));
            assertEquals(1, datagrams.size());
            assertEquals(2, ((byte[]) ((Object[]) datagrams.getFirst())[0])[0]);
            ok(outgoing("check-send", streams[1]));
            var elsewhere = List.of((Object) new Object[] {new byte[1], Optional.of(address(9))});
            assertEquals("invalid-argument", code(outgoing("send", streams[1], elsewhere)));
            guest.drop("sockets/udp", "incoming-datagram-stream", streams[0]);
            guest.drop("sockets/udp", "outgoing-datagram-stream", streams[1]);
            ok(udp("stream", udp, Optional.empty()));
            assertEquals("invalid-state", code(udp("remote-address", udp)));
            assertEquals(local.getPort(), port(ok(udp("local-address", udp))), "it stays bound");
        }
    }

    @Test
    void looksNamesUp() {
        allow((use, address) -> true);
        var stream = ok(lookup("localhost"));
        block(guest.method("sockets/ip-name-lookup", "resolve-address-stream", "subscribe", stream));
        assertTrue(((Optional<?>) ok(next(stream))).isPresent());
        var literal = ok(lookup("[::1]"));
        assertEquals(1, ((Variant.Value) ((Optional<?>) ok(next(literal))).orElseThrow()).index());
        assertEquals(Optional.empty(), ok(next(literal)), "the end");
        for (var wrong : List.of("", " ", "a.b<&>", "127.0.0.1:80", "[::]:80", "http://example.com/", "a..b")) {
            assertEquals("invalid-argument", code(lookup(wrong)), wrong);
        }
    }

    @Test
    void noMoreNamesAreLookedUpAtOnceThanTheLimit() {
        guest = new Guest(WasiContext.builder()
                .network(allowing((use, address) -> true))
                .limits(WasiLimits.DEFAULT.withLookups(0)));
        assertEquals("new-socket-limit", code(lookup("localhost")));
        ok(lookup("127.0.0.1"));
    }

    private void allow(BiPredicate<Network.Use, InetSocketAddress> allowed) {
        guest.close();
        guest = new Guest(WasiContext.builder().network(allowing(allowed)));
    }

    private static Network allowing(BiPredicate<Network.Use, InetSocketAddress> allowed) {
        return new Network() {
            @Override
            public boolean allows(Use use, InetSocketAddress address) {
                return allowed.test(use, address);
            }

            @Override
            public boolean resolvesNames() {
                return true;
            }
        };
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private Object listen() {
        var listener = tcp();
        ok(tcp("start-bind", listener, network(), address(0)));
        ok(tcp("finish-bind", listener));
        ok(tcp("start-listen", listener));
        ok(tcp("finish-listen", listener));
        return listener;
    }

    private Object udp(Object local) {
        var udp = ok(guest.call("sockets/udp-create-socket", "create-udp-socket", IPV4));
        ok(udp("start-bind", udp, network(), local));
        ok(udp("finish-bind", udp));
        return udp;
    }

    private Object[] connect(Object tcp, int port) {
        ok(tcp("start-connect", tcp, network(), address(port)));
        block(tcp("subscribe", tcp));
        return (Object[]) ok(tcp("finish-connect", tcp));
    }

    /** Writes until there is no room; says how much it was. */
    private long fill(Object output) {
        long written = 0;
        while (true) {
            long room = (long) ok(out("check-write", output));
            if (room == 0) {
                return written;
            }
            ok(out("write", output, new byte[(int) room]));
            written += room;
        }
    }

    private void write(Object output, byte[] bytes) {
        ok(out("blocking-write-and-flush", output, bytes));
    }

    private byte[] readToEnd(Object input) {
        var all = new ByteArrayOutputStream();
        while (true) {
            var read = in("blocking-read", input, 1000L);
            if (read instanceof dev.creel.component.type.ValType.Result.Value.Err) {
                assertEquals(1, ((Variant.Value) err(read)).index(), "closed");
                return all.toByteArray();
            }
            all.writeBytes((byte[]) ok(read));
        }
    }

    private static String receive(DatagramSocket peer) throws IOException {
        peer.setSoTimeout(10_000);
        var packet = new DatagramPacket(new byte[100], 100);
        peer.receive(packet);
        return new String(Arrays.copyOf(packet.getData(), packet.getLength()), UTF_8);
    }

    private static Object address(int port, int... ip) {
        var parts = ip.length == 0 ? new int[] {127, 0, 0, 1} : ip;
        return new Variant.Value(
                0, new Object[] {port, Arrays.stream(parts).boxed().toArray()});
    }

    private static int port(Object address) {
        return (Integer) ((Object[]) ((Variant.Value) address).payload())[0];
    }

    private Object network() {
        return guest.call("sockets/instance-network", "instance-network");
    }

    private Object tcp() {
        return ok(guest.call("sockets/tcp-create-socket", "create-tcp-socket", IPV4));
    }

    private Object lookup(String name) {
        return guest.call("sockets/ip-name-lookup", "resolve-addresses", network(), name);
    }

    private Object next(Object stream) {
        return guest.method("sockets/ip-name-lookup", "resolve-address-stream", "resolve-next-address", stream);
    }

    private Object tcp(String method, Object... args) {
        return guest.method("sockets/tcp", "tcp-socket", method, args);
    }

    private Object udp(String method, Object... args) {
        return guest.method("sockets/udp", "udp-socket", method, args);
    }

    private Object incoming(String method, Object... args) {
        return guest.method("sockets/udp", "incoming-datagram-stream", method, args);
    }

    private Object outgoing(String method, Object... args) {
        return guest.method("sockets/udp", "outgoing-datagram-stream", method, args);
    }

    private Object in(String method, Object... args) {
        return guest.method("io/streams", "input-stream", method, args);
    }

    private Object out(String method, Object... args) {
        return guest.method("io/streams", "output-stream", method, args);
    }

    private boolean ready(Object pollable) {
        return (Boolean) guest.method("io/poll", "pollable", "ready", pollable);
    }

    private void block(Object pollable) {
        guest.method("io/poll", "pollable", "block", pollable);
    }

    private static String code(Object result) {
        return CODES.get((Integer) err(result));
    }
}
