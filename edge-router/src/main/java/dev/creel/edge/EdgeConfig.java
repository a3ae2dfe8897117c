package dev.creel.edge;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.HostName;
import java.time.Duration;
import java.util.List;

/**
 * Where the edge listens, its names and its limits.
 *
 * @param listen addresses
 * @param domain the API's host; {@code registry.} in front of it is the registry's. Every other host but
 *     {@code localhost} and IP addresses (both: the API) is an application's
 * @param eventLoops threads that move bytes; 0 means one per processor
 * @param requestLineMax longest request line; longer ones get 414
 * @param headersMax all headers of a request, or of an answer; more gets 431, or 502
 * @param connectionsMax client connections at once on which something has been sent; more are closed at once, silent ones
 *     after {@code idle}
 * @param requestsMax requests at once; more get 503
 * @param requestsMaxPerTenant requests at once to all applications of one tenant; more get 429
 * @param leftoverMax how much of a request body is read and dropped after its answer was complete, before the connection
 *     is closed
 * @param connectWithin longest wait for a connection to an executor, the API or the registry
 * @param answerWithin longest wait, while nothing moves, for the head of an answer; then 504
 * @param idle a body in either direction that stands still for so long is cut, an unused client connection closed
 * @param upstreamIdle an unused connection to an executor is kept for so long; must be shorter than the executor keeps it
 * @param drain how long a close waits for running requests
 */
public record EdgeConfig(
        List<ListenAddress> listen,
        HostName domain,
        int eventLoops,
        ByteSize requestLineMax,
        ByteSize headersMax,
        int connectionsMax,
        int requestsMax,
        int requestsMaxPerTenant,
        ByteSize leftoverMax,
        Duration connectWithin,
        Duration answerWithin,
        Duration idle,
        Duration upstreamIdle,
        Duration drain) {

    /** What {@code creel up} listens on if nobody says otherwise. */
    public static final EdgeConfig DEFAULTS = new EdgeConfig(
            List.of(new ListenAddress("127.0.0.1", 8080)),
            new HostName("creel.localhost"),
            0,
            ByteSize.ofKiB(16),
            ByteSize.ofKiB(64),
            20_000,
            10_000,
            2_000,
            ByteSize.ofMiB(64),
            Duration.ofSeconds(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    public EdgeConfig {
        listen = List.copyOf(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("the edge needs an address to listen on");
        }
        if (eventLoops < 0) {
            throw new IllegalArgumentException("event-loops must not be negative");
        }
        if (connectionsMax < 1 || requestsMax < 1 || requestsMaxPerTenant < 1) {
            throw new IllegalArgumentException("the edge must be allowed at least one connection and one request");
        }
    }

    /** The same at other addresses and with another domain. */
    public EdgeConfig at(List<ListenAddress> addresses, HostName name) {
        return new EdgeConfig(
                addresses,
                name,
                eventLoops,
                requestLineMax,
                headersMax,
                connectionsMax,
                requestsMax,
                requestsMaxPerTenant,
                leftoverMax,
                connectWithin,
                answerWithin,
                idle,
                upstreamIdle,
                drain);
    }
}
