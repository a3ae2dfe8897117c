package dev.creel.wasi.http;

import java.util.List;
import java.util.Optional;

/**
 * Bytes of a message that flow towards a guest (request body of an incoming request, response body of an outgoing one). The
 * host fills it from its own threads and calls the {@code changed} that it was given after each change; the guest's thread
 * reads. Implementations bound what they hold and pause the peer when full.
 */
public interface BodySource extends AutoCloseable {
    /** What {@link #poll} finds. */
    sealed interface Chunk {
        /** Nothing yet. */
        record Empty() implements Chunk {}

        /** Some bytes, at least one. */
        record Bytes(byte[] bytes) implements Chunk {}

        /** The end, with trailers if there were any. Final. */
        record End(Optional<List<Header>> trailers) implements Chunk {}

        /** It broke. Final. */
        record Broken(HttpErrorCode code) implements Chunk {}
    }

    /** Takes up to {@code max} bytes without waiting. */
    Chunk poll(int max);

    /** Whether {@link #poll} would find something other than Empty. Cheap; never takes anything. */
    boolean ready();

    /** Has {@code action} run after each change, on any thread. Set once, before the first poll. */
    void onChange(Runnable action);

    /** Nobody will read any more. */
    @Override
    void close();

    /** No body at all. */
    static BodySource empty() {
        return new BodySource() {
            @Override
            public Chunk poll(int max) {
                return new Chunk.End(Optional.empty());
            }

            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public void onChange(Runnable action) {}

            @Override
            public void close() {}
        };
    }
}
