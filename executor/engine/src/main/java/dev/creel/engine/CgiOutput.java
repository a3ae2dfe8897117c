package dev.creel.engine;

import dev.creel.component.core.CoreLimits;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.ResponseSink;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.Wakeup;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output of a CGI guest: a header part, an empty line, a body. It is kept until the guest ends, because only then is it
 * known whether the guest failed; but of the body no more than {@link GuestLimits#cgiBody}: beyond that the response begins, and a
 * failure cuts it off. Used by the guest's thread.
 */
final class CgiOutput implements OutputStream {
    private static final int ROOM = 64 << 10;

    private final ResponseSink response;
    private final boolean bodyless;
    private final Wakeup wakeup;
    private final GuestLimits limits;
    private final CoreLimits memory;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean printed;
    private boolean lineEmpty = true;
    private boolean headOver;
    private boolean headTooLarge;
    private Optional<CgiHead> head = Optional.empty();
    private @Nullable BodySink sink;

    /**
     * @param response where the answer goes
     * @param bodyless whether the client wants no body, so that a declared length stands for itself
     * @param wakeup what the guest sleeps on
     * @param memory of which what is kept takes its part
     */
    CgiOutput(ResponseSink response, boolean bodyless, Wakeup wakeup, GuestLimits limits, CoreLimits memory) {
        this.response = response;
        this.bodyless = bodyless;
        this.wakeup = wakeup;
        this.limits = limits;
        this.memory = memory;
    }

    @Override
    public long checkWrite() throws StreamClosedException {
        long room = room();
        if (room < 0) {
            throw new StreamClosedException();
        }
        return room;
    }

    private long room() {
        if (headTooLarge) {
            return -1;
        }
        return sink == null ? ROOM : Math.min(sink.room(), ROOM);
    }

    @Override
    public void write(byte[] bytes) {
        printed |= bytes.length > 0;
        if (sink == null && !memory.reserveHost(bytes.length)) {
            throw new EndedException(new GuestOutcome.OutOfMemory(limits.memory()));
        }
        int from = headOver ? 0 : writeHead(bytes);
        if (from == bytes.length || (headOver && head.isEmpty())) {
            return;
        }
        if (sink != null) {
            sink.write(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length));
            return;
        }
        body.write(bytes, from, bytes.length - from);
        if (body.size() > limits.cgiBody().bytes()) {
            begin(-1);
        }
    }

    /** Takes lines up to the empty one; answers where the body begins. */
    private int writeHead(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            switch (bytes[i]) {
                case '\r' -> {}
                case '\n' -> {
                    if (lineEmpty) {
                        headOver = true;
                        head = CgiHead.parse(text.toByteArray());
                        return i + 1;
                    }
                    lineEmpty = true;
                    text.write('\n');
                }
                default -> {
                    lineEmpty = false;
                    text.write(bytes[i]);
                }
            }
            if (text.size() > limits.cgiHead().bytes()) {
                headTooLarge = true;
                return bytes.length;
            }
        }
        return bytes.length;
    }

    /** Starts the response; its body so far goes first. */
    private void begin(long length) {
        var started = head.orElseThrow();
        sink = response.respond(started.status(), started.headers(), length);
        sink.onChange(wakeup::signal);
        if (body.size() > 0) {
            sink.write(body.toByteArray());
            body.reset();
        }
    }

    /**
     * The guest has ended well: what it printed is its answer.
     *
     * @throws EndedException if it is none; the client has been told if there was anything
     */
    void finish() {
        if (!printed) {
            throw new EndedException(new GuestOutcome.BadOutput("it wrote nothing to its standard output"));
        }
        if (head.isEmpty()) {
            answerUnusable();
            throw new EndedException(new GuestOutcome.BadOutput(
                    headTooLarge
                            ? "its header part is larger than " + limits.cgiHead()
                            : "its header part has neither content-type nor location nor status, or does not end"));
        }
        if (sink == null) {
            long length = bodyless ? head.get().length().orElse(body.size()) : body.size();
            begin(length);
        }
        if (sink != null) {
            sink.end(Optional.empty());
        }
        head.get().complaint().ifPresent(why -> {
            throw new EndedException(new GuestOutcome.BadOutput(why));
        });
    }

    private void answerUnusable() {
        var why = CgiHead.UNUSABLE.getBytes(StandardCharsets.UTF_8);
        var type = new Header("content-type", "text/plain".getBytes(StandardCharsets.UTF_8));
        sink = response.respond(500, List.of(type), why.length);
        sink.write(why);
        sink.end(Optional.empty());
    }

    /** Whether the response has begun. */
    boolean answered() {
        return sink != null;
    }

    /** Cuts the response off unless it has ended. */
    void abort() {
        if (sink != null) {
            sink.abort();
        }
    }

    @Override
    public void flush() throws StreamClosedException {
        if (room() < 0) {
            throw new StreamClosedException();
        }
    }

    @Override
    public Pollable subscribe() {
        return () -> room() != 0;
    }

    /** The answer is complete only when the guest has ended. */
    @Override
    public void close() {}
}
