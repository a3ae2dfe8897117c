package dev.creel.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.trailer.RequestTrailers;
import dev.creel.contract.board.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are long, slow or cut. */
@Timeout(60)
class EdgeStreamingTest {
    private static final int LARGE = 100 * 1024 * 1024;

    private final Edges edges = new Edges();

    @AfterEach
    void stop() {
        edges.close();
    }

    private void start(Endpoint app) throws Exception {
        start(Edges.CONFIG, app);
    }

    private void start(EdgeConfig config, Endpoint app) throws Exception {
        edges.app("app.test", app);
        edges.start(config);
    }

    private static EdgeConfig impatient(Duration answerWithin, Duration idle) {
        var c = Edges.CONFIG;
        return new EdgeConfig(
                c.listen(),
                c.domain(),
                1,
                c.requestLineMax(),
                c.headersMax(),
                c.connectionsMax(),
                c.requestsMax(),
                c.requestsMaxPerTenant(),
                c.leftoverMax(),
                c.connectWithin(),
                answerWithin,
                idle,
                c.upstreamIdle(),
                c.drain());
    }

    private static void post(Socket socket, long length) throws IOException {
        Edges.send(socket, "POST / HTTP/1.1\r\nHost: app.test\r\nContent-Length: " + length + "\r\n\r\n");
    }

    private static void get(Socket socket) throws IOException {
        Edges.send(socket, "GET / HTTP/1.1\r\nHost: app.test\r\n\r\n");
    }

    /** Sends {@code length} bytes in the background, counting. */
    private static CompletableFuture<Void> fill(Socket socket, long length, AtomicLong sent) {
        return CompletableFuture.runAsync(() -> {
            var chunk = new byte[64 * 1024];
            Arrays.fill(chunk, (byte) 'x');
            try {
                for (long left = length; left > 0; left -= chunk.length) {
                    socket.getOutputStream().write(chunk, 0, (int) Math.min(left, chunk.length));
                    sent.addAndGet(chunk.length);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits until {@code count} has not changed for a while, and returns it. */
    private static long settled(AtomicLong count) throws InterruptedException {
        long before = -1;
        while (count.get() != before || before <= 0) {
            before = count.get();
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return before;
    }

    /** Echoes with back pressure. */
    private static void echo(HttpServerRequest request) {
        var response = request.response();
        response.putHeader("content-length", request.getHeader("content-length"));
        request.pipeTo(response);
    }

    @Test
    void streamsALargeBodyBothWaysWhole() throws Exception {
        start(edges.upstream(EdgeStreamingTest::echo));
        try (var socket = edges.connect()) {
            post(socket, LARGE);
            var sent = fill(socket, LARGE, new AtomicLong());
            var in = socket.getInputStream();
            var head = Edges.readUntil(in, "\r\n\r\n");
            assertTrue(head.contains("content-length: " + LARGE), head);
            var expected = MessageDigest.getInstance("SHA-256");
            var chunk = new byte[1024 * 1024];
            Arrays.fill(chunk, (byte) 'x');
            for (int i = 0; i < LARGE; i += chunk.length) {
                expected.update(chunk);
            }
            assertArrayEquals(expected.digest(), digest(in, LARGE));
            sent.get(10, TimeUnit.SECONDS);
        }
    }

    private static byte[] digest(InputStream in, long length) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            var chunk = new byte[64 * 1024];
            for (long left = length; left > 0; ) {
                int n = in.read(chunk, 0, (int) Math.min(left, chunk.length));
                assertTrue(n > 0, left + " bytes are missing");
                out.write(chunk, 0, n);
                left -= n;
            }
        }
        return sha.digest();
    }

    @Test
    void makesTheUpstreamWaitForASlowClient() throws Exception {
        var written = new AtomicLong();
        start(edges.upstream(request -> {
            request.response().setChunked(true);
            writeAll(request, written, LARGE);
        }));
        try (var socket = edges.connect()) {
            get(socket);
            long before = settled(written);
            assertTrue(before < LARGE / 2, "written " + before);
        }
    }

    private static void writeAll(HttpServerRequest request, AtomicLong written, long total) {
        var response = request.response();
        var chunk = Buffer.buffer(new byte[64 * 1024]);
        while (written.get() < total && !response.closed()) {
            response.write(chunk);
            written.addAndGet(chunk.length());
            if (response.writeQueueFull()) {
                response.drainHandler(ignored -> writeAll(request, written, total));
                return;
            }
        }
    }

    @Test
    void makesTheClientWaitForASlowUpstream() throws Exception {
        var go = new CompletableFuture<HttpServerRequest>();
        start(edges.upstream(request -> {
            request.pause();
            go.complete(request);
        }));
        try (var socket = edges.connect()) {
            var sent = new AtomicLong();
            post(socket, LARGE);
            var sending = fill(socket, LARGE, sent);
            long before = settled(sent);
            assertTrue(before < LARGE / 2, "sent " + before);
            var received = new AtomicLong();
            var request = go.join();
            Vertx vertx = edges.vertx();
            vertx.runOnContext(ignored -> {
                request.handler(chunk -> received.addAndGet(chunk.length()));
                request.endHandler(end -> request.response().end());
                request.resume();
            });
            assertTrue(Edges.readUntil(socket.getInputStream(), "\r\n\r\n").startsWith("HTTP/1.1 200 "));
            assertEquals(LARGE, received.get());
            sending.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void cutsTheUpstreamWhenTheClientLeavesInTheMiddleOfItsBody() throws Exception {
        var got = new CountDownLatch(1);
        var cut = new CompletableFuture<Throwable>();
        start(edges.upstream(request -> {
            request.handler(ignored -> got.countDown());
            request.exceptionHandler(cut::complete);
            request.endHandler(ignored -> cut.completeExceptionally(new AssertionError("the body seemed whole")));
        }));
        try (var socket = edges.connect()) {
            post(socket, 100);
            Edges.send(socket, "abc");
            got.await();
        }
        cut.get(10, TimeUnit.SECONDS);
    }

    @Test
    void cutsTheUpstreamWhenTheClientLeavesBeforeTheAnswer() throws Exception {
        var got = new CountDownLatch(1);
        var cut = new CountDownLatch(1);
        start(edges.upstream(request -> {
            request.response().closeHandler(ignored -> cut.countDown());
            got.countDown();
        }));
        try (var socket = edges.connect()) {
            get(socket);
            got.await();
        }
        assertTrue(cut.await(10, TimeUnit.SECONDS));
    }

    @Test
    void cutsTheUpstreamWhenTheClientLeavesInTheMiddleOfTheAnswer() throws Exception {
        var cut = new CountDownLatch(1);
        start(edges.upstream(request -> {
            request.response().closeHandler(ignored -> cut.countDown());
            request.response().setChunked(true);
            writeAll(request, new AtomicLong(), Long.MAX_VALUE);
        }));
        try (var socket = edges.connect()) {
            get(socket);
            Edges.readUntil(socket.getInputStream(), "\r\n\r\n");
        }
        assertTrue(cut.await(10, TimeUnit.SECONDS));
    }

    @Test
    void sendsTheHeadAndEachPieceAtOnce() throws Exception {
        var waiting = new CompletableFuture<HttpServerRequest>();
        start(edges.upstream(request -> {
            request.response().setChunked(true).writeHead();
            waiting.complete(request);
        }));
        try (var socket = edges.connect()) {
            get(socket);
            assertTrue(Edges.readUntil(socket.getInputStream(), "\r\n\r\n").contains("chunked"));
            var response = waiting.join().response();
            response.write("one");
            assertEquals("3\r\none\r\n", Edges.readUntil(socket.getInputStream(), "one\r\n"));
            response.end("two");
            assertEquals("3\r\ntwo\r\n0\r\n\r\n", Edges.readUntil(socket.getInputStream(), "0\r\n\r\n"));
        }
    }

    /** A server that answers {@code text} to anything and closes the connection. */
    private static Endpoint abrupt(String text, AtomicInteger requests) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (true) {
                try (var socket = server.accept()) {
                    Edges.readUntil(socket.getInputStream(), "\r\n\r\n");
                    requests.incrementAndGet();
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return new Endpoint("127.0.0.1", server.getLocalPort());
    }

    @Test
    void cutsAnAnswerThatTheUpstreamCuts() throws Exception {
        var requests = new AtomicInteger();
        start(abrupt("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", requests));
        try (var socket = edges.connect()) {
            get(socket);
            // The connection ends though it could be used again.
            assertTrue(Edges.readUntil(socket.getInputStream(), "\0").endsWith("\r\n\r\nhalf"));
        }
        edges.app(
                "chunked.test", abrupt("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", requests));
        Edges.await(() -> {
            try {
                var answer = edges.call("GET /", "chunked.test");
                return answer.endsWith("4\r\nhalf\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void saysThatTheUpstreamBrokeAndDoesNotTryAgainOnceItWasAsked() throws Exception {
        var requests = new AtomicInteger();
        var broken = abrupt("", requests);
        edges.app("app.test", broken, broken, broken);
        edges.start(Edges.CONFIG);
        var answer = edges.call("GET /", "app.test");
        assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
        assertEquals(1, requests.get());
    }

    @Test
    void refusesAnswersThatAreNotHttp() throws Exception {
        start(abrupt("hello\r\n\r\n", new AtomicInteger()));
        assertTrue(edges.call("GET /", "app.test").startsWith("HTTP/1.1 502 "));
    }

    @Test
    void givesUpAnUpstreamThatDoesNotAnswer() throws Exception {
        start(impatient(Duration.ofMillis(300), Duration.ofSeconds(20)), edges.upstream(request -> {}));
        var answer = edges.call("GET /", "app.test");
        assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
    }

    @Test
    void cutsAnAnswerThatStandsStill() throws Exception {
        start(
                impatient(Duration.ofSeconds(20), Duration.ofMillis(600)),
                edges.upstream(request -> request.response().setChunked(true).write("half")));
        assertTrue(edges.call("GET /", "app.test").endsWith("4\r\nhalf\r\n"));
    }

    @Test
    void answersBeforeTheRequestIsCompleteAndKeepsTheConnection() throws Exception {
        start(edges.upstream(request -> request.response().setStatusCode(403).end("no")));
        try (var socket = edges.connect()) {
            post(socket, 300_000);
            assertTrue(Edges.readUntil(socket.getInputStream(), "\r\n\r\nno").startsWith("HTTP/1.1 403 "));
            fill(socket, 300_000, new AtomicLong()).get(10, TimeUnit.SECONDS);
            get(socket);
            assertTrue(Edges.readUntil(socket.getInputStream(), "\r\n\r\nno").startsWith("HTTP/1.1 403 "));
        }
    }

    @Test
    void closesTheConnectionWhenTheRestOfAnAnsweredRequestIsTooMuch() throws Exception {
        start(edges.upstream(request -> request.response().setStatusCode(403).end("no")));
        try (var socket = edges.connect()) {
            post(socket, LARGE);
            assertTrue(Edges.readUntil(socket.getInputStream(), "\r\n\r\nno").startsWith("HTTP/1.1 403 "));
            var sent = new AtomicLong();
            var failed = fill(socket, LARGE, sent).handle((ignored, e) -> e != null);
            assertTrue(failed.get(20, TimeUnit.SECONDS));
            assertTrue(sent.get() < LARGE / 2, "sent " + sent);
        }
    }

    @Test
    void asksForTheBodyWhenTheClientWantsToBeAsked() throws Exception {
        start(edges.upstream(request ->
                request.body().onSuccess(body -> request.response().end(body + " " + request.getHeader("expect")))));
        try (var socket = edges.connect()) {
            Edges.send(
                    socket, "POST / HTTP/1.1\r\nHost: app.test\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertTrue(Edges.readUntil(socket.getInputStream(), "\r\n\r\n").startsWith("HTTP/1.1 100 "));
            Edges.send(socket, "ok");
            assertTrue(Edges.readUntil(socket.getInputStream(), "ok null").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void keepsTheFramingOfRequests() throws Exception {
        start(edges.upstream(request -> request.body()
                .onSuccess(body -> request.response()
                        .end(request.getHeader("content-length") + " " + request.getHeader("transfer-encoding") + " "
                                + body))));
        assertTrue(edges.raw("DELETE / HTTP/1.1\r\nHost: app.test\r\nContent-Length: 2\r\n\r\n{}", "2 null {}")
                .contains("2 null {}"));
        assertTrue(edges.raw(
                        "POST / HTTP/1.1\r\nHost: app.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "null chunked abc")
                .contains("null chunked abc"));
        assertTrue(edges.raw("POST / HTTP/1.1\r\nHost: app.test\r\nContent-Length: 0\r\n\r\n", "0 null ")
                .contains("0 null "));
        assertTrue(edges.raw("GET / HTTP/1.1\r\nHost: app.test\r\n\r\n", "null null ")
                .contains("null null "));
    }

    @Test
    void handsTrailersToClientsThatTakeThem() throws Exception {
        start(edges.upstream(request -> {
            var response = request.response().setChunked(true);
            response.putTrailer("x-sum", request.getHeader("te") == null ? "unasked" : "42");
            response.end("body");
        }));
        var taken = edges.call("GET /", "app.test", "TE: trailers, deflate");
        assertTrue(taken.endsWith("0\r\nx-sum: 42\r\n\r\n"), taken);
        assertFalse(edges.call("GET /", "app.test").contains("x-sum"));
    }

    @Test
    void handsTheTrailersOfARequestToTheUpstream() throws Exception {
        start(edges.upstream(request -> request.endHandler(
                ignored -> request.response().end(RequestTrailers.of(request).toString()))));
        for (var body : List.of("0\r\n", "3\r\nabc\r\n0\r\n")) {
            var answer = edges.raw(
                    "POST / HTTP/1.1\r\nHost: app.test\r\nTransfer-Encoding: chunked\r\n\r\n" + body
                            + "X-Sum: 42\r\nCreel-Key: stolen\r\nSpin-Full-Url: forged\r\n\r\n",
                    "X-Sum=42\n");
            assertTrue(answer.endsWith("\r\n\r\nX-Sum=42\n"), answer);
        }
    }

    /** Trailers are a second block of headers there; in each case a body, none, and none of both. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, true", "true, false", "false, false"})
    void handsTheTrailersOfAnHttp2RequestOn(boolean body, boolean trailers) throws Exception {
        start(edges.upstream(request -> request.endHandler(
                ignored -> request.response().end("trailers: " + RequestTrailers.of(request) + "."))));
        var text = new StringBuilder("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").append(frame(4, 0, 0, ""));
        var head =
                line(":method", "POST") + line(":scheme", "http") + line(":path", "/") + line(":authority", "app.test");
        text.append(frame(1, body || trailers ? END_HEADERS : END_HEADERS | END_STREAM, 1, head));
        if (body) {
            text.append(frame(0, trailers ? 0 : END_STREAM, 1, "abc"));
        }
        if (trailers) {
            text.append(frame(1, END_HEADERS | END_STREAM, 1, line("x-sum", "42") + line("creel-key", "stolen")));
        }
        var wanted = trailers ? "trailers: x-sum=42\n." : "trailers: .";
        var answer = edges.raw(text.toString(), wanted);
        assertTrue(answer.endsWith(wanted), answer);
    }

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** RFC 9113 §4.1. */
    private static String frame(int type, int flags, int stream, String payload) {
        return "\0\0" + (char) payload.length() + (char) type + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    /** A literal header field without indexing (RFC 7541 §6.2.2). */
    private static String line(String name, String value) {
        return "\0" + (char) name.length() + name + (char) value.length() + value;
    }

    @Test
    void answersClientsOfHttp10WithoutChunks() throws Exception {
        start(edges.upstream(request -> {
            var response = request.response().setChunked(true);
            response.write("one");
            response.end("two");
        }));
        var answer = edges.raw("GET / HTTP/1.0\r\nHost: app.test\r\n\r\n", "\0");
        assertTrue(answer.endsWith("\r\n\r\nonetwo") && !answer.contains("chunked"), answer);
        var kept = edges.raw("GET / HTTP/1.0\r\nHost: app.test\r\nConnection: keep-alive\r\n\r\n", "\0");
        assertTrue(kept.endsWith("\r\n\r\nonetwo"), kept);
    }

    @Test
    void finishesRunningRequestsBeforeItCloses() throws Exception {
        var waiting = new CompletableFuture<HttpServerRequest>();
        start(edges.upstream(waiting::complete));
        try (var idle = edges.connect();
                var socket = edges.connect()) {
            get(socket);
            var request = waiting.get(10, TimeUnit.SECONDS);
            var closing = CompletableFuture.runAsync(() -> edges.server().close());
            assertEquals(-1, idle.getInputStream().read(), "it has begun to close");
            request.response().end("late");
            assertTrue(Edges.readUntil(socket.getInputStream(), "late").endsWith("late"));
            closing.get(10, TimeUnit.SECONDS);
        }
    }
}
