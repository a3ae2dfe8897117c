package dev.creel.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.HostName;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers which host, and which headers cross. */
@Timeout(60)
class EdgeServerTest {
    private final Edges edges = new Edges();

    @BeforeEach
    void start() throws Exception {
        var app = edges.upstream(named("app"));
        edges.app("hello.apps.test", app);
        edges.start(Edges.CONFIG, edges.upstream(named("api")), edges.upstream(named("registry")));
    }

    @AfterEach
    void stop() {
        edges.close();
    }

    /** Answers with its name and all it got, one header a line. */
    private static Handler<HttpServerRequest> named(String name) {
        return request -> {
            var text = new StringBuilder(name + " " + request.method() + " " + request.uri() + "\n");
            request.headers().forEach((key, value) -> text.append(key.toLowerCase(Locale.ROOT) + ": " + value + "\n"));
            request.response().putHeader("x-answer", name).end(text.toString());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "creel.test, /, api",
        "CREEL.Test:8080, /api/apps, api",
        "creel.test., /, api",
        "creel.test, /v2/, registry",
        "creel.test, /v2, registry",
        "creel.test, /v2?x, registry",
        "creel.test, /v20, api",
        "127.0.0.1:8080, /, api",
        "127.0.0.1:8080, /v2/x, registry",
        "[::1]:8080, /v2/x, registry",
        "localhost:8080, /, api",
        "registry.creel.test, /, registry",
        "Registry.Creel.Test:80, /v2/x, registry",
        "hello.apps.test, /, app",
        "HELLO.apps.test:8080, /v2/x, app",
        "hello.apps.test., /.well-known/spin/info, app",
    })
    void tellsHostsApart(String host, String path, String who) throws IOException {
        var answer = edges.call("GET " + path, host);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains(who + " GET " + path + "\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.apps.test", "x.hello.apps.test", "other.creel.test", "apps.test"})
    void saysThatAnUnknownHostHasNoApplication(String host) throws IOException {
        var answer = edges.call("GET /", host);
        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
        assertTrue(answer.contains("There is no application at " + host), answer);
        assertTrue(answer.contains("text/plain"), answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1~~|400
            GET / HTTP/1.0~~|400
            GET / HTTP/1.1~Host:~~|400
            GET / HTTP/1.1~Host: a b~~|400
            GET / HTTP/1.1~Host: u@hello.apps.test~~|400
            GET / HTTP/1.1~Host: hello.apps.test~Host: hello.apps.test~~|400
            GET http://other.test/ HTTP/1.1~Host: hello.apps.test~~|400
            GET hello HTTP/1.1~Host: hello.apps.test~~|400
            OPTIONS * HTTP/1.1~Host: hello.apps.test~~|400
            CONNECT hello.apps.test:80 HTTP/1.1~Host: hello.apps.test:80~~|501
            GET / HTTP/1.1~Host: hello.apps.test~Connection: upgrade~Upgrade: websocket~~|501
            POST / HTTP/1.1~Host: hello.apps.test~Transfer-Encoding: gzip, chunked~~|501
            POST / HTTP/1.1~Host: hello.apps.test~Expect: miracles~Content-Length: 1~~x|417
            nonsense~~|400
            """)
    void refusesRequestsThatAreNotClear(String request, int status) throws IOException {
        var answer = edges.raw(request.replace("~", "\r\n"), "\r\n\r\n");
        assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
    }

    @Test
    void acceptsTargetsInAbsoluteForm() throws IOException {
        var answer = edges.raw(
                "GET http://hello.apps.test/a?b HTTP/1.1\r\nHost: HELLO.apps.test\r\nConnection: close\r\n\r\n", "\0");
        assertTrue(answer.contains("app GET /a?b\n"), answer);
        assertTrue(edges.call("GET http://hello.apps.test?b", "hello.apps.test").contains("app GET /?b\n"));
    }

    @Test
    void givesTheExecutorRevisionClientSchemeAndKey() throws IOException {
        var answer = edges.call("GET /", "Hello.Apps.Test:8080");
        assertTrue(
                answer.contains(
                        "creel-revision: " + edges.routeOf("hello.apps.test").revision() + "\n"),
                answer);
        assertTrue(answer.matches("(?s).*creel-client: 127\\.0\\.0\\.1:\\d+\n.*"), answer);
        assertTrue(answer.contains("creel-scheme: http\n"), answer);
        assertTrue(answer.contains("creel-key: " + Edges.KEY + "\n"), answer);
        assertTrue(answer.contains("host: Hello.Apps.Test:8080\n"), answer);
    }

    @Test
    void givesTheKeyToNobodyElse() throws IOException {
        assertFalse(edges.call("GET /", "creel.test").contains("creel-key"));
        assertFalse(edges.call("GET /", "registry.creel.test").contains("creel-key"));
    }

    @Test
    void dropsWhatClientsMustNotSayAndHopByHopHeaders() throws IOException {
        var answer = edges.call(
                "GET /",
                "hello.apps.test",
                "Spin-Path-Info: /x",
                "creel-key: guess",
                "Creel-Client: 1.1.1.1:1",
                "Keep-Alive: 5",
                "Proxy-Authorization: secret",
                "Proxy-Connection: keep-alive",
                "Connection: x-private",
                "X-Private: 1",
                "TE: gzip",
                "X-Kept: 1",
                "x-kept: 2",
                "Cookie: a=1",
                "Cookie: b=2");
        for (var gone :
                List.of("spin-", "guess", "1.1.1.1", "keep-alive: 5", "secret", "proxy-", "x-private", "te: ")) {
            assertFalse(answer.contains(gone), gone + " in " + answer);
        }
        assertTrue(answer.contains("x-kept: 1\nx-kept: 2\n"), answer);
        assertTrue(answer.contains("cookie: a=1; b=2\n"), answer);
    }

    @Test
    void addsNoHeaderButWhatHttpNeeds() throws IOException {
        var answer = edges.call("GET /", "hello.apps.test");
        var head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        assertEquals(
                List.of("connection: close", "content-length", "http/1.1 200 ok", "x-answer: app"),
                head.lines()
                        .map(l -> l.startsWith("content-length") ? "content-length" : l)
                        .sorted()
                        .toList());
        var request = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertEquals(
                List.of("creel-client", "creel-key", "creel-revision", "creel-scheme", "host"),
                request.lines()
                        .skip(1)
                        .map(l -> l.substring(0, l.indexOf(':')))
                        .sorted()
                        .toList());
    }

    @Test
    void keepsHeadersOfAnswersButHopByHopOnes() throws Exception {
        edges.app(
                "odd.test",
                edges.upstream(request -> request.response()
                        .putHeader("Set-Cookie", (Iterable<String>) List.of("a=1", "b=2"))
                        .putHeader("Connection", "x-private")
                        .putHeader("X-Private", "1")
                        .putHeader("creel-hint", "1")
                        .putHeader("Keep-Alive", "timeout=5")
                        .end("ok")));
        awaitRoute("odd.test");
        var answer = edges.call("GET /", "odd.test").toLowerCase(Locale.ROOT);
        assertTrue(answer.contains("set-cookie: a=1\r\nset-cookie: b=2\r\n"), answer);
        for (var gone : List.of("x-private", "creel-", "keep-alive")) {
            assertFalse(answer.contains(gone), gone + " in " + answer);
        }
    }

    @Test
    void asksToTryAgainWhileAnApplicationIsNotReady() throws Exception {
        edges.waiting("slow.apps.test");
        awaitRoute("slow.apps.test");
        var answer = edges.call("GET /", "slow.apps.test").toLowerCase(Locale.ROOT);
        assertTrue(answer.startsWith("http/1.1 503 "), answer);
        assertTrue(answer.contains("retry-after: 1\r\n"), answer);
    }

    private void awaitRoute(String host) throws InterruptedException {
        Edges.await(() -> {
            try {
                return !edges.call("GET /", host).contains(" 404 ");
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void answersHeadAndBodilessStatusesWithoutBody() throws Exception {
        edges.app("bare.test", edges.upstream(request -> {
            var response = request.response();
            if (request.uri().equals("/head")) {
                response.putHeader("content-length", "1234").end();
            } else if (request.uri().equals("/")) {
                response.end();
            } else {
                response.setStatusCode(Integer.parseInt(request.uri().substring(1)))
                        .end();
            }
        }));
        awaitRoute("bare.test");
        var head = edges.call("HEAD /head", "bare.test");
        assertTrue(head.contains("content-length: 1234\r\n") && head.endsWith("\r\n\r\n"), head);
        for (var status : List.of("204", "304")) {
            var answer = edges.call("GET /" + status, "bare.test");
            assertTrue(answer.startsWith("HTTP/1.1 " + status) && answer.endsWith("\r\n\r\n"), answer);
            assertFalse(answer.contains("content-length") || answer.contains("chunked"), answer);
        }
        var empty = edges.call("GET /", "bare.test");
        assertTrue(empty.contains("content-length: 0\r\n"), empty);
    }

    @Test
    void usesAClientConnectionForManyRequests() throws IOException {
        var request = "GET /one HTTP/1.1\r\nHost: hello.apps.test\r\n\r\n";
        var two = edges.raw(
                request + "POST /two HTTP/1.1\r\nHost: creel.test\r\nContent-Length: 3\r\n\r\nabc"
                        + "GET /three HTTP/1.1\r\nHost: hello.apps.test\r\nConnection: close\r\n\r\n",
                "\0");
        assertTrue(two.contains("app GET /one\n"), two);
        assertTrue(two.contains("api POST /two\n"), two);
        assertTrue(two.contains("app GET /three\n"), two);
    }

    @Test
    void refusesHeadersAndRequestLinesOverTheLimit() throws IOException {
        assertTrue(edges.call("GET /" + "x".repeat(9000), "hello.apps.test").contains(" 414 "));
        assertTrue(edges.call("GET /", "hello.apps.test", "X: " + "x".repeat(17_000))
                .contains(" 431 "));
    }

    @Test
    void answersHttp2ByPriorKnowledge() throws Exception {
        var options =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        var client = edges.vertx().createHttpClient(options);
        var done = new CompletableFuture<String>();
        client.request(new RequestOptions()
                        .setServer(SocketAddress.inetSocketAddress(edges.port(), "127.0.0.1"))
                        .setHost("hello.apps.test")
                        .setPort(80)
                        .setMethod(HttpMethod.POST)
                        .setURI("/two"))
                .compose(request -> request.send("body"))
                .compose(response ->
                        response.body().map(body -> response.version() + " " + response.statusCode() + " " + body))
                .onComplete(done::complete, done::completeExceptionally);
        var text = done.get(10, TimeUnit.SECONDS);
        assertTrue(text.startsWith("HTTP_2 200 app POST /two\n"), text);
        assertTrue(text.contains("host: hello.apps.test\n"), text);
    }

    @Test
    void refusesMoreRequestsOfATenantAtOnce() throws Exception {
        var inside = new CountDownLatch(1);
        var waiting = new CompletableFuture<HttpServerRequest>();
        try (var small = new Edges()) {
            small.app("slow.test", small.upstream(request -> {
                waiting.complete(request);
                inside.countDown();
            }));
            var c = Edges.CONFIG;
            small.start(new EdgeConfig(
                    c.listen(),
                    c.domain(),
                    2,
                    c.requestLineMax(),
                    c.headersMax(),
                    c.connectionsMax(),
                    c.requestsMax(),
                    1,
                    c.leftoverMax(),
                    c.connectWithin(),
                    c.answerWithin(),
                    c.idle(),
                    c.upstreamIdle(),
                    c.drain()));
            var first = CompletableFuture.supplyAsync(() -> {
                try {
                    return small.call("GET /", "slow.test");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            inside.await();
            var second = small.call("GET /", "slow.test");
            assertTrue(second.startsWith("HTTP/1.1 429 ") && second.contains("retry-after: 1"), second);
            waiting.join().response().end("late");
            assertTrue(first.get(10, TimeUnit.SECONDS).endsWith("late"));
        }
    }

    @Test
    void closesConnectionsOverTheLimit() throws Exception {
        try (var small = new Edges()) {
            var c = Edges.CONFIG;
            small.start(new EdgeConfig(
                    c.listen(),
                    c.domain(),
                    2,
                    c.requestLineMax(),
                    c.headersMax(),
                    1,
                    c.requestsMax(),
                    1,
                    c.leftoverMax(),
                    c.connectWithin(),
                    c.answerWithin(),
                    c.idle(),
                    c.upstreamIdle(),
                    c.drain()));
            try (var first = small.connect()) {
                Edges.send(first, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                Edges.readUntil(first.getInputStream(), "\r\n\r\n");
                try (var second = small.connect()) {
                    Edges.send(second, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                    assertEquals("", Edges.readUntil(second.getInputStream(), "\0"));
                } catch (SocketException reset) {
                    assertTrue(reset.getMessage().contains("reset"));
                }
            }
            Edges.await(() -> {
                try {
                    return small.call("GET /", "x").contains(" 404 ");
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void namesAnAddressThatIsInUse() throws Exception {
        try (var second = new Edges()) {
            var taken = Edges.CONFIG.at(List.of(new ListenAddress("127.0.0.1", edges.port())), new HostName("b.test"));
            var failure = assertThrows(IOException.class, () -> second.start(taken));
            assertTrue(failure.getMessage().contains("127.0.0.1:" + edges.port()), failure.getMessage());
        }
    }

    @Test
    void serves2000RequestsAtOnceWithoutMixingThem() throws Exception {
        var failures = new AtomicInteger();
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newFixedThreadPool(64)) {
            for (int i = 0; i < 2000; i++) {
                var path = "/v2/" + i;
                threads.execute(() -> {
                    try {
                        var uri = URI.create("http://127.0.0.1:" + edges.port() + path);
                        var answer =
                                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                        if (!answer.body().startsWith("registry GET " + path + "\n")) {
                            failures.incrementAndGet();
                        }
                    } catch (Exception e) {
                        failures.incrementAndGet();
                    }
                });
            }
        }
        assertEquals(0, failures.get());
    }

    @Test
    void triesAnotherEndpointIfOneCannotBeReached() throws Exception {
        var alive = edges.upstream(named("alive"));
        edges.app("two.test", Edges.nobody(), alive);
        edges.app("none.test", Edges.nobody(), Edges.nobody(), Edges.nobody());
        awaitRoute("none.test");
        for (int i = 0; i < 10; i++) {
            assertTrue(edges.call("GET /", "two.test").contains("alive GET /"));
        }
        var none = edges.call("GET /", "none.test");
        assertTrue(none.startsWith("HTTP/1.1 503 ") && none.contains("retry-after: 1"), none);
    }

    @Test
    void looksElsewhereWhenAnExecutorDoesNotHoldTheRevision() throws Exception {
        var moved =
                edges.upstream(request -> request.response().setStatusCode(421).end());
        var alive = edges.upstream(named("alive"));
        edges.app("two.test", moved, alive);
        edges.app("moved.test", moved);
        awaitRoute("moved.test");
        for (int i = 0; i < 10; i++) {
            assertTrue(edges.call("GET /", "two.test").contains("alive GET /"));
        }
        var none = edges.call("GET /", "moved.test");
        assertTrue(none.startsWith("HTTP/1.1 503 ") && none.contains("retry-after: 1"), none);
    }

    @Test
    void asksTheNewRevisionWhenTheOldOneHasJustLeft() throws Exception {
        var alive = edges.upstream(named("alive"));
        edges.app("deployed.test", edges.upstream(request -> {
            try {
                edges.app("deployed.test", alive);
                // Late enough for the index to have seen the new routes.
                request.response().setStatusCode(421);
                edges.vertx().setTimer(300, ignored -> request.response().end());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        var first = new AtomicReference<>("");
        Edges.await(() -> {
            try {
                first.set(edges.call("GET /", "deployed.test"));
                return !first.get().startsWith("HTTP/1.1 404 ");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertTrue(first.get().contains("alive GET /"), first.get());
    }
}
