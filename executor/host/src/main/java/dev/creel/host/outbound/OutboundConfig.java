package dev.creel.host.outbound;

import dev.creel.contract.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How guests reach the network, and each other.
 *
 * @param allowPrivateNetworks whether guests may reach loopback, private and link-local addresses, where their own list allows them
 * @param trustedRoots PEM file with certificates that {@code https} trusts beside those of the system's Java
 * @param connectTimeout to get a connection, waiting for a turn included, unless the guest wants less
 * @param firstByteTimeout from sending to the head of the response, unless the guest wants less
 * @param betweenBytesTimeout longest gap within a response's body, unless the guest wants less
 * @param requestsPerRun requests to the network that one run may have under way at once; more wait
 * @param requestsPerApp requests to the network that one application may have under way at once; more wait
 * @param waitingPerApp requests of one application that wait; one more fails with {@code connection-limit-reached}
 * @param connectionsPerHost connections of one application to one address at once; more requests wait for one
 * @param connectionsPerApp connections that one application keeps; beyond that they are closed after their request
 * @param idle how long an unused connection is kept
 * @param headersMax most bytes of a response's head; a larger one fails with {@code HTTP-protocol-error}
 * @param requestHeadMax most bytes of a request's head; a larger one fails with {@code HTTP-request-header-section-size}, or with
 *     {@code HTTP-request-URI-too-long} if its path alone is larger
 * @param bodyBuffer bytes of a body kept in each direction of a request
 * @param chainDepthMax how deep components of one application may call each other; one deeper fails with {@code loop-detected}
 * @param chainedPerApp runs of an application at once that its own components asked for; one more fails with
 *     {@code connection-limit-reached}
 */
public record OutboundConfig(
        boolean allowPrivateNetworks,
        Optional<Path> trustedRoots,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration betweenBytesTimeout,
        int requestsPerRun,
        int requestsPerApp,
        int waitingPerApp,
        int connectionsPerHost,
        int connectionsPerApp,
        Duration idle,
        ByteSize headersMax,
        ByteSize requestHeadMax,
        ByteSize bodyBuffer,
        int chainDepthMax,
        int chainedPerApp) {
    /**
     * Public addresses only; Java's roots; 10 min for each timeout as in Spin; 64 requests of a run and 256 of an application, 1,000
     * waiting; 64 connections to an address, 128 kept, 60 s; 128 KiB for each head and buffer; 16 deep, 256 at once.
     */
    public static final OutboundConfig DEFAULTS = new OutboundConfig(
            false,
            Optional.empty(),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            64,
            256,
            1000,
            64,
            128,
            Duration.ofSeconds(60),
            ByteSize.ofKiB(128),
            ByteSize.ofKiB(128),
            ByteSize.ofKiB(128),
            16,
            256);

    public OutboundConfig {
        if (requestsPerRun < 1 || requestsPerApp < 1 || waitingPerApp < 0) {
            throw new IllegalArgumentException("at least one request to the network must be possible");
        }
        if (connectionsPerHost < 1 || connectionsPerApp < 0 || idle.toMillis() < 1000) {
            throw new IllegalArgumentException(
                    "outgoing requests need at least one connection to each host, which may be idle for at least 1 s");
        }
        if (chainDepthMax < 0 || chainedPerApp < 0) {
            throw new IllegalArgumentException("limits of calls between components cannot be negative");
        }
    }

    /** The same, with or without private networks. */
    public OutboundConfig withPrivateNetworks(boolean allowed) {
        return new OutboundConfig(
                allowed,
                trustedRoots,
                connectTimeout,
                firstByteTimeout,
                betweenBytesTimeout,
                requestsPerRun,
                requestsPerApp,
                waitingPerApp,
                connectionsPerHost,
                connectionsPerApp,
                idle,
                headersMax,
                requestHeadMax,
                bodyBuffer,
                chainDepthMax,
                chainedPerApp);
    }
}
