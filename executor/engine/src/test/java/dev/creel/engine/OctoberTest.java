package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A core module over WASI's release candidate of October 2023. */
@Timeout(60)
class OctoberTest {
    private static final CompiledComponent OCTOBER = Trial.guest("october.wasm");

    private final Trial trial = new Trial(OCTOBER);

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/forward"})
    void readsARequestAndAnswersIt(String path) throws Exception {
        trial.requestHeaders = List.of(Trial.header("x-asked", "for it"));
        var sent = "some text ".repeat(20_000);
        assertEquals(new GuestOutcome.Responded(), trial.run("POST", path, sent));
        assertEquals(201, trial.status);
        assertEquals(List.of("x-first: one", "x-value: for it"), trial.headerLines());
        assertEquals(sent, trial.text());
    }

    @Test
    void sleeps() throws Exception {
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/sleep", ""));
        assertEquals(List.of("x-first: one", "x-value: awake"), trial.headerLines());
    }

    @Test
    void answersWithAnError() throws Exception {
        assertEquals(new GuestOutcome.AnsweredError("internal-error (as asked)"), trial.run("GET", "/error", ""));
        assertEquals(Optional.of(HttpErrorCode.internal("as asked")), trial.error);
    }

    @Test
    void sendsRequests() throws Exception {
        var sent = answering(new Answer.Response(203, List.of(), BodySource.empty()));
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/get", ""));
        assertEquals("203", trial.text());
        var request = sent.getFirst();
        assertEquals(
                "GET http there /x",
                String.join(
                        " ",
                        request.method(),
                        request.scheme().orElse(""),
                        request.authority().orElse(""),
                        request.pathWithQuery()));
        assertEquals(1, request.headers().size());
        assertEquals("x-from", request.headers().getFirst().name());
        assertEquals(500, request.connectTimeout().orElseThrow().toMillis());
        assertTrue(request.firstByteTimeout().isEmpty());
    }

    @Test
    void everyErrorIsAnUnexpectedOneWithItsName() throws Exception {
        var ignored = answering(new Answer.Failed(HttpErrorCode.of("connection-refused")));
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/get", ""));
        assertEquals("connection-refused", trial.text());
    }

    /** Sections from before 2024 name their world before its types. */
    @Test
    void readsTheOlderFormOfTheSection() throws Exception {
        var older = new Trial(Trial.compile(named("october", Trial.bytes("october.wasm"))));
        assertEquals(new GuestOutcome.Responded(), older.run("GET", "/sleep", ""));
        assertEquals(200, older.status);
    }

    private List<HttpOutgoing> answering(Answer answer) {
        var sent = new ArrayList<HttpOutgoing>();
        trial.outgoing = request -> {
            sent.add(request);
            return new Exchange(new BodyPipe(1).sink(), CompletableFuture.completedFuture(answer), () -> {});
        };
        return sent;
    }

    /** The module with its component-type section in the older form. */
    private static byte[] named(String world, byte[] module) {
        var out = new ByteArrayOutputStream();
        out.write(module, 0, 8);
        int at = 8;
        while (at < module.length) {
            int id = module[at];
            int[] size = leb(module, at + 1);
            int from = size[1];
            int to = from + size[0];
            int[] nameLength = id == 0 ? leb(module, from) : new int[] {0, from};
            var name = new String(module, nameLength[1], id == 0 ? nameLength[0] : 0, StandardCharsets.UTF_8);
            if (name.startsWith("component-type")) {
                var content = new ByteArrayOutputStream();
                var prefix = "component-type:" + world;
                content.write(prefix.length());
                content.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
                content.writeBytes(new byte[] {3, 0, (byte) world.length()});
                content.writeBytes(world.getBytes(StandardCharsets.UTF_8));
                content.writeBytes(Arrays.copyOfRange(module, nameLength[1] + nameLength[0], to));
                out.write(0);
                writeLeb(out, content.size());
                out.writeBytes(content.toByteArray());
            } else {
                out.write(module, at, to - at);
            }
            at = to;
        }
        return out.toByteArray();
    }

    /** A number and where it ends. */
    private static int[] leb(byte[] bytes, int at) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            value |= (bytes[at] & 0x7f) << shift;
            if (bytes[at++] >= 0) {
                return new int[] {value, at};
            }
        }
    }

    private static void writeLeb(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
