package dev.creel.chassis.trailer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trailers over loopback, between servers and clients of Vert.x and bytes that no client of Vert.x would send. */
@Timeout(60)
class RequestTrailersTest {
    private static final int HEADERS_MAX = 1000;
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "");
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Vertx vertx = Vertx.vertx();

    /** One entry for each request that has ended: its trailers, or that it failed. */
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    private int port;

    @BeforeEach
    void serve() throws Exception {
        var options = new HttpServerOptions()
                .setMaxHeaderSize(HEADERS_MAX)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(HEADERS_MAX));
        port = await(vertx.createHttpServer(options)
                        .connectionHandler(RequestTrailers::keep)
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    /** With what the trailers are. */
    private void answer(HttpServerRequest request) {
        request.exceptionHandler(failure -> ended.add("failed"));
        request.endHandler(ignored -> {
            var seen = new StringBuilder("[");
            RequestTrailers.of(request)
                    .forEach((name, value) ->
                            seen.append(name).append('=').append(value).append(';'));
            var text = seen.append(']').toString();
            ended.add(text);
            request.response().end(text);
        });
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void givesEachRequestOfAnHttp11ConnectionItsOwnTrailers() throws Exception {
        var requests = CHUNKED + "3\r\nabc\r\n0\r\nX-Sum: 1\r\nX-Two: a\r\nX-Two: b\r\n\r\n" + CHUNKED + "0\r\n\r\n"
                + "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc" + CHUNKED + "0\r\nx-sum: 4\r\n\r\n";
        assertEquals(List.of("[X-Sum=1;X-Two=a;X-Two=b;]", "[]", "[]", "[x-sum=4;]"), ends(requests, 4));
    }

    @Test
    void leavesOutOfHttp11TrailersWhatFramesAMessage() throws Exception {
        var trailers = "Content-Length: 9\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\nX-Sum: 1\r\n";
        assertEquals(List.of("[X-Sum=1;]"), ends(CHUNKED + "0\r\n" + trailers + "\r\n", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "long", "endless", "x y: 1", "x\0y: 1", ": 1"})
    void failsHttp11RequestsWhoseTrailersAreTooLargeOrNone(String which) throws Exception {
        var lines = switch (which) {
            case "many" -> "a: 1\r\n".repeat(HEADERS_MAX);
            case "long" -> "a: " + "1".repeat(2 * HEADERS_MAX) + "\r\n";
            case "endless" -> "a".repeat(100_000);
            default -> which + "\r\n";
        };
        assertEquals(List.of("failed"), ends(CHUNKED + "0\r\n" + lines + "\r\n", 1));
        assertServes();
    }

    @Test
    void givesEachStreamOfAnHttp2ConnectionItsOwnTrailers() throws Exception {
        var frames = PREFACE
                + head(1, 0)
                + head(3, 0)
                + head(5, END_STREAM)
                + frame(0, 0, 3, "abc")
                + trailers(3, line("x-sum", "3") + line("x-two", "a") + line("x-two", "b"))
                + trailers(1, line("x-sum", "1"));
        assertEquals(List.of("[]", "[x-sum=3;x-two=a;x-two=b;]", "[x-sum=1;]"), ends(frames, 3));
    }

    @Test
    void leavesOutOfHttp2TrailersWhatFramesAMessage() throws Exception {
        var lines = line("content-length", "3") + line("trailer", "x") + line("x-sum", "1");
        assertEquals(List.of("[x-sum=1;]"), ends(PREFACE + head(1, 0) + frame(0, 0, 1, "abc") + trailers(1, lines), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {":path", ":status", "transfer-encoding", "connection", "X-Upper", "x y", ""})
    void neverShowsNamesThatHttp2Forbids(String name) throws Exception {
        var seen = ends(PREFACE + head(1, 0) + trailers(1, line(name, "chunked") + line("x-sum", "1")), 1);
        assertTrue(List.of("failed", "[x-sum=1;]").contains(seen.getFirst()), seen.getFirst());
        assertServes();
    }

    @Test
    void failsHttp2RequestsWhoseTrailersAreTooLarge() throws Exception {
        var lines = line("x-long", "1".repeat(100)).repeat(2);
        var text = new StringBuilder(PREFACE).append(head(1, 0)).append(frame(1, END_STREAM, 1, lines));
        for (int i = 0; i < 20; i++) {
            text.append(frame(9, i < 19 ? 0 : END_HEADERS, 1, lines));
        }
        assertEquals(List.of("failed"), ends(text.toString(), 1));
        assertServes();
    }

    @Test
    void sendsTheTrailersOfOneRequestWithItsEnd() throws Exception {
        var client = client(HttpVersion.HTTP_1_1);
        assertEquals("[x-sum=1;x-two=a;x-two=b;]", send(client, "x-sum", "1", "x-two", "a", "x-two", "b"));
        assertEquals("[]", send(client), "on the same connection");
        assertEquals("[x-sum=2;]", send(client, "x-sum", "2"));
    }

    @Test
    void sendsNoTrailerThatFramesAMessage() throws Exception {
        var client = client(HttpVersion.HTTP_1_1);
        assertEquals(
                "[x-sum=1;]",
                send(client, "content-length", "9", "Transfer-Encoding", "chunked", "trailer", "x", "x-sum", "1"));
        assertEquals("[]", send(client, ":path", "/elsewhere"));
    }

    @Test
    void refusesATrailerThatWouldBeSeveralLines() throws Exception {
        var client = client(HttpVersion.HTTP_1_1);
        for (var hostile : Map.of("x-sum", "1\r\nhost: other", "x\r\ny", "1").entrySet()) {
            var request = request(client);
            var trailers = lines(hostile.getKey(), hostile.getValue());
            var refused = assertThrows(ExecutionException.class, () -> announce(request, trailers));
            assertInstanceOf(IllegalArgumentException.class, refused.getCause());
            assertEquals("[]", end(request), "it goes on without them");
        }
        assertEquals("[x-sum=1;]", send(client, "x-sum", "1"));
    }

    @Test
    void saysThatARequestOfHttp2SendsNone() throws Exception {
        var client = client(HttpVersion.HTTP_2);
        var request = request(client);
        assertEquals(HttpVersion.HTTP_2, request.version());
        assertFalse(announce(request, lines("x-sum", "1")));
        assertEquals("[]", end(request));
    }

    private void assertServes() throws Exception {
        assertEquals("[x-sum=1;]", send(client(HttpVersion.HTTP_1_1), "x-sum", "1"));
    }

    private HttpClientAgent client(HttpVersion version) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port));
    }

    private static String send(HttpClientAgent client, String... trailers) throws Exception {
        var request = request(client);
        assertTrue(announce(request, lines(trailers)));
        return end(request);
    }

    /** What the server says to it. */
    private static String end(HttpClientRequest request) throws Exception {
        var body = request.response().compose(HttpClientResponse::body);
        await(request.end());
        return await(body).toString();
    }

    /** On the event loop. */
    private static boolean announce(HttpClientRequest request, MultiMap trailers) throws Exception {
        return await(request.write("abc").map(ignored -> RequestTrailers.announce(request, trailers)));
    }

    /** Its head and some of its body are on their way. */
    private static HttpClientRequest request(HttpClientAgent client) throws Exception {
        var request = await(client.request(HttpMethod.POST, "/"));
        request.setChunked(true);
        await(request.writeHead());
        return request;
    }

    private static MultiMap lines(String... namesAndValues) {
        var lines = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return lines;
    }

    /** Sends bytes and returns how the next {@code count} requests end. */
    private List<String> ends(String bytes, int count) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var sending = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    // The server may have closed it: it has seen enough.
                }
            });
            var all = new ArrayList<String>();
            while (all.size() < count) {
                var next = ended.poll(20, TimeUnit.SECONDS);
                all.add(next == null ? "neither ended nor failed" : next);
            }
            sending.join();
            return all;
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String trailers(int stream, String lines) {
        return frame(1, END_HEADERS | END_STREAM, stream, lines);
    }

    private static String head(int stream, int flags) {
        return frame(
                1,
                END_HEADERS | flags,
                stream,
                line(":method", "POST") + line(":scheme", "http") + line(":path", "/") + line(":authority", "h"));
    }

    /** RFC 9113 §4.1. */
    private static String frame(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "\0" + (char) (length >> 8) + (char) (length & 0xff) + (char) type + (char) flags + "\0\0\0"
                + (char) stream + payload;
    }

    /** A literal header field without indexing (RFC 7541 §6.2.2). */
    private static String line(String name, String value) {
        return "\0" + (char) name.length() + name + (char) value.length() + value;
    }
}
