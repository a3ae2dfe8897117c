package dev.creel.wasi.http;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.io.Wakeup;
import java.util.Optional;

/** The resource {@code incoming-body}: one stream over a {@link BodySource}, then its trailers. Used by the guest's thread only. */
final class IncomingBody {
    private static final byte[] NOTHING = {};

    private final BodySource source;
    private final HttpLimits limits;
    private final Children children = new Children("an incoming-body");
    private Optional<BodySource.Chunk> last = Optional.empty();
    private boolean streamTaken;

    private IncomingBody(BodySource source, HttpLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    static IncomingBody of(Store store, BodySource source) {
        source.onChange(store.context(Wakeup.class)::signal);
        return new IncomingBody(source, store.context(HttpContext.class).limits());
    }

    static void bind(HostInterface.Builder types) {
        types.resource("incoming-body", IncomingBody.class, IncomingBody::drop)
                .function("[method]incoming-body.stream", (store, args) -> ((IncomingBody) args[0]).stream())
                .function("[static]incoming-body.finish", (store, args) -> ((IncomingBody) args[0]).finish());
    }

    private Result.Value stream() {
        if (streamTaken) {
            return Result.Value.err();
        }
        streamTaken = true;
        children.add();
        return Result.Value.ok(new Stream());
    }

    private FutureTrailers finish() {
        try {
            children.mustBeGone();
        } catch (TrapException e) {
            source.close();
            throw e;
        }
        return new FutureTrailers(this);
    }

    private void drop() {
        source.close();
        children.mustBeGone();
    }

    /** Nobody reads on, whoever holds the body now. */
    void close() {
        source.close();
    }

    /** How the body ended, if it has; reads over what nobody wanted. */
    Optional<BodySource.Chunk> skipToEnd() {
        while (last.isEmpty()) {
            if (poll(limits.chunkBytesMax()) instanceof BodySource.Chunk.Empty) {
                return Optional.empty();
            }
        }
        return last;
    }

    private BodySource.Chunk poll(int max) {
        var chunk = source.poll(max);
        switch (chunk) {
            case BodySource.Chunk.Empty ignored -> {}
            case BodySource.Chunk.Bytes ignored -> {}
            case BodySource.Chunk.End end -> last = Optional.of(end);
            case BodySource.Chunk.Broken broken -> last = Optional.of(broken);
        }
        return chunk;
    }

    private final class Stream implements InputStream {
        private boolean closed;

        @Override
        public byte[] read(long max) throws StreamClosedException, StreamFailedException {
            if (last.isPresent()) {
                throw new StreamClosedException();
            }
            if (max == 0) {
                return NOTHING;
            }
            return switch (poll((int) Math.min(max, limits.chunkBytesMax()))) {
                case BodySource.Chunk.Empty() -> NOTHING;
                case BodySource.Chunk.Bytes(var bytes) -> bytes;
                case BodySource.Chunk.End end -> throw new StreamClosedException();
                case BodySource.Chunk.Broken(var code) ->
                    throw new StreamFailedException(new IoError("the body broke off: " + code.name(), code));
            };
        }

        @Override
        public Pollable subscribe() {
            return () -> last.isPresent() || source.ready();
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
