package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.TrapException;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {
    private final List<HttpOutgoing> sent = new ArrayList<>();
    private final BodyPipe requestBody = new BodyPipe(1 << 20);
    private final CompletableFuture<OutgoingHttp.Answer> answer = new CompletableFuture<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Guest guest = Guest.with(
            request -> {
                sent.add(request);
                return new OutgoingHttp.Exchange(requestBody.sink(), answer, cancelled::incrementAndGet);
            },
            HttpLimits.DEFAULT);

    @Test
    void sendsWhatTheGuestBuiltAndBringsTheResponse() {
        var request = guest.call("outgoing-request", guest.fields("X-A", "1", "content-length", "4"));
        guest.ok("outgoing-request.set-method", request, new Variant.Value(2, null));
        guest.ok("outgoing-request.set-scheme", request, Optional.of(new Variant.Value(0, null)));
        guest.ok("outgoing-request.set-authority", request, Optional.of("example.com:8080"));
        guest.ok("outgoing-request.set-path-with-query", request, Optional.of("/p?q=ü"));
        var body = guest.ok("outgoing-request.body", request);
        var stream = guest.ok("outgoing-body.write", body);
        guest.write(stream, "ping");
        guest.drop(stream);
        var options = guest.call("request-options");
        guest.ok("request-options.set-connect-timeout", options, Optional.of(3_000_000_000L));
        var future = guest.ok("handle", request, Optional.of(options));
        guest.ok("outgoing-body.finish", body, Optional.empty());

        assertEquals("ping", Answers.drain(requestBody.source()));
        var one = sent.getFirst();
        assertEquals("POST", one.method());
        assertEquals(Optional.of("http"), one.scheme());
        assertEquals(Optional.of("example.com:8080"), one.authority());
        assertEquals("/p?q=%C3%BC", one.pathWithQuery());
        assertEquals("x-a=1;", Guest.text(one.headers()));
        assertEquals(4, one.contentLength());
        assertEquals(Optional.of(Duration.ofSeconds(3)), one.connectTimeout());
        assertEquals(Optional.empty(), one.firstByteTimeout());

        var pollable = guest.call("future-incoming-response.subscribe", future);
        assertEquals(false, guest.call("pollable.ready", pollable));
        assertEquals(Optional.empty(), guest.call("future-incoming-response.get", future));
        answer.complete(new OutgoingHttp.Answer.Response(
                202, Guest.headers("Connection", "close", "X-B", "2"), Guest.body("pong", Optional.empty())));
        assertEquals(true, guest.call("pollable.ready", pollable));
        var response = response(future);
        assertEquals(Optional.of(Result.Value.err()), guest.call("future-incoming-response.get", future));
        assertEquals(202, guest.call("incoming-response.status", response));
        var headers = guest.call("incoming-response.headers", response);
        assertEquals(1, ((List<?>) guest.call("fields.entries", headers)).size());
        assertEquals(
                "pong",
                guest.readAll(guest.ok("incoming-body.stream", guest.ok("incoming-response.consume", response))));
        assertEquals(0, cancelled.get());
    }

    @Test
    void aRequestWithoutBodyEndsAtOnce() {
        guest.ok("handle", guest.call("outgoing-request", guest.fields()), Optional.empty());
        assertEquals("", Answers.drain(requestBody.source()));
        assertEquals(0, sent.getFirst().contentLength());
        assertEquals("/", sent.getFirst().pathWithQuery());
        assertEquals(Optional.empty(), sent.getFirst().scheme());
        assertEquals(Optional.empty(), sent.getFirst().authority());
    }

    @Test
    void aRefusalComesWithTheFuture() {
        var future = guest.ok("handle", guest.call("outgoing-request", guest.fields()), Optional.empty());
        answer.complete(new OutgoingHttp.Answer.Failed(HttpErrorCode.of("HTTP-request-denied")));
        var got = ((Optional<?>) guest.call("future-incoming-response.get", future)).orElseThrow();
        assertEquals(Result.Value.ok(Result.Value.err(new Variant.Value(15, null))), got);
    }

    @Test
    void droppingTheFutureGivesTheExchangeUp() {
        var future = guest.ok("handle", guest.call("outgoing-request", guest.fields()), Optional.empty());
        guest.drop(future);
        assertEquals(1, cancelled.get());
        var late = new BodyPipe(10);
        answer.complete(new OutgoingHttp.Answer.Response(200, List.of(), late.source()));
        assertEquals(-1, late.sink().room());
    }

    @Test
    void droppingAResponseUnreadClosesItsBody() {
        var future = guest.ok("handle", guest.call("outgoing-request", guest.fields()), Optional.empty());
        var pipe = new BodyPipe(10);
        answer.complete(new OutgoingHttp.Answer.Response(200, List.of(), pipe.source()));
        guest.drop(response(future));
        assertEquals(-1, pipe.sink().room());
    }

    @Test
    void sendingWhileAChildLivesTraps() {
        var request = guest.call("outgoing-request", guest.fields());
        guest.call("outgoing-request.headers", request);
        assertThrows(TrapException.class, () -> guest.call("handle", request, Optional.empty()));
        assertTrue(sent.isEmpty());
    }

    @Test
    void anInvalidContentLengthIsRefusedAtOnce() {
        var request = guest.call("outgoing-request", guest.fields("content-length", "x"));
        assertEquals(35, guest.errCase("handle", request, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "example.com:80", "user:pw@h:1", "[::1]:8080", "[fd00::1]", "127.0.0.1", ":443"})
    void takesAuthorities(String authority) {
        var request = guest.call("outgoing-request", guest.fields());
        guest.ok("outgoing-request.set-authority", request, Optional.of(authority));
        assertEquals(Optional.of(authority), guest.call("outgoing-request.authority", request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a b", "a/b", "h:port", "h:70000", "h:1:2", "é", "a@", "[::1", "h\r\n"})
    void refusesAuthorities(String authority) {
        var request = guest.call("outgoing-request", guest.fields());
        guest.err("outgoing-request.set-authority", request, Optional.of(authority));
        assertEquals(Optional.empty(), guest.call("outgoing-request.authority", request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "a", "/a#b", "/\r\nHost: x", "/\u0000"})
    void refusesTargets(String target) {
        guest.err(
                "outgoing-request.set-path-with-query",
                guest.call("outgoing-request", guest.fields()),
                Optional.of(target));
    }

    @ParameterizedTest
    @CsvSource({"'',/", "?a=1,/?a=1", "/x,/x", "*,*"})
    void completesTargets(String set, String target) {
        var request = guest.call("outgoing-request", guest.fields());
        guest.ok("outgoing-request.set-path-with-query", request, Optional.of(set));
        guest.ok("handle", request, Optional.empty());
        assertEquals(target, sent.getFirst().pathWithQuery());
    }

    @Test
    void takesOtherMethodsAndSchemesIfTheyAreWords() {
        var request = guest.call("outgoing-request", guest.fields());
        guest.ok("outgoing-request.set-method", request, new Variant.Value(9, "PURGE"));
        assertEquals(new Variant.Value(9, "PURGE"), guest.call("outgoing-request.method", request));
        guest.err("outgoing-request.set-method", request, new Variant.Value(9, "A B"));
        guest.ok("outgoing-request.set-scheme", request, Optional.of(new Variant.Value(2, "ws+x")));
        guest.err("outgoing-request.set-scheme", request, Optional.of(new Variant.Value(2, "1:")));
        assertEquals(Optional.of(new Variant.Value(2, "ws+x")), guest.call("outgoing-request.scheme", request));
    }

    @Test
    void timeoutsBeyondWhatJavaCountsAreTheLongest() {
        var options = guest.call("request-options");
        guest.ok("request-options.set-between-bytes-timeout", options, Optional.of(-1L));
        assertEquals(Optional.of(-1L), guest.call("request-options.between-bytes-timeout", options));
        guest.ok("handle", guest.call("outgoing-request", guest.fields()), Optional.of(options));
        assertEquals(
                Optional.of(Duration.ofNanos(Long.MAX_VALUE)), sent.getFirst().betweenBytesTimeout());
    }

    private Object response(Object future) {
        var outer = (Result.Value.Ok) ((Optional<?>) guest.call("future-incoming-response.get", future)).orElseThrow();
        return Objects.requireNonNull(((Result.Value.Ok) Objects.requireNonNull(outer.value())).value());
    }
}
