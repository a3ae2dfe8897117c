package dev.creel.engine;

import dev.creel.contract.ByteSize;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.ResponseSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response of one run, within its limit of bytes: notes when and how the guest answers, and cuts it off when it writes too much.
 * Used by the guest's thread.
 */
final class RunResponse implements ResponseSink {
    private static final int TOO_LARGE = 413;

    private final ResponseSink sink;
    private final RunClock clock;
    private final ByteSize max;
    private final boolean bodyless;
    private Optional<String> error = Optional.empty();
    private boolean answered;
    private boolean refused;
    private @Nullable Bounded begun;
    private boolean tooLarge;
    private long bytes;

    /**
     * @param max most bytes of the body
     * @param bodyless whether the client wants no body, so that a declared length says nothing about what is written
     */
    RunResponse(ResponseSink sink, RunClock clock, ByteSize max, boolean bodyless) {
        this.sink = sink;
        this.clock = clock;
        this.max = max;
        this.bodyless = bodyless;
    }

    @Override
    public BodySink respond(int status, List<Header> headers, long contentLength) {
        if (refused) {
            return new Closed();
        }
        answered = true;
        if (contentLength > max.bytes() && !bodyless) {
            tooLarge = true;
            sink.fail(new HttpErrorCode("HTTP-response-body-size", Long.toString(contentLength)));
            return new Closed();
        }
        var body = sink.respond(status, headers, contentLength);
        clock.responding(body);
        begun = new Bounded(body);
        return begun;
    }

    @Override
    public void fail(HttpErrorCode code) {
        error = Optional.of(code.message().isEmpty() ? code.name() : code.name() + " (" + code.message() + ")");
        if (!refused) {
            answered = true;
            sink.fail(code);
        }
    }

    /**
     * The request has more than {@code most} bytes: answers for the guest, so that nobody hears what it answers afterwards, or cuts off
     * what it has begun, because it cannot be the answer to all of the request.
     */
    void refuse(ByteSize most) {
        if (answered) {
            if (begun != null) {
                begun.cut();
            }
            return;
        }
        answered = true;
        refused = true;
        var why = ("The request is larger than " + most + ".\n").getBytes(StandardCharsets.UTF_8);
        var type = new Header("content-type", "text/plain; charset=utf-8".getBytes(StandardCharsets.UTF_8));
        var body = sink.respond(TOO_LARGE, List.of(type), why.length);
        body.write(why);
        body.end(Optional.empty());
    }

    /** The error code that the guest answered, if it did. */
    Optional<String> error() {
        return error;
    }

    /** Whether the guest wrote, or announced, more than it may. */
    boolean tooLarge() {
        return tooLarge;
    }

    /** How much it has written. */
    long bytes() {
        return bytes;
    }

    /** Passes on what is within the limit. */
    private final class Bounded implements BodySink {
        private final BodySink body;
        private boolean cut;

        Bounded(BodySink body) {
            this.body = body;
        }

        @Override
        public long room() {
            return cut ? -1 : body.room();
        }

        @Override
        public void write(byte[] more) {
            if (cut) {
                return;
            }
            if (more.length > max.bytes() - bytes) {
                tooLarge = true;
                cut();
                return;
            }
            bytes += more.length;
            body.write(more);
        }

        @Override
        public void end(Optional<List<Header>> trailers) {
            if (!cut) {
                body.end(trailers);
            }
        }

        void cut() {
            cut = true;
            body.abort();
        }

        @Override
        public void abort() {
            body.abort();
        }

        @Override
        public void onChange(Runnable action) {
            body.onChange(action);
        }
    }

    /** Nobody reads. */
    private static final class Closed implements BodySink {
        @Override
        public long room() {
            return -1;
        }

        @Override
        public void write(byte[] bytes) {}

        @Override
        public void end(Optional<List<Header>> trailers) {}

        @Override
        public void abort() {}

        @Override
        public void onChange(Runnable action) {}
    }
}
