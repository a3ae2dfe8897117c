package dev.creel.cli.push;

import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes to push.
 *
 * @param mediaType as in reference spin-deploy §7.4
 * @param size in bytes
 */
public record Layer(String mediaType, Digest digest, long size, Content content) {
    /** A module or component. */
    public static final String WASM = "application/vnd.wasm.content.layer.v1+wasm";

    /** A static file. */
    public static final String DATA = "application/vnd.wasm.content.layer.v1+data";

    /** The locked application. */
    public static final String LOCKED_APP = "application/vnd.fermyon.spin.application.v1+config";

    /** Where the bytes are until they are pushed. */
    public sealed interface Content {
        /** On disk; hashed when the layer was made, and hashed again by the registry. */
        record OnDisk(Path file) implements Content {}

        /** In memory. */
        record InMemory(byte[] bytes) implements Content {}
    }

    static Layer of(String mediaType, byte[] bytes) {
        return new Layer(mediaType, Digest.of(bytes), bytes.length, new Content.InMemory(bytes));
    }

    static Layer of(String mediaType, Path file) throws IOException {
        var sha = Digest.sha256();
        long size = 0;
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
                size += n;
            }
        }
        return new Layer(mediaType, Digest.from(sha), size, new Content.OnDisk(file));
    }

    /** Opens the bytes. */
    public InputStream open() throws IOException {
        return switch (content) {
            case Content.OnDisk disk -> Files.newInputStream(disk.file());
            case Content.InMemory memory -> new java.io.ByteArrayInputStream(memory.bytes());
        };
    }
}
