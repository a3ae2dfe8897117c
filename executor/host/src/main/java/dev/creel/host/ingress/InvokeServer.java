package dev.creel.host.ingress;

import dev.creel.chassis.trailer.RequestTrailers;
import dev.creel.contract.numbers.Counted;
import dev.creel.host.app.FixedAnswer;
import dev.creel.host.app.HostedComponent;
import dev.creel.host.app.Invocation;
import dev.creel.host.app.Invoker;
import dev.creel.host.body.HeaderLines;
import dev.creel.host.body.Inflow;
import dev.creel.host.route.Arrival;
import dev.creel.host.route.MatchedRoute;
import dev.creel.host.route.RouteMatch;
import dev.creel.host.route.SpinHeaders;
import dev.creel.host.traffic.AppTraffic;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpIncoming;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The node's HTTP server: finds the application and its component and puts the request on a lane. Everything here runs on event
 * loops and never waits; {@link #start} and {@link #close} block.
 */
public final class InvokeServer implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final FixedAnswer APP_FULL =
            FixedAnswer.later(429, "Too many requests to this application at once.", SOON);
    private static final FixedAnswer TENANT_FULL =
            FixedAnswer.later(429, "Too many requests to this account at once.", SOON);
    private static final FixedAnswer QUEUE_FULL =
            FixedAnswer.later(503, "Too many requests are waiting already.", SOON);

    /** Any number with fewer fits into 64 bits. */
    private static final int MANY_DIGITS = 19;

    private final Vertx vertx;
    private final IngressConfig config;
    private final Door door;
    private final Invoker invoker;
    private final AtomicInteger port = new AtomicInteger();
    private String deployment = "";

    private InvokeServer(Vertx vertx, IngressConfig config, Door door, Invoker invoker) {
        this.vertx = vertx;
        this.config = config;
        this.door = door;
        this.invoker = invoker;
    }

    /** Listens for edges. Blocks until the port is bound. */
    public static InvokeServer start(Vertx vertx, IngressConfig config, EdgeDoor door, Invoker invoker)
            throws IOException, InterruptedException {
        return new InvokeServer(vertx, config, door, invoker).listen();
    }

    /** Listens for clients of one application. Blocks until the port is bound. */
    public static InvokeServer start(Vertx vertx, IngressConfig config, DirectDoor door, Invoker invoker)
            throws IOException, InterruptedException {
        return new InvokeServer(vertx, config, door, invoker).listen();
    }

    private InvokeServer listen() throws IOException, InterruptedException {
        if (config.port() == 0) {
            FreePort.bind(config.host(), this::bind);
        } else {
            bind(config.port());
        }
        return this;
    }

    private void bind(int at) throws IOException, InterruptedException {
        try {
            deployment = vertx.deployVerticle(
                            () -> new Loop(at), new DeploymentOptions().setInstances(config.eventLoops()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + cause.getMessage(), cause);
        }
    }

    /** The bound port. */
    public int port() {
        return port.get();
    }

    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }

    /** One event loop's share of the connections. */
    private final class Loop extends VerticleBase {
        private final int at;

        Loop(int at) {
            this.at = at;
        }

        @Override
        public Future<?> start() {
            var options = new HttpServerOptions()
                    .setMaxInitialLineLength(
                            Math.toIntExact(config.requestLineMax().bytes()))
                    .setMaxHeaderSize(Math.toIntExact(config.headersMax().bytes()))
                    .setHandle100ContinueAutomatically(true)
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout(Math.toIntExact(config.idle().toMillis()))
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setMaxChunkSize(64 * 1024);
            return vertx.createHttpServer(options)
                    .connectionHandler(RequestTrailers::keep)
                    .requestHandler(InvokeServer.this::handle)
                    .listen(at, config.host())
                    .onSuccess((HttpServer server) -> port.set(server.actualPort()));
        }
    }

    private void handle(HttpServerRequest http) {
        switch (door.enter(http)) {
            case Door.Entry.Node(var json) -> tell(http, json);
            case Door.Entry.Shut(int status) -> answer(http, FixedAnswer.empty(status));
            case Door.Entry.Open entry -> route(http, entry);
        }
    }

    private void tell(HttpServerRequest http, Supplier<byte[]> json) {
        var context = vertx.getOrCreateContext();
        var ignored = Thread.ofVirtual().name("numbers").start(() -> {
            var said = FixedAnswer.json(json.get());
            context.runOnContext(done -> answer(http, said));
        });
    }

    private void route(HttpServerRequest http, Door.Entry.Open entry) {
        var target = RequestTarget.of(http);
        if (target.isEmpty()) {
            answer(http, FixedAnswer.empty(400));
            return;
        }
        switch (entry.app().router().match(target.get().path())) {
            case RouteMatch.ToNobody ignored -> answer(http, FixedAnswer.empty(404));
            case RouteMatch.ToHealth ignored -> answer(http, FixedAnswer.health());
            case RouteMatch.ToInfo ignored -> answer(http, FixedAnswer.info(entry.app()));
            case RouteMatch.ToStatic(var fixed) -> answer(http, FixedAnswer.of(fixed));
            case RouteMatch.ToComponent(var id, var route) ->
                invoke(http, entry, target.get(), entry.app().component(id).orElseThrow(), route);
        }
    }

    private void invoke(
            HttpServerRequest http,
            Door.Entry.Open entry,
            RequestTarget target,
            HostedComponent component,
            MatchedRoute route) {
        var headers = visible(http.headers());
        if (!utf8(headers)) {
            answer(http, FixedAnswer.empty(500));
            return;
        }
        var traffic = invoker.traffic(entry.app());
        traffic.count(Counted.REQUESTS, 1);
        var refused =
                invoker.refused(entry.app()).or(() -> tooLarge(http, traffic)).or(() -> full(traffic.enter()));
        if (refused.isPresent()) {
            answer(http, refused.get());
            return;
        }
        var arrival = new Arrival(route, entry.scheme(), target.authority(), target.pathWithQuery(), entry.client());
        int buffer = Math.toIntExact(config.bodyBuffer().bytes());
        var upload = new BodyPipe(buffer);
        var incoming = new HttpIncoming(
                http.method().name(),
                target.pathWithQuery(),
                entry.scheme(),
                target.authority(),
                headers,
                upload.source());
        var stop = invoker.newStop();
        var context = vertx.getOrCreateContext();
        var caller = new HttpCaller(http, context, new BodyPipe(buffer), upload, stop, traffic);
        var deadline = System.nanoTime() + invoker.limits().wall().toNanos();
        // Handlers are set before the guest can begin: it may answer before this method returns.
        caller.watch(() -> visible(RequestTrailers.of(http)));
        Inflow.start(http, context, upload.sink());
        if (!invoker.invoke(new Invocation(entry.app(), component, arrival, incoming, caller, stop, deadline, 0))) {
            traffic.leave();
            traffic.count(Counted.QUEUE, 1);
            answer(http, QUEUE_FULL);
            // Nobody reads the body: it must not stop the connection.
            upload.source().close();
        }
    }

    /** Of a request that says how long it is; what says nothing breaks off when it is too long. */
    private Optional<FixedAnswer> tooLarge(HttpServerRequest http, AppTraffic traffic) {
        var max = invoker.limits().requestBytes();
        var length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || (length.length() < MANY_DIGITS && Long.parseLong(length) <= max.bytes())) {
            return Optional.empty();
        }
        traffic.count(Counted.REQUEST_BYTES, 1);
        return Optional.of(FixedAnswer.refused(413, "The request is larger than " + max + "."));
    }

    private static Optional<FixedAnswer> full(AppTraffic.Entry entry) {
        return switch (entry) {
            case OPEN -> Optional.empty();
            case APP_FULL -> Optional.of(APP_FULL);
            case TENANT_FULL -> Optional.of(TENANT_FULL);
        };
    }

    /** What the guest may see of the client's headers or trailers; nobody but us says {@code spin-}. */
    private List<Header> visible(MultiMap lines) {
        var headers = new ArrayList<Header>();
        for (var header : HeaderLines.read(lines)) {
            if (!door.internal(header.name()) && !SpinHeaders.reserved(header.name())) {
                headers.add(header);
            }
        }
        return headers;
    }

    private static boolean utf8(List<Header> headers) {
        for (var header : headers) {
            for (byte b : header.value()) {
                if (b < 0) {
                    try {
                        var ignored = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header.value()));
                    } catch (CharacterCodingException e) {
                        return false;
                    }
                    break;
                }
            }
        }
        return true;
    }

    static void answer(HttpServerRequest http, FixedAnswer fixed) {
        var response = http.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(fixed.status());
        HeaderLines.write(fixed.headers(), response.headers());
        response.end(io.vertx.core.buffer.Buffer.buffer(fixed.body()));
    }
}
