package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.engine.outbound.AllowedHosts;
import dev.creel.engine.outbound.OutboundRules;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.wasi.context.Network.Use;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboundSocketsTest {
    private final List<String> complaints = new ArrayList<>();

    @Test
    void connectsOnlyToWhatTheListAllows() throws Exception {
        var sockets = sockets(true, "tcp://127.0.0.1:7", "udp://10.0.0.0/8:*", "*://[::1]:9");
        assertTrue(sockets.allows(Use.TCP_CONNECT, address("127.0.0.1", 7)));
        assertFalse(sockets.allows(Use.TCP_CONNECT, address("127.0.0.1", 8)));
        assertFalse(sockets.allows(Use.UDP_CONNECT, address("127.0.0.1", 7)), "another scheme");
        assertTrue(sockets.allows(Use.UDP_CONNECT, address("10.1.2.3", 53)));
        assertTrue(sockets.allows(Use.UDP_SEND, address("10.1.2.3", 54)));
        assertFalse(sockets.allows(Use.UDP_SEND, address("11.1.2.3", 54)));
        assertTrue(sockets.allows(Use.TCP_CONNECT, address("::1", 9)));
        assertTrue(sockets.allows(Use.UDP_BIND, address("::1", 9)));
        assertEquals(
                "a socket to tcp://127.0.0.1:8 is not in the component's allowed_outbound_hosts",
                complaints.getFirst());
    }

    @Test
    void neverBindsTcpAndLooksNoNamesUp() throws Exception {
        var sockets = sockets(true, "*://*:*");
        assertFalse(sockets.allows(Use.TCP_BIND, address("127.0.0.1", 0)));
        assertTrue(sockets.allows(Use.UDP_BIND, address("0.0.0.0", 0)));
        assertFalse(sockets.resolvesNames());
    }

    @Test
    void privateNetworksAreForTheOperatorToAllow() throws Exception {
        var sockets = sockets(false, "*://*:*");
        for (var ip : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1")) {
            assertFalse(sockets.allows(Use.TCP_CONNECT, address(ip, 80)), ip);
            assertFalse(sockets.allows(Use.UDP_SEND, address(ip, 80)), ip);
        }
        assertTrue(sockets.allows(Use.TCP_CONNECT, address("93.184.215.14", 80)));
        assertTrue(complaints.getFirst().contains("private network"), complaints.getFirst());
    }

    @Test
    void withoutAListThereIsNothing() {
        var sockets = new OutboundSockets(OutboundRules.none(), OutboundConfig.DEFAULTS, complaints::add);
        for (var use : Use.values()) {
            assertFalse(sockets.allows(use, new InetSocketAddress(InetAddress.ofLiteral("93.184.215.14"), 80)));
        }
    }

    private OutboundSockets sockets(boolean privateNetworks, String... entries) throws Exception {
        var component = new LockedComponent(
                "c",
                new ContentRef(Optional.of(new ContentRef.Inline(new byte[0])), Optional.empty(), Optional.empty()),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(entries),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        var app = new LockedApp("a", "1", "", Map.of(), List.of(), Map.of(), List.of(), List.of(component));
        var rules = AllowedHosts.of(app, component).over(ApplicationVariables.defaults(Map.of()));
        return new OutboundSockets(
                rules, OutboundConfig.DEFAULTS.withPrivateNetworks(privateNetworks), complaints::add);
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }
}
