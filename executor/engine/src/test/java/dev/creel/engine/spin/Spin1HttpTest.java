package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Spin1HttpTest {
    private static final int GET = 0;
    private static final int POST = 1;

    private final List<HttpOutgoing> sent = new ArrayList<>();
    private final BodyPipe requestBody = new BodyPipe(1000);
    private final CompletableFuture<OutgoingHttp.Answer> answer = new CompletableFuture<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void sendsAWholeRequestAndWaitsForTheWholeResponse() throws Exception {
        var echo = Thread.ofVirtual().start(this::echo);
        var body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        var headers = List.of(pair("X-A", "1"), pair("Host", "forged"), pair("content-length", "3"));
        var result = send(POST, "HTTP://Example.com:81/p?q=1#f", headers, Optional.of(body));
        echo.join();

        var response = (Object[]) Objects.requireNonNull(((Result.Value.Ok) result).value());
        assertEquals(201, response[0]);
        var lines = (List<?>) ((Optional<?>) response[1]).orElseThrow();
        assertEquals(1, lines.size());
        assertArrayEquals(pair("x-b", "2"), (Object[]) lines.getFirst());
        assertArrayEquals(body, (byte[]) ((Optional<?>) response[2]).orElseThrow());
        var one = sent.getFirst();
        assertEquals(
                "POST http Example.com:81 /p?q=1 100000",
                one.method() + " " + one.scheme().orElseThrow() + " "
                        + one.authority().orElseThrow() + " " + one.pathWithQuery() + " " + one.contentLength());
        assertEquals(List.of("x-a"), one.headers().stream().map(Header::name).toList());
    }

    /** Reads the request's body as the world would, then sends it back. */
    private void echo() {
        var changed = new Semaphore(0);
        var source = requestBody.source();
        source.onChange(changed::release);
        var all = new ByteArrayOutputStream();
        while (true) {
            switch (source.poll(700)) {
                case BodySource.Chunk.Empty() -> changed.acquireUninterruptibly();
                case BodySource.Chunk.Bytes(var bytes) -> all.writeBytes(bytes);
                case BodySource.Chunk.End ignored -> {
                    var back = new BodyPipe(1 << 20);
                    back.sink().write(all.toByteArray());
                    back.sink().end(Optional.empty());
                    answer.complete(new OutgoingHttp.Answer.Response(
                            201,
                            List.of(
                                    new Header("x-b", new byte[] {'2'}),
                                    new Header("x-c", new byte[] {(byte) 0xe9}),
                                    new Header("connection", new byte[] {'x'})),
                            back.source()));
                    return;
                }
                case BodySource.Chunk.Broken(var code) -> throw new AssertionError(code);
            }
        }
    }

    @Test
    void aPathIsARequestToTheApplicationItself() throws Exception {
        fail("connection-refused");
        send(GET, "/whoami?x", List.of(), Optional.empty());
        assertEquals(Optional.empty(), sent.getFirst().authority());
        assertEquals("/whoami?x", sent.getFirst().pathWithQuery());
        assertEquals(0, sent.getFirst().contentLength());
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP-request-denied,1",
        "HTTP-request-URI-invalid,2",
        "connection-refused,4",
        "connection-limit-reached,5"
    })
    void failuresAreTheInterfacesOwn(String code, int error) throws Exception {
        fail(code);
        assertEquals(Result.Value.err(error), send(GET, "http://example.com", List.of(), Optional.empty()));
        assertEquals("/", sent.getFirst().pathWithQuery());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "http://", "http://a b/", "http:///x"})
    void refusesUrlsThatAreNone(String url) throws Exception {
        assertEquals(Result.Value.err(2), send(GET, url, List.of(), Optional.empty()));
        assertTrue(sent.isEmpty());
    }

    @Test
    void refusesHeadersThatAreNone() throws Exception {
        assertEquals(
                Result.Value.err(3),
                send(GET, "http://a", List.<Object>of(pair("x", "a\r\nb"), pair("y", "")), Optional.empty()));
        assertTrue(sent.isEmpty());
    }

    @Test
    void aResponseThatBreaksOffIsARuntimeError() throws Exception {
        var pipe = new BodyPipe(10);
        pipe.sink().abort();
        answer.complete(new OutgoingHttp.Answer.Response(200, List.of(), pipe.source()));
        assertEquals(Result.Value.err(4), send(GET, "http://a", List.of(), Optional.empty()));
    }

    @Test
    void aGuestThatIsStoppedGivesTheExchangeUp() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedGuestException.class, () -> send(GET, "http://a", List.of(), Optional.empty()));
        assertTrue(Thread.interrupted());
        assertEquals(1, cancelled.get());
    }

    private void fail(String code) {
        answer.complete(new OutgoingHttp.Answer.Failed(HttpErrorCode.of(code)));
    }

    private Result.Value send(int method, String uri, List<?> headers, Optional<byte[]> body) throws Exception {
        var calls = new Calls(
                request -> {
                    sent.add(request);
                    return new OutgoingHttp.Exchange(requestBody.sink(), answer, cancelled::incrementAndGet);
                },
                Map.of());
        Object[] request = {method, uri, headers, List.of(), body};
        return (Result.Value) Objects.requireNonNull(calls.call("fermyon:spin/http", "send-request", (Object) request));
    }

    private static Object[] pair(String name, String value) {
        return new Object[] {name, value};
    }
}
