package dev.creel.host.ingress;

import dev.creel.contract.ByteSize;

/**
 * How requests come in.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param eventLoops threads that move bytes
 * @param requestLineMax most bytes of a request line
 * @param headersMax most bytes of a request's head
 * @param bodyBuffer bytes of a body kept in each direction of a request
 * @param requestsPerApp requests that one application may have under way at once; one more is answered 503
 */
public record IngressConfig(
        String host,
        int port,
        int eventLoops,
        ByteSize requestLineMax,
        ByteSize headersMax,
        ByteSize bodyBuffer,
        int requestsPerApp) {
    /** A free port on loopback, a loop for each core, 16 KiB, 80 KiB, 256 KiB, 256 requests. */
    public static IngressConfig defaults() {
        return new IngressConfig(
                "127.0.0.1",
                0,
                Runtime.getRuntime().availableProcessors(),
                ByteSize.ofKiB(16),
                ByteSize.ofKiB(80),
                ByteSize.ofKiB(256),
                256);
    }

    /** The same at another address. */
    public IngressConfig at(String otherHost, int otherPort) {
        return new IngressConfig(
                otherHost, otherPort, eventLoops, requestLineMax, headersMax, bodyBuffer, requestsPerApp);
    }
}
