package dev.creel.chassis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoutesTest {
    private static Vertx vertx;
    private static HttpListener listener;
    private static HttpCalls calls;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        var routes = new Routes()
                .get("/api/apps", (exchange, values) -> text(exchange, "list"))
                .post(
                        "/api/apps",
                        (exchange, values) ->
                                text(exchange, "new " + new String(exchange.bodyBytes(), StandardCharsets.UTF_8)))
                .get("/api/apps/{id}", (exchange, values) -> text(exchange, "app " + values.text("id")))
                .get(
                        "/v2/{name...}/blobs/{digest}",
                        (exchange, values) -> text(exchange, values.text("name") + " " + values.text("digest")))
                .post(
                        "/v2/{name...}/blobs/uploads/",
                        (exchange, values) -> text(exchange, "upload " + values.text("name")))
                .get(
                        "/host",
                        (exchange, values) ->
                                text(exchange, exchange.authority().orElse("-")));
        listener = HttpListener.start(vertx, ListenerConfig.DEFAULTS, routes);
        calls = new HttpCalls(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        calls.close();
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void text(HttpExchange exchange, String text) {
        exchange.respond(200, HttpFields.NONE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpCalls.Answer call(String method, String path, RequestBody body) throws Exception {
        return calls.call(method, URI.create("http://127.0.0.1:" + listener.port() + path), HttpFields.NONE, body);
    }

    private static String get(String path) throws Exception {
        return new String(call("GET", path, new RequestBody.Nothing()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void choosesByPathAndMethod() throws Exception {
        assertEquals("list", get("/api/apps"));
        assertEquals("app 7", get("/api/apps/7?x=1"));
        assertEquals(
                "new {}",
                new String(
                        call("POST", "/api/apps", new RequestBody.Bytes("{}".getBytes(StandardCharsets.UTF_8)))
                                .bytes(),
                        StandardCharsets.UTF_8));
    }

    @Test
    void decodesSegmentsAsTheSpinClientWritesThem() throws Exception {
        assertEquals("app a b/c", get("/api/apps/a+b%2Fc"));
    }

    @Test
    void takesSeveralSegmentsForANameWithDots() throws Exception {
        assertEquals("a/b sha256:1", get("/v2/a/b/blobs/sha256%3A1"));
        assertEquals("a/blobs/b d", get("/v2/a/blobs/b/blobs/d"));
        assertEquals(
                "upload a/b",
                new String(
                        call("POST", "/v2/a/b/blobs/uploads/", new RequestBody.Nothing())
                                .bytes(),
                        StandardCharsets.UTF_8));
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() throws Exception {
        try (var nothing = call("GET", "/api/apps/", new RequestBody.Nothing())) {
            assertEquals(404, nothing.status());
        }
        try (var wrong = call("DELETE", "/api/apps", new RequestBody.Nothing())) {
            assertEquals(405, wrong.status());
            assertEquals("GET, POST", wrong.headers().first("allow").orElse(""));
            assertTrue(new String(wrong.bytes(), StandardCharsets.UTF_8).contains("\"detail\""));
        }
    }

    @Test
    void answersHeadByTheHandlerOfGet() throws Exception {
        try (var head = call("HEAD", "/api/apps", new RequestBody.Nothing())) {
            assertEquals(200, head.status());
            assertEquals("4", head.headers().first("content-length").orElse(""));
        }
    }

    @Test
    void callsAHostByAnotherNameThanItsAddress() throws Exception {
        try (var answer = calls.call(
                "GET",
                URI.create("http://127.0.0.1:" + listener.port() + "/host"),
                HttpFields.of("host", "registry.creel.localhost:8080"))) {
            assertEquals("registry.creel.localhost:8080", new String(answer.bytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void sendsStreamedBodiesWithAndWithoutALength() throws Exception {
        for (var length : new OptionalLong[] {OptionalLong.empty(), OptionalLong.of(3)}) {
            var body = new RequestBody.Streamed(length, () -> new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}));
            assertEquals("new abc", new String(call("POST", "/api/apps", body).bytes(), StandardCharsets.UTF_8));
        }
    }
}
