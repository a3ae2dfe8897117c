package dev.creel.host.outbound;

import dev.creel.chassis.trailer.RequestTrailers;
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
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the network: it waits for its turn, resolves the name, connects, and streams. A name is resolved
 * here and every address is checked, and the connection goes to a checked address, so that a name cannot change its mind in
 * between. After {@link #send} everything happens on one event loop; the fields below the answer are guarded by this object,
 * because a guest may give up at any time from its own thread.
 */
final class NetworkExchange {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final OutboundConfig config;
    private final AppConnections connections;
    private final Permits run;
    private final HttpOutgoing request;
    private final Destination to;
    private final BodyPipe upload;
    private final BodyPipe download;
    private final Runnable ofRun = this::turnOfRun;
    private final Runnable ofApp = this::turnOfApp;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private @Nullable HttpClientRequest sent;
    private boolean uploaded;
    private boolean downloaded;
    private boolean over;
    private long connectTimer = NO_TIMER;

    NetworkExchange(
            Vertx vertx,
            OutboundConfig config,
            AppConnections connections,
            Permits run,
            HttpOutgoing request,
            Destination to) {
        this.vertx = vertx;
        this.config = config;
        this.connections = connections;
        this.run = run;
        this.request = request;
        this.to = to;
        int buffer = Math.toIntExact(config.bodyBuffer().bytes());
        this.upload = new BodyPipe(buffer);
        this.download = new BodyPipe(buffer);
    }

    Exchange asExchange() {
        return new Exchange(upload.sink(), answer, this::cancel);
    }

    /** Begins as soon as run and application may send one more. Never blocks. */
    void start() {
        synchronized (this) {
            connectTimer = vertx.setTimer(millis(connectTimeout()), ignored -> connectTimedOut());
        }
        if (entered(run.enter(ofRun))) {
            turnOfRun();
        }
    }

    private void turnOfRun() {
        if (entered(connections.requests().enter(ofApp))) {
            turnOfApp();
        } else if (isOver()) {
            leave();
        }
    }

    private boolean entered(Permits.Entry entry) {
        if (entry == Permits.Entry.REFUSED) {
            fail(HttpErrorCode.of("connection-limit-reached"));
        }
        return entry == Permits.Entry.IN;
    }

    private void turnOfApp() {
        if (isOver()) {
            // It was given up while its turn came: what it has got meanwhile goes on to the next.
            leave();
        } else if (to.literal()) {
            resolve();
        } else {
            Thread.ofVirtual().name("resolve-" + to.host()).start(this::resolve);
        }
    }

    private void resolve() {
        try {
            var addresses = new ArrayList<InetAddress>();
            for (var address : InetAddress.getAllByName(to.host())) {
                if (config.allowPrivateNetworks() || !BlockedNetworks.blocks(address)) {
                    addresses.add(address);
                }
            }
            if (addresses.isEmpty()) {
                fail(HttpErrorCode.of("destination-IP-prohibited"));
            } else {
                connect(addresses);
            }
        } catch (UnknownHostException e) {
            fail(new HttpErrorCode("DNS-error", "address not available"));
        }
    }

    /** Tries the addresses in their order until one takes the connection. */
    private void connect(List<InetAddress> addresses) {
        if (isOver()) {
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
                .setConnectTimeout(millis(connectTimeout()));
        if (announcesTrailers()) {
            // The only protocol that trailers of a request can be sent with.
            options.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        connections.client(to.tls()).request(options).onComplete(this::send, failure -> {
            if (addresses.size() > 1) {
                connect(addresses.subList(1, addresses.size()));
            } else {
                fail(Failures.connecting(failure));
            }
        });
    }

    private boolean announcesTrailers() {
        return request.headers().stream().anyMatch(header -> header.name().equals("trailer"));
    }

    private Duration connectTimeout() {
        return limit(request.connectTimeout(), config.connectTimeout());
    }

    private void connectTimedOut() {
        synchronized (this) {
            if (sent != null) {
                return;
            }
        }
        fail(HttpErrorCode.of("connection-timeout"));
    }

    private void send(HttpClientRequest http) {
        synchronized (this) {
            sent = http;
            vertx.cancelTimer(connectTimer);
            if (over) {
                http.reset();
                return;
            }
        }
        HeaderLines.write(request.headers(), http.headers());
        if (request.contentLength() > 0 || (request.contentLength() == 0 && mayHaveBody())) {
            http.putHeader("content-length", Long.toString(request.contentLength()));
        }
        var context = vertx.getOrCreateContext();
        long timer = vertx.setTimer(millis(limit(request.firstByteTimeout(), config.firstByteTimeout())), ignored -> {
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

    /** Servers expect a length of 0 only where a body could be (RFC 9110 §8.6). */
    private boolean mayHaveBody() {
        return switch (request.method()) {
            case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE" -> false;
            default -> true;
        };
    }

    private void receive(HttpClientRequest http, HttpClientResponse response, Context context) {
        if (response.statusCode() < 200) {
            // 100 and 103 never come here. Another informational response would be taken for the answer, and the answer
            // for
            // the next request's.
            fail(new HttpErrorCode("HTTP-protocol-error", "status " + response.statusCode() + " ends no exchange"));
            http.connection().close();
            return;
        }
        response.endHandler(ignored -> {
            download.sink().end(trailers(response.trailers()));
            ended(http, false, true);
        });
        response.exceptionHandler(failure -> {
            download.fail(Failures.receiving(failure));
            ended(http, true, true);
        });
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
            ended(http, true, true);
            return;
        }
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1), ignored -> {
            if (download.sink().room() >= 0) {
                watch(http, flow, gap);
            }
        });
    }

    /** Ends it without a response; one that has come already is not harmed. Any thread. */
    private void fail(HttpErrorCode code) {
        answer.complete(new Answer.Failed(code));
        upload.source().close();
        download.fail(code);
        finish();
    }

    private void cancel() {
        HttpClientRequest http;
        synchronized (this) {
            http = over ? null : sent;
        }
        fail(HttpErrorCode.of("connection-terminated"));
        download.source().close();
        if (http != null) {
            http.reset();
        }
    }

    /** One direction has ended, or both. Its connection is free for others when both have. */
    private void ended(HttpClientRequest http, boolean up, boolean down) {
        boolean both;
        synchronized (this) {
            uploaded |= up;
            downloaded |= down;
            both = uploaded && downloaded;
        }
        if (both) {
            connections.release(http.connection());
            finish();
        }
    }

    private void finish() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            vertx.cancelTimer(connectTimer);
        }
        leave();
        connections.done();
    }

    private void leave() {
        connections.requests().leave(ofApp);
        run.leave(ofRun);
    }

    private synchronized boolean isOver() {
        return over;
    }

    private static Duration limit(Optional<Duration> wanted, Duration most) {
        return wanted.filter(w -> w.compareTo(most) < 0).orElse(most);
    }

    private static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }

    private static Optional<List<Header>> trailers(MultiMap lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(HeaderLines.read(lines));
    }

    /** A request's body on the network. Trailers that were not announced are left out, as by Spin's client. */
    private final class RequestTarget implements Outflow.Target {
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
            if (trailers.isPresent() && announcesTrailers()) {
                sendTrailers(trailers.get());
            }
            if (last == null) {
                http.end();
            } else {
                http.end(last);
            }
            ended(http, true, false);
        }

        @Override
        public void cut() {
            http.reset();
            ended(http, true, false);
        }

        /** Only chunks can have trailers. */
        private void sendTrailers(List<Header> trailers) {
            if (http.headers().contains("content-length")) {
                return;
            }
            if (!framed) {
                begin();
            }
            var lines = MultiMap.caseInsensitiveMultiMap();
            HeaderLines.write(trailers, lines);
            RequestTrailers.announce(http, lines);
        }

        private void frame() {
            if (!framed && !http.headers().contains("content-length")) {
                http.setChunked(true);
            }
            framed = true;
        }
    }
}
