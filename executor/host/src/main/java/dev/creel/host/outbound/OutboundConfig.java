package dev.creel.host.outbound;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * How guests reach the network.
 *
 * @param allowPrivateNetworks whether guests may reach loopback, private and link-local addresses, where their own list allows them
 * @param connectTimeout to get a connection, unless the guest wants less
 * @param firstByteTimeout from sending to the head of the response, unless the guest wants less
 * @param betweenBytesTimeout longest gap within a response's body, unless the guest wants less
 * @param connectionsPerHost connections to one address at once; more requests wait for one
 * @param waitingPerHost requests that wait for a connection to one address; more fail with {@code connection-limit-reached}
 * @param headersMax most bytes of a response's head
 * @param bodyBuffer bytes of a body kept in each direction of a request
 * @param chainDepthMax how deep components of one application may call each other
 */
public record OutboundConfig(
        boolean allowPrivateNetworks,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration betweenBytesTimeout,
        int connectionsPerHost,
        int waitingPerHost,
        ByteSize headersMax,
        ByteSize bodyBuffer,
        int chainDepthMax) {
    /** Public addresses only; 10 min for each timeout as in Spin; 64 connections, 1,000 waiting; 128 KiB; 128 KiB; 16 deep. */
    public static final OutboundConfig DEFAULTS = new OutboundConfig(
            false,
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            64,
            1000,
            ByteSize.ofKiB(128),
            ByteSize.ofKiB(128),
            16);

    /** The same, with or without private networks. */
    public OutboundConfig withPrivateNetworks(boolean allowed) {
        return new OutboundConfig(
                allowed,
                connectTimeout,
                firstByteTimeout,
                betweenBytesTimeout,
                connectionsPerHost,
                waitingPerHost,
                headersMax,
                bodyBuffer,
                chainDepthMax);
    }
}
