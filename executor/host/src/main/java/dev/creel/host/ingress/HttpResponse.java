package dev.creel.host.ingress;

import dev.creel.host.app.FixedAnswer;
import dev.creel.host.body.HeaderLines;
import dev.creel.host.body.Outflow;
import dev.creel.wasi.http.Header;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A guest's response on its way to the client. On the event loop. */
final class HttpResponse implements Outflow.Target {
    private final HttpServerRequest http;
    private final HttpServerResponse response;
    private final int status;
    private final List<Header> headers;
    private final long contentLength;
    private final boolean trailersWanted;
    private final boolean bodyless;
    private long written;
    private boolean headSet;
    private boolean framed;

    HttpResponse(HttpServerRequest http, int status, List<Header> headers, long contentLength, boolean trailersWanted) {
        this.http = http;
        this.response = http.response();
        this.status = status;
        this.headers = headers;
        this.contentLength = contentLength;
        this.trailersWanted = trailersWanted;
        this.bodyless = http.method().equals(HttpMethod.HEAD) || status == 204 || status == 304 || status < 200;
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void onRoom(Runnable action) {
        response.drainHandler(ignored -> action.run());
    }

    @Override
    public void begin() {
        head();
        frame();
        if (!bodyless) {
            response.writeHead();
        }
    }

    @Override
    public void write(Buffer bytes) {
        head();
        frame();
        if (!bodyless) {
            written += bytes.length();
            response.write(bytes);
        }
    }

    /** Whether the client has all that was announced, even if the guest has not ended the body yet. */
    boolean complete() {
        return response.ended() || (headSet && contentLength >= 0 && written >= contentLength);
    }

    @Override
    public void end(@Nullable Buffer last, Optional<List<Header>> trailers) {
        head();
        if (response.closed() || response.ended()) {
            return;
        }
        if (trailersWanted && trailers.isPresent() && !bodyless && !declared()) {
            frame();
            HeaderLines.write(trailers.get(), response.trailers());
        }
        if (last == null || bodyless) {
            response.end();
        } else {
            response.end(last);
        }
    }

    @Override
    public void cut() {
        if (headSet) {
            http.connection().close();
        } else {
            // Nothing is out yet: the client gets a whole answer that says what happened, not a connection that ends.
            InvokeServer.answer(http, FixedAnswer.empty(500));
        }
    }

    private void head() {
        if (headSet) {
            return;
        }
        headSet = true;
        response.setStatusCode(status);
        HeaderLines.write(headers, response.headers());
        if (contentLength >= 0 && !declared() && status >= 200 && status != 204) {
            response.putHeader("content-length", Long.toString(contentLength));
        }
    }

    private void frame() {
        if (!framed && !bodyless && !declared()) {
            response.setChunked(true);
        }
        framed = true;
    }

    private boolean declared() {
        return response.headers().contains("content-length");
    }
}
