package dev.creel.edge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.trailer.RequestTrailers;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.MemoryShelf;
import dev.creel.contract.board.Route;
import dev.creel.contract.board.Routes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An edge with upstreams behind it, for one test. */
final class Edges implements AutoCloseable {
    static final String KEY = "the-key";
    static final EdgeConfig CONFIG = new EdgeConfig(
            List.of(new ListenAddress("127.0.0.1", 0)),
            new HostName("creel.test"),
            2,
            ByteSize.ofKiB(8),
            ByteSize.ofKiB(16),
            1000,
            1000,
            1000,
            ByteSize.ofMiB(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1));

    private final Vertx vertx = Vertx.vertx();
    private final MemoryShelf<Routes> routes = new MemoryShelf<>(Routes.NONE);
    private final Map<HostName, Route> byHost = new HashMap<>();
    private final List<HttpServer> upstreams = new ArrayList<>();
    private @Nullable EdgeServer edge;

    static Route route(Endpoint... endpoints) {
        return new Route(
                AppId.random(), TenantId.random(), RevisionId.random(), new Digest("a".repeat(64)), List.of(endpoints));
    }

    /** Waits until {@code condition} holds. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen in time");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** A server of Vert.x behind the edge. */
    Endpoint upstream(Handler<HttpServerRequest> handler) {
        var server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .connectionHandler(RequestTrailers::keep)
                .requestHandler(handler)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        upstreams.add(server);
        return new Endpoint("127.0.0.1", server.actualPort());
    }

    /** A port on which nothing listens. */
    static Endpoint nobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }

    void app(String host, Endpoint... endpoints) throws InterruptedException {
        byHost.put(new HostName(host), route(endpoints));
        routes.publish(new Routes(byHost, Set.of(), Map.of()));
    }

    /** An application that no executor holds ready. */
    void waiting(String host) {
        routes.publish(new Routes(byHost, Set.of(new HostName(host)), Map.of()));
    }

    Route routeOf(String host) {
        var route = byHost.get(new HostName(host));
        assertTrue(route != null);
        return route;
    }

    Edges start(EdgeConfig config, Endpoint api, Endpoint registry) throws IOException {
        edge = EdgeServer.start(vertx, config, new UpstreamTargets(api, registry), routes, KEY);
        return this;
    }

    /** An edge whose API and registry are nowhere. */
    Edges start(EdgeConfig config) throws IOException {
        return start(config, nobody(), nobody());
    }

    EdgeServer server() {
        assertTrue(edge != null);
        return edge;
    }

    int port() {
        return server().ports().getFirst();
    }

    Vertx vertx() {
        return vertx;
    }

    Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends {@code request} and returns all that comes back until {@code until} or the end of the connection. */
    String raw(String request, String until) throws IOException {
        try (var socket = connect()) {
            send(socket, request);
            return readUntil(socket.getInputStream(), until);
        }
    }

    /** Sends a request on a connection of its own and returns the whole answer. */
    String call(String requestLine, String host, String... headers) throws IOException {
        var text = new StringBuilder(requestLine + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (var header : headers) {
            text.append(header).append("\r\n");
        }
        return raw(text + "\r\n", "\0");
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String readUntil(InputStream in, String until) throws IOException {
        var text = new StringBuilder();
        int b;
        while ((b = in.read()) >= 0) {
            text.append((char) b);
            if (text.length() >= until.length()
                    && text.substring(text.length() - until.length()).equals(until)) {
                break;
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (edge != null) {
            edge.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
