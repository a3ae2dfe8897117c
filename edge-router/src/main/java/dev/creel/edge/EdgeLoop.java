package dev.creel.edge;

import dev.creel.chassis.trailer.RequestTrailers;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One event loop of the edge: its share of the connections, and its own connections to upstreams. */
final class EdgeLoop implements Deployable {
    private final EdgeConfig config;
    private final Hosts hosts;
    private final Admission admission;
    private final String key;
    /** Guards {@code connectionsMax}; shared by all loops. */
    private final AtomicInteger connections;

    private final List<HttpServer> servers = new ArrayList<>();
    private @Nullable HttpClient client;

    EdgeLoop(EdgeConfig config, Hosts hosts, Admission admission, String key, AtomicInteger connections) {
        this.config = config;
        this.hosts = hosts;
        this.admission = admission;
        this.key = key;
        this.connections = connections;
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        var upstreamClient =
                vertx.createHttpClient(clientOptions(), new PoolOptions().setHttp1MaxSize(config.requestsMax()));
        client = upstreamClient;
        var forwarder = new Forwarder(context, upstreamClient, config, hosts, key);
        Future<?> all = Future.succeededFuture();
        for (int i = 0; i < config.listen().size(); i++) {
            var address = config.listen().get(i);
            // All loops of a deployment share the free port that a number below zero stands for.
            int port = address.port() == 0 ? -1 - i : address.port();
            all = all.compose(ignored -> listen(vertx, address, port, forwarder));
        }
        return all;
    }

    private Future<?> listen(Vertx vertx, ListenAddress address, int port, Forwarder forwarder) {
        var server = vertx.createHttpServer(serverOptions());
        servers.add(server);
        return server.requestHandler(request -> handle(request, forwarder))
                .connectionHandler(this::count)
                .listen(port, address.host())
                .recover(e ->
                        Future.failedFuture(new IOException("cannot listen on " + address + ": " + e.getMessage(), e)));
    }

    /** The ports that this loop's servers are bound to, in the order of the addresses. */
    List<Integer> ports() {
        return servers.stream().map(HttpServer::actualPort).toList();
    }

    private void count(HttpConnection connection) {
        if (connections.incrementAndGet() > config.connectionsMax()) {
            connections.decrementAndGet();
            connection.close();
        } else {
            connection.closeHandler(ignored -> connections.decrementAndGet());
            RequestTrailers.keep(connection);
        }
    }

    private void handle(HttpServerRequest request, Forwarder forwarder) {
        switch (EdgeCall.of(request)) {
            case EdgeCall.Refused refused -> refuse(request, Refusal.of(refused.status(), refused.reason()));
            case EdgeCall.Valid call -> {
                switch (hosts.find(call)) {
                    case Destination.Nowhere nowhere ->
                        refuse(request, Refusal.of(404, "There is no application at " + call.host() + "."));
                    case Destination.Waiting waiting ->
                        refuse(request, Refusal.later(503, "The application is not ready yet; try again."));
                    case Destination.Platform api ->
                        admit(request, admission.platform(), permit -> forwarder.send(request, call, api, permit));
                    case Destination.App app ->
                        admit(
                                request,
                                admission.app(app.route().tenant()),
                                permit -> forwarder.send(request, call, app, permit));
                }
            }
        }
    }

    private void admit(HttpServerRequest request, Admission.Verdict verdict, Consumer<Admission.Permit> go) {
        switch (verdict) {
            case Admission.Permit permit -> go.accept(permit);
            case Admission.TenantFull full ->
                refuse(request, Refusal.later(429, "Too many requests to this account at once."));
            case Admission.EdgeFull full -> refuse(request, Refusal.later(503, "Too many requests at once."));
        }
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        refusal.send(request.response());
        Leftover.drop(request, config.leftoverMax());
    }

    private HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(Math.toIntExact(config.requestLineMax().bytes()))
                .setMaxHeaderSize(Math.toIntExact(config.headersMax().bytes()))
                .setMaxChunkSize(64 * 1024)
                .setIdleTimeout(Math.toIntExact(config.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(true);
    }

    private HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setMaxHeaderSize(Math.toIntExact(config.headersMax().bytes()))
                .setMaxChunkSize(64 * 1024)
                .setConnectTimeout(Math.toIntExact(config.connectWithin().toMillis()))
                .setKeepAliveTimeout(Math.toIntExact(config.upstreamIdle().toSeconds()));
    }

    @Override
    public Future<?> undeploy(Context context) {
        var closed =
                servers.stream().map(server -> server.shutdown(config.drain())).toList();
        return Future.join(closed).eventually(() -> client == null ? Future.succeededFuture() : client.close());
    }
}
