package dev.creel.chassis.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.OptionalLong;

/** What a call of {@link HttpCalls} sends. */
public sealed interface RequestBody {
    /** No body. */
    record Nothing() implements RequestBody {}

    /**
     * Bytes in memory.
     *
     * @param content all of them
     */
    record Bytes(byte[] content) implements RequestBody {}

    /**
     * Bytes that are read while they are sent.
     *
     * @param length how many, if known; otherwise they go in chunks
     * @param source opened once for each call, closed at its end
     */
    record Streamed(OptionalLong length, Source source) implements RequestBody {}

    /** Opens the bytes of a body. */
    @FunctionalInterface
    interface Source {
        /** A fresh stream from the first byte on. */
        InputStream open() throws IOException;
    }

    /** How the JDK's client takes it. */
    default BodyPublisher publisher() {
        return switch (this) {
            case Nothing nothing -> BodyPublishers.noBody();
            case Bytes bytes -> BodyPublishers.ofByteArray(bytes.content());
            case Streamed streamed -> {
                var stream = BodyPublishers.ofInputStream(() -> {
                    try {
                        return streamed.source().open();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                long length = streamed.length().orElse(-1);
                yield length < 0
                        ? stream
                        : length == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(stream, length);
            }
        };
    }
}
