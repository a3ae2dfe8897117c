package dev.creel.contract.board;

/**
 * Where an executor takes requests from edges.
 *
 * @param host address or name
 * @param port 1–65535
 */
public record Endpoint(String host, int port) {
    public Endpoint {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
