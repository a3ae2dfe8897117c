package dev.creel.engine;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.host.Store;
import dev.creel.contract.ByteSize;
import dev.creel.contract.logs.GuestLine;
import dev.creel.engine.spin.ComponentGrants;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.engine.variables.Apps;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpIncoming;
import dev.creel.wasi.http.OutgoingHttp;
import dev.creel.wasi.http.ResponseSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a small guest for one request and keeps everything that it says. */
final class Trial implements ResponseSink {
    /** The engine that {@code -Dcreel.engine} names, else the usual one. */
    private static final CoreEngines CORE = CoreEngines.of(
            EngineChoice.named(System.getProperty("creel.engine", EngineChoice.DEFAULT.word()))
                    .engine(),
            new ChicoryEngine());

    static final Engine ENGINE = new Engine(new NodeMemory(ByteSize.ofMiB(256), ByteSize.ofMiB(64)));

    private final CompiledComponent guest;
    final BodyPipe upload = new BodyPipe(1 << 20);
    final List<String> lines = new ArrayList<>();
    final BodyPipe body = new BodyPipe(1 << 20);
    GuestLimits limits = GuestLimits.DEFAULTS.withWall(Duration.ofSeconds(20));
    List<Header> requestHeaders = List.of();
    List<Preopen> preopens = List.of();
    Optional<CgiCall> cgi = Optional.empty();
    OutgoingHttp outgoing = request -> {
        throw new AssertionError("nothing may be sent");
    };
    Optional<HttpErrorCode> error = Optional.empty();
    int status;
    List<Header> headers = List.of();
    long length = -2;

    static CompiledComponent compile(byte[] wasm) {
        return CompiledComponent.of(wasm, CORE, GuestInterfaces.all());
    }

    Trial(CompiledComponent guest) {
        this.guest = guest;
    }

    static CompiledComponent guest(String name) {
        return compile(bytes(name));
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/guests", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }

    GuestOutcome run(String method, String target, String sent) throws Exception {
        upload.sink().write(sent.getBytes(StandardCharsets.UTF_8));
        upload.sink().end(Optional.empty());
        return run(method, target);
    }

    /** With whatever is in the pipe. */
    GuestOutcome run(String method, String target) throws Exception {
        var component = Apps.component("trial", Map.of("greeting", "{{ greeting }}"));
        var app = Apps.app(List.of(component), "greeting=moin");
        var spin = ComponentGrants.of(app, component).context(ApplicationVariables.of(app.variables(), Map::of));
        var world = new GuestWorld(
                limits,
                Map.of("FROM", "manifest"),
                preopens,
                outgoing,
                (source, line) -> lines.add((source == GuestLine.Source.STDOUT ? "out " : "err ") + line),
                spin);
        var stop = new GuestStop(ENGINE.deadlines());
        var incoming = new HttpIncoming(method, target, "http", "h:80", requestHeaders, upload.source());
        long deadline = System.nanoTime() + limits.wall().toNanos();
        return ENGINE.run(Store.Waits.FREE)
                .run(guest, world, new GuestRequest(incoming, this, stop, deadline, cgi))
                .outcome();
    }

    @Override
    public BodySink respond(int code, List<Header> all, long contentLength) {
        status = code;
        headers = all;
        length = contentLength;
        return body.sink();
    }

    @Override
    public void fail(HttpErrorCode code) {
        error = Optional.of(code);
    }

    /** Each header as {@code name: value}. */
    List<String> headerLines() {
        return headers.stream()
                .map(header -> header.name() + ": " + new String(header.value(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }

    /** The response's body; a cut-off one ends with an exclamation mark. */
    String text() {
        var text = new StringBuilder();
        while (true) {
            switch (body.source().poll(1 << 20)) {
                case BodySource.Chunk.Bytes(var bytes) -> text.append(new String(bytes, StandardCharsets.UTF_8));
                case BodySource.Chunk.End ignored -> {
                    return text.toString();
                }
                case BodySource.Chunk.Broken ignored -> {
                    return text + "!";
                }
                case BodySource.Chunk.Empty ignored -> {
                    return text + "…";
                }
            }
        }
    }
}
