package dev.creel.edge;

import dev.creel.contract.ByteSize;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a request whose answer is complete: read and dropped, so that a client that sends before it reads gets to
 * its answer. Closes the connection when it is too much.
 */
final class Leftover implements Handler<Buffer> {
    private final HttpServerRequest request;
    private long left;

    private Leftover(HttpServerRequest request, ByteSize max) {
        this.request = request;
        this.left = max.bytes();
    }

    static void drop(HttpServerRequest request, ByteSize max) {
        request.handler(new Leftover(request, max));
        request.resume();
    }

    @Override
    public void handle(Buffer chunk) {
        left -= chunk.length();
        if (left < 0) {
            request.connection().close();
        }
    }
}
