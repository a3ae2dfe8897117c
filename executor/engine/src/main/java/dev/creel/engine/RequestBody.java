package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.contract.ByteSize;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.io.Wakeup;
import java.io.ByteArrayOutputStream;

/** The body of a request for guests that know no wasi:http: all of it, or as a stream. Used by the guest's thread. */
final class RequestBody {
    private static final int CHUNK = 64 << 10;
    private static final byte[] NOTHING = {};

    private RequestBody() {}

    /**
     * All of it; waits for it. The bytes count as the run's memory.
     *
     * @throws EndedException if there are more than {@code max}, or the client breaks off
     */
    static byte[] whole(Store store, BodySource source, ByteSize max, MemoryBudget budget) {
        var wakeup = store.context(Wakeup.class);
        source.onChange(wakeup::signal);
        var all = new ByteArrayOutputStream();
        while (true) {
            switch (source.poll(CHUNK)) {
                case BodySource.Chunk.Empty ignored -> {
                    var _ = wakeup.until(store, source::ready, null);
                }
                case BodySource.Chunk.Bytes(var bytes) -> {
                    if (bytes.length > max.bytes() - all.size() || !budget.reserveMemory(bytes.length)) {
                        throw new EndedException(new GuestOutcome.RequestTooLarge(max));
                    }
                    all.writeBytes(bytes);
                }
                case BodySource.Chunk.End ignored -> {
                    return all.toByteArray();
                }
                case BodySource.Chunk.Broken ignored -> throw new EndedException(new GuestOutcome.Abandoned());
            }
        }
    }

    /** It as the guest's standard input. */
    static InputStream stream(BodySource source, Wakeup wakeup) {
        source.onChange(wakeup::signal);
        return new Stream(source);
    }

    private static final class Stream implements InputStream {
        private final BodySource source;
        private boolean over;

        Stream(BodySource source) {
            this.source = source;
        }

        @Override
        public byte[] read(long max) throws StreamClosedException, StreamFailedException {
            if (over) {
                throw new StreamClosedException();
            }
            if (max == 0) {
                return NOTHING;
            }
            return switch (source.poll((int) Math.min(max, CHUNK))) {
                case BodySource.Chunk.Empty ignored -> NOTHING;
                case BodySource.Chunk.Bytes(var bytes) -> bytes;
                case BodySource.Chunk.End ignored -> {
                    over = true;
                    throw new StreamClosedException();
                }
                case BodySource.Chunk.Broken(var code) -> {
                    over = true;
                    throw new StreamFailedException(new IoError("the body broke off: " + code.name(), code));
                }
            };
        }

        @Override
        public Pollable subscribe() {
            return () -> over || source.ready();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
