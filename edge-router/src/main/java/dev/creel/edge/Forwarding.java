package dev.creel.edge;

import dev.creel.chassis.trailer.RequestTrailers;
import dev.creel.contract.board.Endpoint;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an upstream, and the answer on its way back. All of it runs on one event loop. It ends once:
 * answered, refused, cut because the upstream failed, or dropped because the client left.
 */
final class Forwarding {
    /** How an executor says that it does not hold the revision. */
    private static final int MISDIRECTED = 421;

    private static final Refusal UNREACHABLE = Refusal.later(503, "No server for this host can be reached.");
    private static final Refusal MOVED = Refusal.later(503, "The application is being moved; try again.");
    private static final Refusal BROKEN = Refusal.of(502, "The server for this host failed to answer.");
    private static final Refusal TOO_SLOW = Refusal.of(504, "The server for this host did not answer in time.");

    private final Forwarder forwarder;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final EdgeCall.Valid call;
    private final Admission.Permit permit;

    private Destination.Reachable destination;
    private boolean mayRetry = true;
    private @Nullable HttpClientRequest upstream;
    private boolean hasBody;
    private boolean headSent;
    private boolean requestEnded;
    private boolean over;
    private boolean answering;
    private long movedAt = System.nanoTime();

    Forwarding(
            Forwarder forwarder,
            HttpServerRequest request,
            EdgeCall.Valid call,
            Destination.Reachable destination,
            Admission.Permit permit) {
        this.forwarder = forwarder;
        this.request = request;
        this.response = request.response();
        this.call = call;
        this.destination = destination;
        this.permit = permit;
    }

    /** Takes the request over, paused until an upstream is there to take its body. */
    void start() {
        request.pause();
        request.exceptionHandler(ignored -> clientLeft());
        request.endHandler(ignored -> requestEnd());
        response.exceptionHandler(ignored -> clientLeft());
        response.closeHandler(ignored -> clientLeft());
        connect(Upstreams.choose(destination));
    }

    private void connect(Endpoint endpoint) {
        var options = new RequestOptions()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setMethod(request.method())
                .setURI(call.target());
        forwarder.client().request(options).onComplete((connected, failure) -> {
            if (over) {
                if (connected != null) {
                    connected.reset();
                }
            } else if (connected != null) {
                send(connected, endpoint);
            } else {
                retry(Upstreams.another(destination, endpoint), UNREACHABLE);
            }
        });
    }

    /** Once, and only while nothing of the request has reached a server that took it. */
    private void retry(@Nullable Endpoint other, Refusal otherwise) {
        if (other == null || !mayRetry) {
            refuse(otherwise);
        } else {
            mayRetry = false;
            connect(other);
        }
    }

    private void send(HttpClientRequest to, Endpoint endpoint) {
        upstream = to;
        moved();
        setHeaders(to.headers());
        to.exceptionHandler(failure -> upstreamFailed(to, failure));
        to.response().onComplete((answer, failure) -> {
            if (answer == null) {
                upstreamFailed(to, failure);
            } else if (!over) {
                answer(to, answer, endpoint);
            }
        });
        hasBody = hasBody();
        if (hasBody) {
            sendBody(to);
        } else {
            to.end();
        }
        request.resume();
    }

    private void setHeaders(MultiMap headers) {
        HeaderRules.copyRequest(request.headers(), headers);
        headers.set(HttpHeaders.HOST, call.authority());
        var revision = destination.revision();
        if (revision != null) {
            headers.set("creel-revision", revision);
            headers.set("creel-key", forwarder.key());
        }
        headers.set("creel-client", client());
        headers.set("creel-scheme", request.isSSL() ? "https" : "http");
    }

    private String client() {
        var peer = request.remoteAddress();
        var address = peer.hostAddress() == null ? peer.host() : peer.hostAddress();
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + peer.port();
    }

    private boolean hasBody() {
        if (request.version() == HttpVersion.HTTP_2) {
            return !request.isEnded();
        }
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private void sendBody(HttpClientRequest to) {
        if (!request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            to.setChunked(true);
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            response.writeContinue();
        }
        // The head goes with the first piece of the body if that is here, and alone if not: the answer may come first.
        forwarder.context().runOnContext(ignored -> {
            if (!over && !requestEnded && !headSent) {
                headSent = true;
                to.writeHead();
            }
        });
        request.handler(chunk -> {
            if (over) {
                return;
            }
            moved();
            headSent = true;
            to.write(chunk);
            if (to.writeQueueFull()) {
                request.pause();
                to.drainHandler(ignored -> {
                    moved();
                    request.resume();
                });
            }
        });
    }

    private void requestEnd() {
        requestEnded = true;
        if (!over && upstream != null && hasBody) {
            moved();
            sendTrailers(upstream);
            upstream.end();
        }
    }

    /** Only chunks can have trailers. */
    private void sendTrailers(HttpClientRequest to) {
        var trailers = MultiMap.caseInsensitiveMultiMap();
        HeaderRules.copyTrailers(RequestTrailers.of(request), trailers);
        if (!trailers.isEmpty() && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            if (!headSent) {
                headSent = true;
                to.writeHead();
            }
            RequestTrailers.announce(to, trailers);
        }
    }

    private void answer(HttpClientRequest to, HttpClientResponse from, Endpoint endpoint) {
        moved();
        from.exceptionHandler(failure -> upstreamFailed(to, failure));
        if (from.statusCode() == MISDIRECTED && destination.revision() != null) {
            redirect(from, endpoint);
            return;
        }
        answering = true;
        response.setStatusCode(from.statusCode());
        HeaderRules.copyResponse(from.headers(), response.headers(), request.version() == HttpVersion.HTTP_2);
        if (bodiless(from.statusCode())) {
            from.handler(ignored -> {});
            from.endHandler(ignored -> finish());
            return;
        }
        var length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            frame();
        }
        // The head waits for the first piece of the body if that came with it, and goes alone if not.
        forwarder.context().runOnContext(ignored -> sendHead());
        answerBody(from, length == null ? -1 : Long.parseLong(length));
    }

    /** The executor does not hold the revision: the routes are older than what it was told. Look again. */
    private void redirect(HttpClientResponse from, Endpoint endpoint) {
        from.handler(ignored -> {});
        Endpoint next = null;
        if (!hasBody && forwarder.find(call) instanceof Destination.App newest) {
            var before = destination;
            destination = newest;
            next = newest.equals(before) ? Upstreams.another(newest, endpoint) : Upstreams.choose(newest);
        }
        if (next != null) {
            upstream = null;
        }
        retry(next, MOVED);
    }

    private boolean bodiless(int status) {
        return request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    private void frame() {
        if (request.version() == HttpVersion.HTTP_1_1) {
            response.setChunked(true);
        } else if (request.version() == HttpVersion.HTTP_1_0) {
            // Without chunks, the end of the connection is the end of the body.
            response.endHandler(ignored -> request.connection().close());
        }
    }

    private void sendHead() {
        if (!over && !response.headWritten() && request.version() != HttpVersion.HTTP_1_0) {
            response.writeHead();
        }
    }

    private void answerBody(HttpClientResponse from, long length) {
        from.handler(new Handler<>() {
            private long left = length;

            @Override
            public void handle(Buffer chunk) {
                if (over) {
                    return;
                }
                moved();
                left -= chunk.length();
                if (length >= 0 && left == 0) {
                    // The last piece goes out together with the end, and with the head if this is the first, too.
                    finish(chunk);
                    return;
                }
                response.write(chunk);
                if (response.writeQueueFull()) {
                    from.pause();
                    response.drainHandler(ignored -> {
                        moved();
                        from.resume();
                    });
                }
            }
        });
        from.endHandler(ignored -> {
            if (!over) {
                if (length < 0 && HeaderRules.wantsTrailers(request.headers())) {
                    response.trailers().addAll(from.trailers());
                }
                finish();
            }
        });
    }

    private void finish() {
        finish(Buffer.buffer());
    }

    private void finish(Buffer last) {
        if (!over) {
            end();
            response.end(last);
            if (!requestEnded) {
                stopUpload();
            }
        }
    }

    /** The answer was complete before the request was: nobody wants the rest. */
    private void stopUpload() {
        if (upstream != null) {
            upstream.reset();
        }
        Leftover.drop(request, forwarder.config().leftoverMax());
    }

    private void upstreamFailed(@Nullable HttpClientRequest which, @Nullable Throwable cause) {
        if (over || !Objects.equals(which, upstream)) {
            return;
        }
        if (answering) {
            // The client must not take what it has for the whole.
            end();
            resetUpstream();
            response.reset();
        } else {
            refuse(cause instanceof TimeoutException ? TOO_SLOW : BROKEN);
        }
    }

    private void refuse(Refusal refusal) {
        end();
        resetUpstream();
        refusal.send(response);
        if (!requestEnded) {
            Leftover.drop(request, forwarder.config().leftoverMax());
        }
    }

    private void clientLeft() {
        if (!over) {
            end();
            resetUpstream();
        }
    }

    private void resetUpstream() {
        if (upstream != null) {
            upstream.reset();
        }
    }

    private void end() {
        over = true;
        permit.release();
        forwarder.done(this);
    }

    private void moved() {
        movedAt = System.nanoTime();
    }

    /** Refuses or cuts a request on which nothing has moved for too long. */
    void giveUpIfIdle(long now) {
        var limit = answering ? forwarder.config().idle() : forwarder.config().answerWithin();
        if (!over && now - movedAt > limit.toNanos()) {
            upstreamFailed(upstream, new TimeoutException("nothing moved for " + limit));
        }
    }
}
