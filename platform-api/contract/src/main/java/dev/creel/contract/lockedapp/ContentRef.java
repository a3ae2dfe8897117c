package dev.creel.contract.lockedapp;

import dev.creel.contract.artifact.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names some bytes (reference spin-app §1.4.1): inline, or by digest, or by a URL that only local documents have.
 *
 * @param inline the bytes themselves, if given
 * @param digest their digest, if given
 * @param source where they lie, if given
 */
public record ContentRef(Optional<Inline> inline, Optional<Digest> digest, Optional<String> source) {
    public ContentRef {
        if (inline.isEmpty() && digest.isEmpty() && source.isEmpty()) {
            throw new IllegalArgumentException("a content reference needs one of inline, digest or source");
        }
    }

    /** Content that lies in the artifact store. */
    public static ContentRef byDigest(Digest digest) {
        return new ContentRef(Optional.empty(), Optional.of(digest), Optional.empty());
    }

    /** Bytes inside the document, compared by content. */
    public record Inline(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Inline that && java.util.Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes inline";
        }
    }
}
