package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.Component;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpIncoming;
import dev.creel.wasi.http.HttpServe;
import dev.creel.wasi.http.ResponseSink;
import dev.creel.wasi.io.Wakeup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A guest of Spin's Rust SDK, where it is at hand, asks each capability and is told what this platform has: once as a component, once
 * as the core module that the SDK builds by default.
 */
@ParameterizedClass
@ValueSource(strings = {"rust-caps.wasm", "rust-caps.core.wasm"})
final class PublishedGuestRunsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("creel.guests", "../../../shared/guests"), "rust-caps");
    private static final Map<String, LinkedComponent> LINKED = new HashMap<>();

    private final LinkedComponent caps;

    PublishedGuestRunsTest(String file) {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "the published guests are not here");
        this.caps = LINKED.computeIfAbsent(file, PublishedGuestRunsTest::link);
    }

    private static LinkedComponent link(String file) {
        List<HostInterface> all = Stream.of(Wasi.interfaces(), SpinInterfaces.interfaces())
                .flatMap(List::stream)
                .toList();
        var host = HostInterfaces.of(all).withCore(Wasi.preview1());
        var engine = new ChicoryEngine();
        try {
            var component = Component.decode(Files.readAllBytes(FOLDER.resolve(file)), engine, ComponentLimits.DEFAULT);
            return LinkedComponent.of(component.plan(host), engine, host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsVariables() throws Exception {
        assertEquals("200 {\"ok\":\"moin\"}", get("/variables/greeting"));
        assertEquals(
                "200 {\"err\":\"Error::Undefined(\\\"no variable for \\\\\\\"caps\\\\\\\".\\\\\\\"nothing\\\\\\\"\\\")\"}",
                get("/variables/nothing"));
        assertTrue(get("/variables/Bad-Name").startsWith("200 {\"err\":\"Error::InvalidName("));
        assertEquals("200 {\"ok\":\"moin\"}", get("/config/greeting"));
        assertEquals("200 {\"ok\":null}", get("/config/nothing"));
        assertEquals("200 {\"ok\":[[\"greeting\",\"moin\"],[\"key\",\"k!\"]]}", get("/config"));
    }

    @Test
    void isToldWhatIsNotThere() throws Exception {
        assertEquals("200 {\"err\":\"Error::AccessDenied\"}", get("/kv/private/k"));
        assertEquals("200 {\"err\":\"Error::NoSuchStore\"}", get("/kv/default/k"));
        assertEquals("200 {\"err\":\"Error::AccessDenied\"}", get("/wasi-kv/private/k"));
        assertEquals("200 {\"err\":\"Error::AccessDenied\"}", get("/sqlite/private"));
        assertEquals("200 {\"err\":\"Error::AccessDenied\"}", get("/sqlite2/private"));
        assertEquals("200 {\"err\":\"Error::InvalidAddress\"}", get("/redis?redis://127.0.0.1:1"));
        assertEquals("200 {\"err\":\"Error::InvalidAddress\"}", get("/redis?nonsense"));
        assertEquals(
                "200 {\"err\":\"Error::ConnectionFailed(\\\"address postgres://127.0.0.1:1 is not permitted\\\")\"}",
                get("/pg?postgres://127.0.0.1:1/x"));
        assertEquals(
                "200 {\"err\":\"Error::ConnectionFailed(\\\"address mysql://127.0.0.1:1/x is not permitted\\\")\"}",
                get("/mysql?mysql://127.0.0.1:1/x"));
        assertTrue(get("/mqtt?mqtt://127.0.0.1:1?client_id=x").startsWith("200 {\"err\":\"Error::"));
        assertTrue(get("/llm/other").startsWith("200 {\"err\":\"Error::InvalidInput("));
    }

    /** Status and body of the answer to one request, served by an instance of its own. */
    private String get(String target) throws Exception {
        var calls = Calls.allowing();
        try (var store = WasiContext.builder()
                .wakeup(calls.store.context(Wakeup.class))
                .build()
                .into(calls.store)) {
            var answer = new Answer();
            var headers = Map.of("host", "h", "spin-full-url", "http://h" + target, "spin-path-info", target);
            var request = new HttpIncoming(
                    "GET",
                    target,
                    "http",
                    "h",
                    headers.entrySet().stream()
                            .map(h -> new Header(h.getKey(), h.getValue().getBytes(StandardCharsets.UTF_8)))
                            .toList(),
                    BodySource.empty());
            try (var serve = new HttpServe(request, answer)) {
                caps.instantiate(store)
                        .function("wasi:http/incoming-handler@0.2.0", "handle")
                        .orElseThrow()
                        .call(serve.request(), serve.responseOut());
                assertTrue(serve.answered());
            }
            return answer.text();
        }
    }

    /** Keeps an answer. */
    private static final class Answer implements ResponseSink {
        private final BodyPipe pipe = new BodyPipe(1 << 20);
        private final StringBuilder text = new StringBuilder();

        @Override
        public BodySink respond(int status, List<Header> headers, long contentLength) {
            text.append(status).append(' ');
            return pipe.sink();
        }

        @Override
        public void fail(HttpErrorCode code) {
            text.append("failed: ").append(code);
        }

        String text() {
            var body = pipe.source();
            while (body.poll(1 << 20) instanceof BodySource.Chunk.Bytes(var bytes)) {
                text.append(new String(bytes, StandardCharsets.UTF_8));
            }
            assertEquals(new BodySource.Chunk.End(Optional.empty()), body.poll(1));
            return text.toString();
        }
    }
}
