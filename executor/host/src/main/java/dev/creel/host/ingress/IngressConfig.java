package dev.creel.host.ingress;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * How requests come in.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param eventLoops threads that move bytes
 * @param requestLineMax most bytes of a request line
 * @param headersMax most bytes of a request's head
 * @param bodyBuffer bytes of a body kept in each direction of a request
 * @param idle a connection on which nothing moves for so long is closed: an edge that is done with it, or a client that takes
 *     nothing of its response
 */
public record IngressConfig(
        String host,
        int port,
        int eventLoops,
        ByteSize requestLineMax,
        ByteSize headersMax,
        ByteSize bodyBuffer,
        Duration idle) {
    /** A free port on loopback, a loop for each core, 16 KiB, 80 KiB, 256 KiB, 75 s. */
    public static IngressConfig defaults() {
        return new IngressConfig(
                "127.0.0.1",
                0,
                Runtime.getRuntime().availableProcessors(),
                ByteSize.ofKiB(16),
                ByteSize.ofKiB(80),
                ByteSize.ofKiB(256),
                Duration.ofSeconds(75));
    }

    /** The same at another address. */
    public IngressConfig at(String otherHost, int otherPort) {
        return new IngressConfig(otherHost, otherPort, eventLoops, requestLineMax, headersMax, bodyBuffer, idle);
    }
}
