package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.creel.wasi.http.BodySource.Chunk;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Requests of tests, and what came of them. */
final class Wire {
    private Wire() {}

    static HttpOutgoing request(String method, String path, List<Header> headers, long contentLength) {
        return new HttpOutgoing(
                method,
                Optional.of("http"),
                Optional.of("127.0.0.1"),
                path,
                headers,
                contentLength,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A GET that wants these timeouts. */
    static HttpOutgoing patient(Duration connect, Duration firstByte, Duration betweenBytes) {
        return new HttpOutgoing(
                "GET",
                Optional.of("http"),
                Optional.of("127.0.0.1"),
                "/",
                List.of(),
                0,
                Optional.of(connect),
                Optional.of(firstByte),
                Optional.of(betweenBytes));
    }

    static HttpOutgoing get(String path) {
        return request("GET", path, List.of(), 0);
    }

    static Answer.Response response(Exchange exchange) throws Exception {
        return assertInstanceOf(Answer.Response.class, exchange.answer().get(20, TimeUnit.SECONDS));
    }

    static String failure(Exchange exchange) throws Exception {
        return assertInstanceOf(Answer.Failed.class, exchange.answer().get(20, TimeUnit.SECONDS))
                .code()
                .name();
    }

    /** Reads a body to its end, and then how it ended. */
    static Chunk last(Answer.Response response, ByteArrayOutputStream into) throws InterruptedException {
        var changed = new Semaphore(0);
        response.body().onChange(changed::release);
        while (true) {
            var chunk = response.body().poll(65536);
            switch (chunk) {
                case Chunk.Bytes(var bytes) -> into.writeBytes(bytes);
                case Chunk.Empty ignored -> changed.tryAcquire(20, TimeUnit.SECONDS);
                case Chunk.End ignored -> {
                    return chunk;
                }
                case Chunk.Broken ignored -> {
                    return chunk;
                }
            }
        }
    }

    /** The whole body; it must be whole. */
    static String text(Exchange exchange) throws Exception {
        var all = new ByteArrayOutputStream();
        assertInstanceOf(Chunk.End.class, last(response(exchange), all));
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
