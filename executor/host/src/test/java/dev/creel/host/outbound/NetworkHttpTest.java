package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.trailer.RequestTrailers;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.wasi.http.BodySource.Chunk;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkHttpTest {
    private static final AppId APP = AppId.random();

    private final Vertx vertx = Vertx.vertx();
    private final NetworkHttp network;
    private final Permits run;

    NetworkHttpTest() throws IOException {
        network = new NetworkHttp(vertx, OutboundConfig.DEFAULTS.withPrivateNetworks(true));
        run = network.newRun();
    }

    @AfterEach
    void close() {
        network.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sendsARequestAndReceivesItsResponse() throws Exception {
        int port = serve(http -> http.body()
                .onSuccess(body -> http.response()
                        .setStatusCode(201)
                        .putHeader("x-method", http.method().name())
                        .putHeader("x-host", http.getHeader("host"))
                        .putHeader("x-te", String.valueOf(http.getHeader("content-length")))
                        .putHeader("x-given", http.getHeader("x-mine"))
                        .end(body)));
        var exchange = send("POST", port, "/a?b=c");
        exchange.body().write(bytes("hello"));
        exchange.body().end(Optional.empty());
        var response = response(exchange);
        assertEquals(201, response.status());
        assertEquals("POST", header(response, "x-method"));
        assertEquals("127.0.0.1:" + port, header(response, "x-host"));
        assertEquals("5", header(response, "x-te"));
        assertEquals("42", header(response, "x-given"));
        assertEquals("hello", new String(readAll(response), StandardCharsets.UTF_8));
    }

    @Test
    void streamsLargeBodiesBothWaysWithoutHoldingThem() throws Exception {
        int port = serve(http -> {
            http.response().setChunked(true);
            http.pipeTo(http.response());
        });
        var exchange = send("POST", port, "/");
        var sink = exchange.body();
        var changed = new Semaphore(0);
        sink.onChange(changed::release);
        long total = 20_000_000;
        var writer = Thread.ofVirtual().start(() -> {
            long left = total;
            while (left > 0) {
                long room = sink.room();
                if (room == 0) {
                    changed.acquireUninterruptibly();
                    continue;
                }
                assertTrue(room <= OutboundConfig.DEFAULTS.bodyBuffer().bytes());
                int n = (int) Math.min(Math.min(room, 10_000), left);
                sink.write(new byte[n]);
                left -= n;
            }
            sink.end(Optional.empty());
        });
        var response = response(exchange);
        assertEquals(total, readAll(response).length);
        writer.join();
    }

    @Test
    void tellsARefusedConnection() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertEquals("connection-refused", failure(send("GET", port, "/")));
    }

    @Test
    void forbidsPrivateAddressesAndNamesOfThem() throws IOException {
        try (var strict = new NetworkHttp(vertx, OutboundConfig.DEFAULTS)) {
            for (var host : List.of("127.0.0.1", "localhost", "::1")) {
                var exchange = strict.send(APP, run, request("GET", "x", "/"), new Destination(false, host, 80));
                assertEquals("destination-IP-prohibited", failure(exchange), host);
            }
        }
    }

    @Test
    void tellsANameThatDoesNotResolve() {
        var exchange = network.send(APP, run, request("GET", "x", "/"), new Destination(false, "nobody.invalid", 80));
        assertEquals("DNS-error", failure(exchange));
    }

    @Test
    void givesUpWhenNoResponseComes() throws Exception {
        int port = serve(http -> {});
        var request = new HttpOutgoing(
                "GET",
                Optional.of("http"),
                Optional.of("x"),
                "/",
                List.of(),
                -1,
                Optional.empty(),
                Optional.of(Duration.ofMillis(50)),
                Optional.empty());
        var exchange = network.send(APP, run, request, new Destination(false, "127.0.0.1", port));
        exchange.body().end(Optional.empty());
        assertEquals("connection-read-timeout", failure(exchange));
    }

    @Test
    void breaksOffWhenTheBodyStalls() throws Exception {
        int port = serve(http -> http.response().setChunked(true).write("some"));
        var request = new HttpOutgoing(
                "GET",
                Optional.of("http"),
                Optional.of("x"),
                "/",
                List.of(),
                -1,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofMillis(50)));
        var exchange = network.send(APP, run, request, new Destination(false, "127.0.0.1", port));
        exchange.body().end(Optional.empty());
        var broken = assertInstanceOf(Chunk.Broken.class, lastChunk(response(exchange)));
        assertEquals("connection-read-timeout", broken.code().name());
    }

    @Test
    void tellsAResponseThatBreaksOff() throws Exception {
        int port = serve(http -> http.response()
                .putHeader("content-length", "100")
                .write("some")
                .onComplete(ignored -> http.connection().close()));
        var exchange = send("GET", port, "/");
        exchange.body().end(Optional.empty());
        var broken = assertInstanceOf(Chunk.Broken.class, lastChunk(response(exchange)));
        assertEquals("HTTP-response-incomplete", broken.code().name());
    }

    @Test
    void refusesAResponseHeadBeyondItsLimit() throws Exception {
        int port = serve(
                http -> http.response().putHeader("x-big", "v".repeat(200_000)).end());
        var exchange = send("GET", port, "/");
        exchange.body().end(Optional.empty());
        assertEquals("HTTP-protocol-error", failure(exchange));
        assertEquals(ByteSize.ofKiB(128), OutboundConfig.DEFAULTS.headersMax());
    }

    @Test
    void closesTheConnectionOfACancelledRequest() throws Exception {
        var gone = new CompletableFuture<Void>();
        var came = new CompletableFuture<Void>();
        int port = serve(http -> {
            http.connection().closeHandler(ignored -> gone.complete(null));
            came.complete(null);
        });
        var exchange = send("GET", port, "/");
        exchange.body().end(Optional.empty());
        came.get(10, TimeUnit.SECONDS);
        exchange.cancel().run();
        gone.get(10, TimeUnit.SECONDS);
        assertEquals("connection-terminated", failure(exchange));
    }

    @Test
    void followsNoRedirect() throws Exception {
        int port = serve(http -> http.response()
                .setStatusCode(302)
                .putHeader("location", "/elsewhere")
                .end());
        var exchange = send("GET", port, "/");
        exchange.body().end(Optional.empty());
        assertEquals(302, response(exchange).status());
    }

    @Test
    void sendsTrailersThatARequestAnnouncedAndLeavesOthersOut() throws Exception {
        int port = serve(http ->
                http.body().onSuccess(body -> http.response().end(body.appendString(" " + RequestTrailers.of(http)))));
        var trailers = Optional.of(List.of(new Header("x-sum", bytes("7"))));
        var silent = send("POST", port, "/");
        silent.body().write(bytes("hello"));
        silent.body().end(trailers);
        assertEquals("hello ", new String(readAll(response(silent)), StandardCharsets.UTF_8));

        var request = new HttpOutgoing(
                "POST",
                Optional.of("http"),
                Optional.of("x"),
                "/",
                List.of(new Header("trailer", bytes("x-sum"))),
                -1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var announced = network.send(APP, run, request, new Destination(false, "127.0.0.1", port));
        announced.body().write(bytes("hello"));
        announced.body().end(trailers);
        assertEquals("hello x-sum=7\n", new String(readAll(response(announced)), StandardCharsets.UTF_8));
    }

    @Test
    void handsTheTrailersOfAResponseOn() throws Exception {
        int port = serve(http -> {
            http.response().setChunked(true).write("body");
            http.response().putTrailer("x-sum", "7");
            http.response().end();
        });
        var exchange = send("GET", port, "/");
        exchange.body().end(Optional.empty());
        var end = assertInstanceOf(Chunk.End.class, lastChunk(response(exchange)));
        assertEquals("x-sum", end.trailers().orElseThrow().getFirst().name());
    }

    private int serve(io.vertx.core.Handler<HttpServerRequest> handler) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(RequestTrailers::keep)
                .requestHandler(handler);
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private Exchange send(String method, int port, String path) {
        return network.send(
                APP, run, request(method, "127.0.0.1:" + port, path), new Destination(false, "127.0.0.1", port));
    }

    private static HttpOutgoing request(String method, String authority, String path) {
        return new HttpOutgoing(
                method,
                Optional.of("http"),
                Optional.of(authority),
                path,
                List.of(new Header("x-mine", bytes("42"))),
                -1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Answer.Response response(Exchange exchange) throws Exception {
        return assertInstanceOf(Answer.Response.class, exchange.answer().get(10, TimeUnit.SECONDS));
    }

    private static String failure(Exchange exchange) {
        return assertInstanceOf(
                        Answer.Failed.class,
                        exchange.answer().orTimeout(10, TimeUnit.SECONDS).join())
                .code()
                .name();
    }

    private static String header(Answer.Response response, String name) {
        return response.headers().stream()
                .filter(h -> h.name().equals(name))
                .map(h -> new String(h.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] readAll(Answer.Response response) {
        var changed = new Semaphore(0);
        response.body().onChange(changed::release);
        var all = new java.io.ByteArrayOutputStream();
        while (true) {
            switch (response.body().poll(65536)) {
                case Chunk.Bytes(var bytes) -> all.writeBytes(bytes);
                case Chunk.Empty ignored -> changed.acquireUninterruptibly();
                case Chunk.End ignored -> {
                    return all.toByteArray();
                }
                case Chunk.Broken(var code) -> throw new AssertionError("broken: " + code);
            }
        }
    }

    private static Chunk lastChunk(Answer.Response response) {
        var changed = new Semaphore(0);
        response.body().onChange(changed::release);
        while (true) {
            var chunk = response.body().poll(65536);
            switch (chunk) {
                case Chunk.Bytes ignored -> {}
                case Chunk.Empty ignored -> changed.acquireUninterruptibly();
                case Chunk.End ignored -> {
                    return chunk;
                }
                case Chunk.Broken ignored -> {
                    return chunk;
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), text.length());
    }
}
