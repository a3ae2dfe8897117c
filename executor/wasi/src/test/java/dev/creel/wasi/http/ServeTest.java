package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.TrapException;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServeTest {
    private final Guest guest = Guest.alone();
    private final Answers answers = new Answers();

    @Test
    void showsTheRequestWithoutTheHostsOwnHeaders() {
        var served = serve(Guest.get("/a?b=1", BodySource.empty(), "Host", "h", "X-One", "1", "connection", "close"));
        var request = served.request();
        assertEquals(new Variant.Value(0, null), guest.call("incoming-request.method", request));
        assertEquals(Optional.of("/a?b=1"), guest.call("incoming-request.path-with-query", request));
        assertEquals(Optional.of(new Variant.Value(0, null)), guest.call("incoming-request.scheme", request));
        assertEquals(Optional.of("example.com:80"), guest.call("incoming-request.authority", request));
        var headers = guest.call("incoming-request.headers", request);
        assertEquals(1, ((List<?>) guest.call("fields.entries", headers)).size());
        assertEquals(true, guest.call("fields.has", headers, "x-one"));
        guest.drop(headers);
        guest.drop(request);
    }

    @Test
    void showsUnknownMethodsByName() {
        var served = serve(new HttpIncoming("PURGE", "/", "https", "", List.of(), BodySource.empty()));
        assertEquals(new Variant.Value(9, "PURGE"), guest.call("incoming-request.method", served.request()));
        assertEquals(Optional.of(new Variant.Value(1, null)), guest.call("incoming-request.scheme", served.request()));
        assertEquals(Optional.empty(), guest.call("incoming-request.authority", served.request()));
    }

    @Test
    void givesTheBodyOnceAndItsTrailersAfterIt() {
        var trailers = Optional.of(Guest.headers("x-sum", "7", "Host", "no"));
        var served = serve(Guest.get("/", Guest.body("hello", trailers)));
        var body = guest.ok("incoming-request.consume", served.request());
        guest.err("incoming-request.consume", served.request());
        var stream = guest.ok("incoming-body.stream", body);
        guest.err("incoming-body.stream", body);
        assertEquals("hello", guest.readAll(stream));
        guest.drop(stream);
        var future = guest.call("incoming-body.finish", body);
        var fields = trailers(future).orElseThrow();
        assertEquals(1, ((List<?>) guest.call("fields.entries", fields)).size());
        assertEquals(true, guest.call("fields.has", fields, "x-sum"));
        assertEquals(Optional.of(Result.Value.err()), guest.call("future-trailers.get", future));
    }

    @Test
    void trailersComeEvenIfNobodyReadTheBody() {
        var body = guest.ok(
                "incoming-request.consume",
                serve(Guest.get("/", Guest.body("unread", Optional.empty()))).request());
        assertEquals(Optional.empty(), trailers(guest.call("incoming-body.finish", body)));
    }

    @Test
    void trailersWaitForTheEndOfTheBody() {
        var pipe = new BodyPipe(100);
        var body = guest.ok(
                "incoming-request.consume", serve(Guest.get("/", pipe.source())).request());
        var future = guest.call("incoming-body.finish", body);
        var pollable = guest.call("future-trailers.subscribe", future);
        pipe.sink().write(Guest.bytes("more"));
        assertEquals(false, guest.call("pollable.ready", pollable));
        assertEquals(Optional.empty(), guest.call("future-trailers.get", future));
        pipe.fail(HttpErrorCode.of("connection-terminated"));
        assertEquals(true, guest.call("pollable.ready", pollable));
        var got = ((Optional<?>) guest.call("future-trailers.get", future)).orElseThrow();
        assertEquals(Result.Value.ok(Result.Value.err(new Variant.Value(7, null))), got);
    }

    @Test
    void aBodyThatBreaksOffFailsTheReadWithItsCode() {
        var pipe = new BodyPipe(100);
        var body = guest.ok(
                "incoming-request.consume", serve(Guest.get("/", pipe.source())).request());
        var stream = guest.ok("incoming-body.stream", body);
        pipe.fail(HttpErrorCode.of("connection-read-timeout"));
        var failed = (Variant.Value) guest.err("input-stream.read", stream, 10L);
        assertEquals(0, failed.index());
        var code = (Optional<?>) guest.call("http-error-code", java.util.Objects.requireNonNull(failed.payload()));
        assertEquals(new Variant.Value(9, null), code.orElseThrow());
        assertEquals(1, guest.errCase("input-stream.read", stream, 10L));
    }

    @Test
    void dropsOutOfOrderTrap() {
        var served = serve(Guest.get("/", Guest.body("x", Optional.empty())));
        guest.call("incoming-request.headers", served.request());
        assertThrows(TrapException.class, () -> guest.drop(served.request()));
        var body = guest.ok(
                "incoming-request.consume",
                serve(Guest.get("/", BodySource.empty())).request());
        guest.ok("incoming-body.stream", body);
        assertThrows(TrapException.class, () -> guest.call("incoming-body.finish", body));
        var response = guest.call("outgoing-response", guest.fields());
        guest.call("outgoing-response.headers", response);
        assertThrows(TrapException.class, () -> set(served, response));
    }

    @Test
    void theBodyMayBeWrittenAndFinishedBeforeTheResponseIsSet() {
        var served = serve();
        var response = response(201, "content-type", "text/plain");
        var body = guest.ok("outgoing-response.body", response);
        guest.err("outgoing-response.body", response);
        var stream = guest.ok("outgoing-body.write", body);
        guest.err("outgoing-body.write", body);
        for (int i = 0; i < 16; i++) {
            guest.write(stream, "x".repeat(4096));
        }
        guest.drop(stream);
        guest.ok("outgoing-body.finish", body, Optional.of(guest.fields("x-end", "1")));
        set(served, response);
        assertEquals(201, answers.status);
        assertEquals("content-type=text/plain;", Guest.text(answers.headers));
        assertEquals(-1, answers.contentLength);
        assertEquals("x".repeat(65536) + "|x-end=1;", answers.body());
        assertTrue(served.answered());
    }

    @Test
    void theBodyStreamsAfterTheResponseIsSetAsRoomAllows() {
        var served = serve();
        var response = response(200);
        var body = guest.ok("outgoing-response.body", response);
        set(served, response);
        var stream = guest.ok("outgoing-body.write", body);
        assertEquals(1L << 20, guest.ok("output-stream.check-write", stream));
        guest.ok("output-stream.write", stream, new byte[1 << 20]);
        assertEquals(0L, guest.ok("output-stream.check-write", stream));
        assertEquals(false, guest.call("pollable.ready", guest.call("output-stream.subscribe", stream)));
        answers.body();
        assertEquals(1L << 20, guest.ok("output-stream.check-write", stream));
        answers.pipe.source().close();
        assertEquals(1, guest.errCase("output-stream.check-write", stream));
    }

    @Test
    void aResponseWhoseBodyWasNeverTakenIsEmpty() {
        set(serve(), response(204));
        assertEquals(0, answers.contentLength);
        assertEquals("", answers.body());
    }

    @Test
    void aDeclaredLengthIsToldApartFromTheHeaders() {
        set(serve(), response(200, "content-length", "5", "x", "y"));
        assertEquals(5, answers.contentLength);
        assertEquals("x=y;", Guest.text(answers.headers));
    }

    @Test
    void aBodyShorterThanDeclaredFailsToFinishAndIsCutOff() {
        var served = serve();
        var response = response(200, "content-length", "10");
        var body = guest.ok("outgoing-response.body", response);
        set(served, response);
        writeAll(body, "short");
        assertEquals(new Variant.Value(28, Optional.of(5L)), guest.err("outgoing-body.finish", body, Optional.empty()));
        assertEquals("short!connection-terminated", answers.body());
    }

    @Test
    void aBodyLongerThanDeclaredFailsAtTheWriteAndIsCutOff() {
        var served = serve();
        var response = response(200, "content-length", "3");
        var body = guest.ok("outgoing-response.body", response);
        set(served, response);
        var stream = guest.ok("outgoing-body.write", body);
        assertEquals(0, guest.errCase("output-stream.write", stream, Guest.bytes("long")));
        assertEquals(1, guest.errCase("output-stream.check-write", stream));
        guest.drop(stream);
        guest.err("outgoing-body.finish", body, Optional.empty());
        assertEquals("!connection-terminated", answers.body());
    }

    @Test
    void aBodyDroppedWithoutFinishIsCutOff() {
        var served = serve();
        var response = response(200);
        var body = guest.ok("outgoing-response.body", response);
        set(served, response);
        writeAll(body, "half");
        guest.drop(body);
        assertEquals("half!connection-terminated", answers.body());
    }

    @Test
    void finishingWhileTheStreamLivesTrapsAndCutsOff() {
        var served = serve();
        var response = response(200);
        var body = guest.ok("outgoing-response.body", response);
        set(served, response);
        guest.ok("outgoing-body.write", body);
        assertThrows(TrapException.class, () -> guest.call("outgoing-body.finish", body, Optional.empty()));
        assertEquals("!connection-terminated", answers.body());
    }

    @Test
    void closingAServeCutsOffABodyThatIsStillOpen() {
        var served = serve();
        var response = response(200);
        var body = guest.ok("outgoing-response.body", response);
        set(served, response);
        writeAll(body, "so far");
        served.close();
        assertEquals("so far!connection-terminated", answers.body());
    }

    @Test
    void aGuestThatReturnsWithoutTouchingItsBodyHasAnsweredWithoutOne() {
        var served = serve();
        var response = response(500);
        guest.ok("outgoing-response.body", response);
        set(served, response);
        served.returned();
        served.close();
        assertEquals("", answers.body());
    }

    @Test
    void aGuestThatReturnsInTheMiddleOfItsBodyIsCutOff() {
        var begun = serve();
        var response = response(200);
        var body = guest.ok("outgoing-response.body", response);
        set(begun, response);
        writeAll(body, "so far");
        begun.returned();
        begun.close();
        assertEquals("so far!connection-terminated", answers.body());
    }

    @Test
    void aGuestThatReturnsWithoutTheBodyThatItDeclaredIsCutOff() {
        var served = serve();
        var response = response(200, "content-length", "5");
        guest.ok("outgoing-response.body", response);
        set(served, response);
        served.returned();
        served.close();
        assertEquals("!connection-terminated", answers.body());
    }

    @Test
    void theOutparamIsSetOnce() {
        var served = serve();
        assertFalse(served.answered());
        set(served, response(200));
        assertThrows(TrapException.class, () -> set(served, response(200)));
    }

    @Test
    void anErrorInsteadOfAResponseFails() {
        var served = serve();
        guest.call(
                "response-outparam.set",
                served.responseOut(),
                Result.Value.err(new Variant.Value(38, Optional.of("no"))));
        assertEquals("internal-error:no", answers.failure);
        assertTrue(served.answered());
        assertEquals(-1, answers.status);
    }

    @Test
    void informationalResponsesAreRefusedAndTheFinalOneStillGoes() {
        var outparam = serve().responseOut();
        int refused = guest.errCase("response-outparam.send-informational", outparam, 103, guest.fields());
        assertEquals(38, refused, "internal-error");
        guest.call("response-outparam.set", outparam, Result.Value.err(new Variant.Value(38, Optional.of("no"))));
        assertEquals("internal-error:no", answers.failure);
    }

    @Test
    void refusesStatusCodesThatAreNone() {
        var response = response(200);
        guest.err("outgoing-response.set-status-code", response, 99);
        guest.err("outgoing-response.set-status-code", response, 1000);
        assertEquals(200, guest.call("outgoing-response.status-code", response));
        set(serve(), response(101));
        assertTrue(answers.failure.startsWith("internal-error:status 101"), answers.failure);
    }

    @Test
    void anInvalidContentLengthGivesNoBody() {
        guest.err("outgoing-response.body", response(200, "content-length", "ten"));
        guest.err("outgoing-response.body", response(200, "content-length", "1", "content-length", "2"));
        guest.ok("outgoing-response.body", response(200, "content-length", "1", "content-length", "1"));
    }

    @Test
    void writingToAResponseThatWasDroppedSaysClosed() {
        var response = response(200);
        var stream = guest.ok("outgoing-body.write", guest.ok("outgoing-response.body", response));
        guest.drop(response);
        assertEquals(1, guest.errCase("output-stream.check-write", stream));
    }

    private HttpServe serve() {
        return serve(Guest.get("/", BodySource.empty()));
    }

    private HttpServe serve(HttpIncoming request) {
        return new HttpServe(request, answers);
    }

    private Object response(int status, String... headers) {
        var response = guest.call("outgoing-response", guest.fields(headers));
        guest.ok("outgoing-response.set-status-code", response, status);
        return response;
    }

    private void set(HttpServe served, Object response) {
        guest.call("response-outparam.set", served.responseOut(), Result.Value.ok(response));
    }

    private void writeAll(Object body, String text) {
        var stream = guest.ok("outgoing-body.write", body);
        guest.write(stream, text);
        guest.drop(stream);
    }

    private Optional<?> trailers(Object future) {
        var outer = (Result.Value.Ok) ((Optional<?>) guest.call("future-trailers.get", future)).orElseThrow();
        var inner = (Result.Value.Ok) java.util.Objects.requireNonNull(outer.value());
        return (Optional<?>) java.util.Objects.requireNonNull(inner.value());
    }
}
