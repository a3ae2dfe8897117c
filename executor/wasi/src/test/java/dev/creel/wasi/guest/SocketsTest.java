package dev.creel.wasi.guest;

import static dev.creel.wasi.guest.Guest.err;
import static dev.creel.wasi.guest.Guest.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.component.type.ValType.EnumOf;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.wit.WasiWit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final List<String> CODES =
            ((EnumOf) WasiWit.of("sockets/network").types().get("error-code")).labels();
    private static final Object LOOPBACK = new Variant.Value(0, new Object[] {80, new Object[] {127, 0, 0, 1}});

    private final Guest guest = new Guest();
    private final Object network = guest.call("sockets/instance-network", "instance-network");

    @AfterEach
    void close() {
        guest.close();
    }

    @Test
    void deniesEveryWayToTheNetwork() {
        var tcp = ok(guest.call("sockets/tcp-create-socket", "create-tcp-socket", 0));
        assertEquals("access-denied", code(tcp("start-connect", tcp, network, LOOPBACK)));
        assertEquals("access-denied", code(tcp("start-bind", tcp, network, LOOPBACK)));
        assertEquals("not-in-progress", code(tcp("finish-connect", tcp)));
        assertEquals("not-in-progress", code(tcp("finish-bind", tcp)));
        assertEquals("invalid-state", code(tcp("start-listen", tcp)));
        assertEquals("invalid-state", code(tcp("accept", tcp)));
        assertEquals("invalid-state", code(tcp("remote-address", tcp)));
        var udp = ok(guest.call("sockets/udp-create-socket", "create-udp-socket", 1));
        assertEquals("access-denied", code(udp("start-bind", udp, network, LOOPBACK)));
        assertEquals("invalid-state", code(udp("stream", udp, Optional.of(LOOPBACK))));
        var lookup = guest.call("sockets/ip-name-lookup", "resolve-addresses", network, "example.com");
        assertEquals("permanent-resolver-failure", code(lookup));
    }

    @Test
    void remembersWhatASocketIsTold() {
        var tcp = ok(guest.call("sockets/tcp-create-socket", "create-tcp-socket", 1));
        assertEquals(1, tcp("address-family", tcp));
        assertEquals(false, tcp("is-listening", tcp));
        assertEquals(true, guest.method("io/poll", "pollable", "ready", tcp("subscribe", tcp)));
        assertEquals(false, ok(tcp("keep-alive-enabled", tcp)));
        ok(tcp("set-keep-alive-enabled", tcp, true));
        assertEquals(true, ok(tcp("keep-alive-enabled", tcp)));
        ok(tcp("set-keep-alive-count", tcp, 5L));
        assertEquals(5L, ok(tcp("keep-alive-count", tcp)));
        ok(tcp("set-hop-limit", tcp, 7));
        assertEquals(7, ok(tcp("hop-limit", tcp)));
        assertEquals("invalid-argument", code(tcp("set-hop-limit", tcp, 0)));
        for (var option :
                List.of("keep-alive-idle-time", "keep-alive-interval", "receive-buffer-size", "send-buffer-size")) {
            ok(tcp("set-" + option, tcp, 123L));
            assertEquals(123L, ok(tcp(option, tcp)));
        }
    }

    private Object tcp(String method, Object... args) {
        return guest.method("sockets/tcp", "tcp-socket", method, args);
    }

    private Object udp(String method, Object... args) {
        return guest.method("sockets/udp", "udp-socket", method, args);
    }

    private static String code(Object result) {
        return CODES.get((Integer) err(result));
    }
}
