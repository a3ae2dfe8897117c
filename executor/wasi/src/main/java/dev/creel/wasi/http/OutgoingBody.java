package dev.creel.wasi.http;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.io.Wakeup;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code outgoing-body}. Guests may write, and even finish, before the message is sent: until {@link #flowInto}
 * names a sink, a bounded number of bytes is kept. Dropped without {@code finish}, or finished short of the declared length, the
 * message is aborted. Used by the guest's thread only.
 */
final class OutgoingBody {
    private enum State {
        OPEN,
        FINISHED,
        ABORTED
    }

    private final String sizeError;
    private final long declared;
    private final HttpLimits limits;
    private final Wakeup wakeup;
    private final HeldBytes held;
    private final Children children = new Children("an outgoing-body");
    private final ArrayDeque<byte[]> early = new ArrayDeque<>();
    private int earlyBytes;
    private long written;
    private boolean streamTaken;
    private boolean messageGone;
    private State state = State.OPEN;
    private Optional<List<Header>> trailers = Optional.empty();
    private @Nullable BodySink sink;

    private OutgoingBody(String sizeError, long declared, Store store) {
        this.sizeError = sizeError;
        this.declared = declared;
        this.limits = store.context(HttpContext.class).limits();
        this.wakeup = store.context(Wakeup.class);
        this.held = new HeldBytes(store.limits());
    }

    /** The body of a request; {@code declared} is its content-length or -1. */
    static OutgoingBody ofRequest(long declared, Store store) {
        return new OutgoingBody("HTTP-request-body-size", declared, store);
    }

    /** The body of a response; {@code declared} is its content-length or -1. */
    static OutgoingBody ofResponse(long declared, Store store) {
        return new OutgoingBody("HTTP-response-body-size", declared, store);
    }

    static void bind(HostInterface.Builder types) {
        types.resource("outgoing-body", OutgoingBody.class, OutgoingBody::drop)
                .function("[method]outgoing-body.write", (store, args) -> ((OutgoingBody) args[0]).stream())
                .function(
                        "[static]outgoing-body.finish",
                        (store, args) -> ((OutgoingBody) args[0])
                                .finish(((Optional<?>) args[1]).map(fields -> ((Fields) fields).take())));
    }

    /** The message is on its way: what was written so far goes first. */
    void flowInto(BodySink to) {
        sink = to;
        to.onChange(wakeup::signal);
        while (!early.isEmpty()) {
            to.write(early.remove());
        }
        held.releaseAll();
        switch (state) {
            case OPEN -> {}
            case FINISHED -> to.end(trailers);
            case ABORTED -> to.abort();
        }
    }

    /** The message will never be sent: writing on fails. */
    void loseMessage() {
        messageGone = true;
        early.clear();
        held.releaseAll();
    }

    /**
     * The guest has returned and will write no more. A body that it took and never touched is empty, and nobody has lost anything:
     * JavaScript runtimes leave a response so when a handler fails. One that it began stays open, to be cut off.
     */
    void endIfUntouched() {
        if (state == State.OPEN && written == 0 && declared <= 0) {
            state = State.FINISHED;
            if (sink != null) {
                sink.end(trailers);
            }
        }
    }

    /** Cuts the message off unless it has ended. */
    void abort() {
        if (state == State.OPEN) {
            state = State.ABORTED;
            if (sink != null) {
                sink.abort();
            }
        }
    }

    private void drop() {
        abort();
        children.mustBeGone();
    }

    private Result.Value stream() {
        if (streamTaken) {
            return Result.Value.err();
        }
        streamTaken = true;
        children.add();
        return Result.Value.ok(new Stream());
    }

    private Result.Value finish(Optional<List<Header>> last) {
        try {
            children.mustBeGone();
        } catch (TrapException e) {
            abort();
            throw e;
        }
        if (declared >= 0 && written != declared) {
            abort();
            return Result.Value.err(ErrorCodes.toGuest(new HttpErrorCode(sizeError, Long.toString(written))));
        }
        if (state == State.OPEN) {
            state = State.FINISHED;
            trailers = last;
            if (sink != null) {
                sink.end(last);
            }
        }
        return Result.Value.ok();
    }

    /** How much may be written now; -1 if it is over. */
    private long room() {
        if (state != State.OPEN || messageGone) {
            return -1;
        }
        // One byte more than may be written early: a guest that fills the limit exactly and flushes must not wait for
        // ever.
        return sink == null ? limits.earlyBytesMax() + 1L - earlyBytes : Math.min(sink.room(), limits.chunkBytesMax());
    }

    private final class Stream implements OutputStream {
        private boolean closed;

        @Override
        public long checkWrite() throws StreamClosedException {
            long room = room();
            if (room < 0) {
                throw new StreamClosedException();
            }
            return room;
        }

        @Override
        public void write(byte[] bytes) throws StreamClosedException, StreamFailedException {
            if (room() < 0) {
                throw new StreamClosedException();
            }
            if (bytes.length == 0) {
                return;
            }
            if (declared >= 0 && bytes.length > declared - written) {
                abort();
                throw new StreamFailedException(new IoError(
                        "the body is longer than its content-length of " + declared + " bytes",
                        new HttpErrorCode(sizeError, Long.toString(written + bytes.length))));
            }
            if (sink == null && !held.take(bytes.length)) {
                abort();
                throw new StreamFailedException(new IoError(
                        "the body takes more memory than the guest may have",
                        HttpErrorCode.internal("no memory left for the body")));
            }
            written += bytes.length;
            if (sink == null) {
                early.add(bytes);
                earlyBytes += bytes.length;
            } else {
                sink.write(bytes);
            }
        }

        /** Nothing to wait for: the sink sends what it has as soon as the peer takes it. */
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

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                children.remove();
            }
        }
    }
}
