package dev.creel.chassis.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.Problem;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpListenerTest {
    private static Vertx vertx;

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable HttpListener listener;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        client.close();
        if (listener != null) {
            listener.close();
        }
    }

    private HttpListener start(HttpHandler handler) throws IOException {
        return start(ListenerConfig.DEFAULTS, handler);
    }

    private HttpListener start(ListenerConfig config, HttpHandler handler) throws IOException {
        var started = HttpListener.start(vertx, config.withTimes(config.idle(), Duration.ofSeconds(2)), handler);
        listener = started;
        return started;
    }

    private HttpRequest.Builder to(String target) {
        assertNotNull(listener);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + target))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends raw bytes and returns all that comes back until the server closes or {@code until} was seen. */
    private String raw(String request, String until) throws IOException {
        assertNotNull(listener);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return readUntil(socket.getInputStream(), until);
        }
    }

    private static String readUntil(InputStream in, String until) throws IOException {
        var text = new StringBuilder();
        int b;
        while ((b = in.read()) >= 0) {
            text.append((char) b);
            if (text.toString().endsWith(until)) {
                break;
            }
        }
        return text.toString();
    }

    @Test
    void handsTheRequestToTheHandlerAndItsAnswerBack() throws Exception {
        start(exchange -> {
            var text = exchange.method() + " " + exchange.path() + " "
                    + exchange.rawQuery().orElse("-") + " "
                    + exchange.parameters("a") + " " + exchange.header("X-Test").orElse("-") + " "
                    + new String(exchange.bodyBytes(), StandardCharsets.UTF_8);
            exchange.respond(201, HttpFields.of("x-back", "1", "x-back", "2"), text.getBytes(StandardCharsets.UTF_8));
        });
        var answer =
                send(to("/p%2Fq/r?a=1+2&a=%33&b").header("x-test", "t").method("PUT", BodyPublishers.ofString("body")));
        assertEquals(201, answer.statusCode());
        assertEquals("PUT /p%2Fq/r a=1+2&a=%33&b [1 2, 3] t body", answer.body());
        assertEquals(java.util.List.of("1", "2"), answer.headers().allValues("x-back"));
    }

    @Test
    void readsBodiesOfGetAndDelete() throws Exception {
        start(exchange -> exchange.respond(200, HttpFields.NONE, exchange.bodyBytes()));
        for (var method : new String[] {"GET", "DELETE"}) {
            assertEquals(
                    "{}",
                    send(to("/").method(method, BodyPublishers.ofString("{}"))).body());
        }
    }

    @Test
    void acceptsTargetsInAbsoluteForm() throws Exception {
        start(exchange -> exchange.respond(
                200,
                HttpFields.NONE,
                (exchange.path() + " " + exchange.rawQuery().orElse("-")).getBytes(StandardCharsets.UTF_8)));
        var answer = raw("GET http://registry.cloud.test/v2/?n=1 HTTP/1.1\r\nHost: registry.cloud.test\r\n\r\n", "n=1");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.endsWith("/v2/ n=1"), answer);
    }

    @Test
    void answersProblemsInTheFormThatTheSpinClientPrints() throws Exception {
        start(exchange -> {
            throw new ProblemException(ProblemCode.NOT_FOUND, "App \"hello\" was not found.");
        });
        var answer = send(to("/api/apps/1"));
        assertEquals(404, answer.statusCode());
        assertEquals(
                "application/json; charset=utf-8",
                answer.headers().firstValue("content-type").orElse(""));
        assertTrue(answer.body().contains("\"detail\":\"App \\\"hello\\\" was not found.\""), answer.body());
        assertTrue(answer.body().contains("\"status\":404"), answer.body());
        assertTrue(answer.body().contains("\"title\":\"The specified resource was not found.\""), answer.body());
    }

    @Test
    void hidesTheReasonOfAnUnexpectedFailure() throws Exception {
        start(exchange -> {
            throw new IllegalStateException("secret of the house");
        });
        var answer = send(to("/"));
        assertEquals(500, answer.statusCode());
        assertFalse(answer.body().contains("secret"), answer.body());
    }

    @Test
    void answersHeadWithTheLengthButNoBody() throws Exception {
        start(exchange -> exchange.respond(200, HttpFields.NONE, new byte[1234]));
        var answer = raw("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "never");
        assertTrue(answer.contains("content-length: 1234\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void answersHeadOfAStreamedBodyWithItsLength() throws Exception {
        start(exchange -> {
            try (var out = exchange.respond(200, HttpFields.NONE, OptionalLong.of(10))) {
                out.write(new byte[10]);
            }
        });
        var answer = raw("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "never");
        assertTrue(answer.contains("content-length: 10\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void streamsALargeBodyBothWaysInBoundedMemory() throws Exception {
        start(ListenerConfig.DEFAULTS.withBodyMax(ByteSize.ofMiB(200)), exchange -> {
            try (var out = exchange.respond(200, HttpFields.NONE, OptionalLong.empty())) {
                exchange.body().transferTo(out);
            }
        });
        int total = 100 * 1024 * 1024;
        assertNotNull(listener);
        // Not with the JDK's client: it reads no answer before its request is sent.
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(("POST / HTTP/1.0\r\nHost: h\r\nContent-Length: " + total + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var sent = CompletableFuture.runAsync(() -> {
                try {
                    new Repeating(total).transferTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var in = socket.getInputStream();
            var head = readUntil(in, "\r\n\r\n");
            assertTrue(head.startsWith("HTTP/1.0 200") && !head.contains("chunked"), head);
            assertArrayEquals(digest(new Repeating(total)), digest(in));
            sent.get(10, TimeUnit.SECONDS);
        }
    }

    private static byte[] digest(InputStream in) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        try (var digesting = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            in.transferTo(digesting);
        }
        return sha.digest();
    }

    @Test
    void pausesAClientWhoseHandlerReadsSlowly() throws Exception {
        var go = new CountDownLatch(1);
        var read = new AtomicLong();
        start(ListenerConfig.DEFAULTS.withBodyMax(ByteSize.ofMiB(200)), exchange -> {
            go.await();
            exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.respond(204, HttpFields.NONE, new byte[0]);
        });
        assertNotNull(listener);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            int size = 64 * 1024 * 1024;
            var sent = CompletableFuture.runAsync(() -> {
                try {
                    var out = socket.getOutputStream();
                    out.write(("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    var chunk = new byte[64 * 1024];
                    for (int i = 0; i < size; i += chunk.length) {
                        out.write(chunk);
                        read.addAndGet(chunk.length);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // Once nothing has moved for a while, what left the client sits in buffers: far less than the whole.
            long before = -1;
            while (read.get() != before || before <= 0) {
                before = read.get();
                assertFalse(sent.isDone());
                TimeUnit.MILLISECONDS.sleep(300);
            }
            assertTrue(before < size / 2, "sent " + before);
            go.countDown();
            assertTrue(readUntil(socket.getInputStream(), "\r\n\r\n").startsWith("HTTP/1.1 204"));
            sent.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void makesTheHandlerWaitForASlowClient() throws Exception {
        var written = new AtomicLong();
        int size = 64 * 1024 * 1024;
        start(exchange -> {
            try (var out = exchange.respond(200, HttpFields.NONE, OptionalLong.of(size))) {
                var chunk = new byte[64 * 1024];
                for (int i = 0; i < size; i += chunk.length) {
                    out.write(chunk);
                    written.addAndGet(chunk.length);
                }
            }
        });
        var answer = client.send(to("/").build(), BodyHandlers.ofInputStream());
        long before = -1;
        while (written.get() != before || before <= 0) {
            before = written.get();
            TimeUnit.MILLISECONDS.sleep(300);
        }
        assertTrue(before < size / 2, "written " + before);
        try (var in = answer.body()) {
            assertEquals(size, in.transferTo(OutputStream.nullOutputStream()));
        }
    }

    @Test
    void refusesABodyOverTheLimitByItsLengthAndByItsBytes() throws Exception {
        start(ListenerConfig.DEFAULTS.withBodyMax(ByteSize.ofBytes(10)), exchange -> {
            exchange.respond(200, HttpFields.NONE, exchange.bodyBytes());
        });
        assertEquals(
                200, send(to("/").POST(BodyPublishers.ofString("0123456789"))).statusCode());
        assertEquals(
                413, send(to("/").POST(BodyPublishers.ofString("0123456789a"))).statusCode());
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[11]));
        var answer = send(to("/").POST(chunked));
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("10B"), answer.body());
    }

    @Test
    void refusesHeadersAndRequestLinesOverTheLimit() throws Exception {
        start(exchange -> exchange.respond(200, HttpFields.NONE, new byte[0]));
        var longLine = raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", "\r\n\r\n");
        assertTrue(longLine.contains(" 414 "), longLine);
        var longHeader = raw("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(70_000) + "\r\n\r\n", "\r\n\r\n");
        assertTrue(longHeader.contains(" 431 "), longHeader);
    }

    @Test
    void tellsTheHandlerThatTheClientLeftInTheMiddleOfItsBody() throws Exception {
        var failure = new CompletableFuture<Throwable>();
        start(exchange -> {
            try {
                exchange.bodyBytes();
                failure.complete(new AssertionError("the body seemed whole"));
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        });
        assertNotNull(listener);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
        }
        assertTrue(
                failure.get(10, TimeUnit.SECONDS) instanceof IOException,
                failure.get().toString());
    }

    @Test
    void tellsTheHandlerThatTheClientLeftInTheMiddleOfTheAnswer() throws Exception {
        var failure = new CompletableFuture<Throwable>();
        start(exchange -> {
            try (var out = exchange.respond(200, HttpFields.NONE, OptionalLong.empty())) {
                while (true) {
                    out.write(new byte[64 * 1024]);
                }
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        });
        assertNotNull(listener);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            readUntil(socket.getInputStream(), "\r\n\r\n");
        }
        assertNotNull(failure.get(10, TimeUnit.SECONDS));
    }

    @Test
    void cutsAnAnswerWhoseHandlerFailsInTheMiddle() throws Exception {
        start(exchange -> {
            var out = exchange.respond(200, HttpFields.NONE, OptionalLong.empty());
            out.write("half".getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IllegalStateException("broken");
        });
        assertThrows(IOException.class, () -> send(to("/")));
    }

    @Test
    void cutsAnAnswerThatIsShorterThanItsLength() throws Exception {
        start(exchange -> {
            var out = exchange.respond(200, HttpFields.NONE, OptionalLong.of(10));
            out.write(new byte[3]);
        });
        assertThrows(IOException.class, () -> send(to("/")));
    }

    @Test
    void usesAConnectionAgainAfterAHandlerThatLeftTheBody() throws Exception {
        start(exchange -> exchange.respond(200, HttpFields.NONE, exchange.path().getBytes(StandardCharsets.UTF_8)));
        var body = "x".repeat(100_000);
        var answer = raw(
                "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + body
                        + "GET /second HTTP/1.1\r\nHost: h\r\n\r\n",
                "/second");
        assertTrue(answer.endsWith("/second"), answer);
    }

    /** A client that did not hear so would send its next request to a connection that is being closed. */
    @Test
    void saysThatItWillCloseAConnectionBecauseOfTheBodyThatIsLeft() throws Exception {
        start(exchange -> exchange.respond(400, HttpFields.NONE, new byte[0]));
        var head = "POST / HTTP/1.1\r\nHost: h\r\n%sContent-Length: %d\r\n\r\n";
        long most = ListenerConfig.DEFAULTS.leftoverMax().bytes();
        assertTrue(raw(head.formatted("", most + 1), "\r\n\r\n").contains("connection: close\r\n"));
        assertTrue(
                raw(head.formatted("Expect: 100-continue\r\n", 1), "\r\n\r\n").contains("connection: close\r\n"));
        assertFalse(raw(head.formatted("", most), "\r\n\r\n").contains("connection: close"));
    }

    @Test
    void asksForTheBodyOnlyWhenTheHandlerReadsIt() throws Exception {
        start(exchange -> exchange.respond(200, HttpFields.NONE, exchange.bodyBytes()));
        assertNotNull(listener);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertTrue(readUntil(socket.getInputStream(), "\r\n\r\n").startsWith("HTTP/1.1 100"));
            out.write("ok".getBytes(StandardCharsets.US_ASCII));
            assertTrue(readUntil(socket.getInputStream(), "ok").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void refusesMoreRequestsAtOnceThanTheLimit() throws Exception {
        var inside = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        start(ListenerConfig.DEFAULTS.withRequestsMax(1), exchange -> {
            inside.countDown();
            go.await();
            exchange.respond(200, HttpFields.NONE, new byte[0]);
        });
        var first = client.sendAsync(to("/").build(), BodyHandlers.ofString());
        inside.await();
        var second = send(to("/"));
        assertEquals(503, second.statusCode());
        assertEquals("1", second.headers().firstValue("retry-after").orElse(""));
        go.countDown();
        assertEquals(200, first.get(10, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void serves2000RequestsFrom50ClientsWithoutMixingThem() throws Exception {
        start(exchange -> exchange.respond(200, HttpFields.NONE, exchange.bodyBytes()));
        var random = new Random(7);
        var failures = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(50)) {
            for (int i = 0; i < 2000; i++) {
                var bytes = new byte[random.nextInt(5000)];
                random.nextBytes(bytes);
                threads.execute(() -> {
                    try {
                        var answer = client.send(
                                to("/").POST(BodyPublishers.ofByteArray(bytes)).build(), BodyHandlers.ofByteArray());
                        assertArrayEquals(bytes, answer.body());
                    } catch (Exception | AssertionError e) {
                        failures.incrementAndGet();
                    }
                });
            }
        }
        assertEquals(0, failures.get());
    }

    @Test
    void waitsForRunningRequestsWhenItCloses() throws Exception {
        var inside = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var started = start(exchange -> {
            inside.countDown();
            go.await();
            exchange.respond(200, HttpFields.NONE, "done".getBytes(StandardCharsets.UTF_8));
        });
        var answer = client.sendAsync(to("/").build(), BodyHandlers.ofString());
        inside.await();
        var closing = CompletableFuture.runAsync(started::close);
        assertThrows(java.util.concurrent.TimeoutException.class, () -> closing.get(200, TimeUnit.MILLISECONDS));
        go.countDown();
        assertEquals("done", answer.get(10, TimeUnit.SECONDS).body());
        closing.get(10, TimeUnit.SECONDS);
        listener = null;
    }

    @Test
    void namesTheAddressThatIsInUse() throws Exception {
        var first = start(exchange -> exchange.problem(new Problem(ProblemCode.NOT_FOUND, "none")));
        var failure = assertThrows(
                IOException.class,
                () -> HttpListener.start(vertx, ListenerConfig.DEFAULTS.at("127.0.0.1", first.port()), exchange -> {}));
        assertTrue(failure.getMessage().contains("127.0.0.1:" + first.port()), failure.getMessage());
    }

    /** {@code total} bytes that count upwards. */
    private static final class Repeating extends InputStream {
        private final long total;
        private long at;

        Repeating(long total) {
            this.total = total;
        }

        @Override
        public int read() {
            return at < total ? (byte) at++ & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at >= total) {
                return -1;
            }
            int n = (int) Math.min(length, total - at);
            for (int i = 0; i < n; i++) {
                target[offset + i] = (byte) at++;
            }
            return n;
        }
    }
}
