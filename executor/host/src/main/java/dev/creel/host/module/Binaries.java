package dev.creel.host.module;

import dev.creel.contract.ByteSize;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.ContentRef;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Wasm binaries that one application names, by digest. Each is read and checked once while the application is prepared, however
 * many of its components share it, unless memory gets short. One thread; reading blocks on the network.
 */
final class Binaries {
    private final Blobs blobs;
    private final ByteSize most;
    private final Map<Digest, Named> named = new HashMap<>();
    private final Map<Digest, SoftReference<byte[]>> read = new HashMap<>();

    private record Named(String what, ContentRef content) {}

    /** @param most bytes of one binary */
    Binaries(Blobs blobs, ByteSize most) {
        this.blobs = blobs;
        this.most = most;
    }

    /** Takes note of a binary; {@code what} names it in messages. */
    void add(String what, ContentRef content) {
        named.putIfAbsent(digest(what, content), new Named(what, content));
    }

    /** What names the bytes of {@code content}. */
    static Digest digest(String what, ContentRef content) {
        return content.inline()
                .map(inline -> Digest.of(inline.bytes()))
                .or(content::digest)
                .orElseThrow(() -> new RefusedRevisionException(
                        what + " names a place outside the artifact; push the application to the registry"));
    }

    /**
     * The bytes with this digest.
     *
     * @throws RefusedRevisionException if the registry lacks them, has others, or has too many
     */
    byte[] read(Digest digest) throws IOException {
        var known = known(read.get(digest));
        if (known == null) {
            known = fetch(digest);
            read.put(digest, new SoftReference<>(known));
        }
        return known;
    }

    private byte[] fetch(Digest digest) throws IOException {
        var one = named.get(digest);
        if (one == null) {
            throw new IllegalArgumentException("the application names no binary " + digest);
        }
        return one.content().inline().isPresent()
                ? one.content().inline().get().bytes()
                : blobs.read(digest, one.what(), most);
    }

    private static byte @Nullable [] known(@Nullable SoftReference<byte[]> reference) {
        return reference == null ? null : reference.get();
    }
}
