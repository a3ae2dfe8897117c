package dev.creel.wasi.filesystem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Objects;

/**
 * What there is to know about a file.
 *
 * @param kind what it is
 * @param size in bytes
 * @param accessed last read
 * @param modified last written
 * @param changed last change of its metadata, as far as Java knows: its creation
 * @param identity the same for the same file of the host; never shown to guests
 */
public record FileStat(FileKind kind, long size, Instant accessed, Instant modified, Instant changed, String identity) {
    /** What guests see as a file's identity: two words that differ for other files and for other content. */
    public record Hash(long lower, long upper) {}

    static FileStat of(BasicFileAttributes attributes) {
        return new FileStat(
                FileKind.of(attributes),
                attributes.size(),
                attributes.lastAccessTime().toInstant(),
                attributes.lastModifiedTime().toInstant(),
                attributes.creationTime().toInstant(),
                Objects.toString(attributes.fileKey()));
    }

    /** Its hash. Digested, so that device and inode numbers of the host stay with the host. */
    public Hash hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((identity + ' ' + size + ' ' + modified).getBytes(StandardCharsets.UTF_8));
            var words = ByteBuffer.wrap(digest);
            return new Hash(words.getLong(), words.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
