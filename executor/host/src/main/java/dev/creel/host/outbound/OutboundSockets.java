package dev.creel.host.outbound;

import dev.creel.engine.outbound.OutboundRules;
import dev.creel.wasi.context.Network;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Where the sockets of one run go (reference spin-host-interfaces §3.2): TCP only outwards, to what the component's list allows as
 * {@code tcp://address:port}; UDP as {@code udp://address:port}, also to bind. Names are not looked up, as on Spin. Private
 * networks only if the operator allows them. Used by the guest's thread.
 */
public final class OutboundSockets implements Network {
    private final OutboundRules rules;
    private final OutboundConfig config;
    private final Consumer<String> complaints;

    /**
     * @param rules what the component may reach
     * @param config whether private networks are allowed
     * @param complaints told of each address that is not allowed, for the developer's log
     */
    public OutboundSockets(OutboundRules rules, OutboundConfig config, Consumer<String> complaints) {
        this.rules = rules;
        this.config = config;
        this.complaints = complaints;
    }

    @Override
    public boolean allows(Use use, InetSocketAddress address) {
        return switch (use) {
            case TCP_BIND -> false;
            case TCP_CONNECT -> listed("tcp", address) && reachable(address);
            case UDP_CONNECT, UDP_SEND -> listed("udp", address) && reachable(address);
            // Nothing is reached by binding; the address is this machine's own.
            case UDP_BIND -> listed("udp", address);
        };
    }

    @Override
    public boolean resolvesNames() {
        return false;
    }

    private boolean listed(String scheme, InetSocketAddress address) {
        var text = text(address);
        if (rules.check(text, scheme).allowed()) {
            return true;
        }
        complaints.accept("a socket to " + scheme + "://" + text + " is not in the component's allowed_outbound_hosts");
        return false;
    }

    private boolean reachable(InetSocketAddress address) {
        if (config.allowPrivateNetworks() || !BlockedNetworks.blocks(address.getAddress())) {
            return true;
        }
        complaints.accept("a socket to " + text(address) + " would lead into a private network, which this platform"
                + " does not allow");
        return false;
    }

    private static String text(InetSocketAddress address) {
        var ip = address.getAddress().getHostAddress();
        int zone = ip.indexOf('%');
        var plain = zone < 0 ? ip : ip.substring(0, zone);
        return (address.getAddress() instanceof Inet6Address ? "[" + plain + "]" : plain) + ":" + address.getPort();
    }
}
