package dev.creel.host.outbound;

import dev.creel.host.body.HeaderLines;
import dev.creel.host.body.Inflow;
import dev.creel.host.body.Outflow;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the network. After {@link #connect} everything happens on one event loop; {@code cancelled} and
 * {@code sent} are guarded by this object, because a guest may give up at any time from its own thread.
 */
final class NetworkExchange {
    private final Vertx vertx;
    private final OutboundConfig config;
    private final HttpOutgoing request;
    private final Destination to;
    private final BodyPipe upload;
    private final BodyPipe download;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private @Nullable HttpClientRequest sent;
    private boolean cancelled;

    NetworkExchange(Vertx vertx, OutboundConfig config, HttpOutgoing request, Destination to) {
        this.vertx = vertx;
        this.config = config;
        this.request = request;
        this.to = to;
        int buffer = Math.toIntExact(config.bodyBuffer().bytes());
        this.upload = new BodyPipe(buffer);
        this.download = new BodyPipe(buffer);
    }

    Exchange asExchange() {
        return new Exchange(upload.sink(), answer, this::cancel);
    }

    /** Ends it without a response. Any thread. */
    void fail(HttpErrorCode code) {
        answer.complete(new Answer.Failed(code));
        upload.source().close();
        download.fail(code);
    }

    /** Tries the addresses in their order until one takes the connection. */
    void connect(HttpClientAgent client, List<InetAddress> addresses) {
        if (isCancelled()) {
            return;
        }
        var options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(addresses.getFirst(), to.port())))
                .setHost(to.host())
                .setPort(to.port())
                .setSsl(to.tls())
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(request.pathWithQuery())
                .setFollowRedirects(false)
                .setConnectTimeout(Math.max(
                        1,
                        limit(request.connectTimeout(), config.connectTimeout()).toMillis()));
        client.request(options).onComplete(this::send, failure -> {
            if (addresses.size() > 1) {
                connect(client, addresses.subList(1, addresses.size()));
            } else {
                fail(Failures.connecting(failure));
            }
        });
    }

    private void send(HttpClientRequest http) {
        synchronized (this) {
            sent = http;
            if (cancelled) {
                http.reset();
                return;
            }
        }
        HeaderLines.write(request.headers(), http.headers());
        if (request.contentLength() >= 0 && !http.headers().contains("content-length")) {
            http.putHeader("content-length", Long.toString(request.contentLength()));
        }
        var context = vertx.getOrCreateContext();
        long timer = vertx.setTimer(
                Math.max(
                        1,
                        limit(request.firstByteTimeout(), config.firstByteTimeout())
                                .toMillis()),
                ignored -> {
                    fail(HttpErrorCode.of("connection-read-timeout"));
                    http.reset();
                });
        http.response()
                .onComplete(
                        response -> {
                            vertx.cancelTimer(timer);
                            receive(http, response, context);
                        },
                        failure -> {
                            vertx.cancelTimer(timer);
                            fail(Failures.exchanging(failure));
                        });
        http.exceptionHandler(failure -> fail(Failures.exchanging(failure)));
        Outflow.start(upload.source(), context, new RequestTarget(http));
    }

    private void receive(HttpClientRequest http, HttpClientResponse response, Context context) {
        response.endHandler(ignored -> download.sink().end(trailers(response.trailers())));
        response.exceptionHandler(failure -> download.fail(Failures.receiving(failure)));
        var flow = Inflow.start(response, context, download.sink());
        watch(http, flow, limit(request.betweenBytesTimeout(), config.betweenBytesTimeout()));
        answer.complete(
                new Answer.Response(response.statusCode(), HeaderLines.read(response.headers()), download.source()));
    }

    /** Breaks off when the peer, not the guest, is silent for too long. */
    private void watch(HttpClientRequest http, Inflow flow, Duration gap) {
        long left = gap.toNanos() - flow.silentNanos();
        if (left <= 0) {
            download.fail(HttpErrorCode.of("connection-read-timeout"));
            http.reset();
            return;
        }
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1), ignored -> {
            if (download.sink().room() >= 0) {
                watch(http, flow, gap);
            }
        });
    }

    private void cancel() {
        HttpClientRequest http;
        synchronized (this) {
            cancelled = true;
            http = sent;
        }
        fail(HttpErrorCode.of("connection-terminated"));
        download.source().close();
        if (http != null) {
            http.reset();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private static Duration limit(Optional<Duration> wanted, Duration most) {
        return wanted.filter(w -> w.compareTo(most) < 0).orElse(most);
    }

    private static Optional<List<Header>> trailers(MultiMap lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(HeaderLines.read(lines));
    }

    /** A request's body on the network. HTTP/1.1 trailers of requests are not sent: hardly any server takes them. */
    private static final class RequestTarget implements Outflow.Target {
        private final HttpClientRequest http;
        private boolean framed;

        RequestTarget(HttpClientRequest http) {
            this.http = http;
        }

        @Override
        public boolean full() {
            return http.writeQueueFull();
        }

        @Override
        public void onRoom(Runnable action) {
            http.drainHandler(ignored -> action.run());
        }

        @Override
        public void begin() {
            frame();
            http.writeHead();
        }

        @Override
        public void write(Buffer bytes) {
            frame();
            http.write(bytes);
        }

        @Override
        public void end(@Nullable Buffer last, Optional<List<Header>> trailers) {
            if (last == null) {
                http.end();
            } else {
                http.end(last);
            }
        }

        @Override
        public void cut() {
            http.reset();
        }

        private void frame() {
            if (!framed && !http.headers().contains("content-length")) {
                http.setChunked(true);
            }
            framed = true;
        }
    }
}
