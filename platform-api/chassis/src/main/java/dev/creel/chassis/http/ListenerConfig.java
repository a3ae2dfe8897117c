package dev.creel.chassis.http;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * Where an {@link HttpListener} listens, and its limits.
 *
 * @param host address to bind
 * @param port 0–65535; 0 takes any free port
 * @param requestLineMax longest request line; longer ones get 414
 * @param headersMax all request headers together; more gets 431
 * @param bodyMax longest request body; longer ones get 413
 * @param bodyBuffer how much of a request body waits in memory for a slow handler before the connection is paused
 * @param responseBuffer how much of a response waits in memory for a slow client before the handler is
 * @param leftoverMax how much of a request body that the handler left unread is read and dropped, so that the
 *     connection can be used again; with more than that left, the connection is closed
 * @param requestsMax requests at once; more get 503
 * @param idle a connection on which nothing moves for so long is closed, even while a handler works
 * @param drain how long {@link HttpListener#close} waits for running requests
 */
public record ListenerConfig(
        String host,
        int port,
        ByteSize requestLineMax,
        ByteSize headersMax,
        ByteSize bodyMax,
        ByteSize bodyBuffer,
        ByteSize responseBuffer,
        ByteSize leftoverMax,
        int requestsMax,
        Duration idle,
        Duration drain) {

    /** Any free loopback port, with limits that fit an API with small bodies. */
    public static final ListenerConfig DEFAULTS = new ListenerConfig(
            "127.0.0.1",
            0,
            ByteSize.ofKiB(16),
            ByteSize.ofKiB(64),
            ByteSize.ofMiB(16),
            ByteSize.ofKiB(256),
            ByteSize.ofKiB(256),
            ByteSize.ofMiB(1),
            4096,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    public ListenerConfig {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (requestsMax < 1) {
            throw new IllegalArgumentException("requestsMax must be at least 1, not " + requestsMax);
        }
    }

    /** The same with another address. */
    public ListenerConfig at(String host, int port) {
        return new ListenerConfig(
                host,
                port,
                requestLineMax,
                headersMax,
                bodyMax,
                bodyBuffer,
                responseBuffer,
                leftoverMax,
                requestsMax,
                idle,
                drain);
    }

    /** The same with another limit for request bodies. */
    public ListenerConfig withBodyMax(ByteSize max) {
        return new ListenerConfig(
                host,
                port,
                requestLineMax,
                headersMax,
                max,
                bodyBuffer,
                responseBuffer,
                leftoverMax,
                requestsMax,
                idle,
                drain);
    }

    /** The same with another number of requests at once. */
    public ListenerConfig withRequestsMax(int max) {
        return new ListenerConfig(
                host,
                port,
                requestLineMax,
                headersMax,
                bodyMax,
                bodyBuffer,
                responseBuffer,
                leftoverMax,
                max,
                idle,
                drain);
    }

    /** The same with another idle and drain time. */
    public ListenerConfig withTimes(Duration idle, Duration drain) {
        return new ListenerConfig(
                host,
                port,
                requestLineMax,
                headersMax,
                bodyMax,
                bodyBuffer,
                responseBuffer,
                leftoverMax,
                requestsMax,
                idle,
                drain);
    }
}
