package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.FileStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * What there is to know about a file.
 *
 * @param kind what it is
 * @param links how many names it has
 * @param size in bytes
 * @param accessed last read
 * @param modified last written
 * @param changed last change of its metadata
 * @param identity which file it is
 */
public record FileStat(
        FileKind kind, long links, long size, Instant accessed, Instant modified, Instant changed, Identity identity) {
    /** Which file of the host it is: the same for all names of the same file. Never shown to guests. */
    public record Identity(long device, long inode) {
        /** What guests see of it: the same number for the same file, as long as it lives, and another for others. */
        public long number() {
            return digest(device + " " + inode).getLong();
        }
    }

    /** What guests see as a file's hash: which file it is, and which state of it. */
    public record Hash(long lower, long upper) {}

    static FileStat of(FileStatus status) {
        return new FileStat(
                FileKind.of(status.mode()),
                status.links(),
                status.size(),
                status.accessed(),
                status.modified(),
                status.changed(),
                new Identity(status.device(), status.inode()));
    }

    /** Its hash. The lower word is the file's identity alone, as the adapter for preview 1 makes an inode number of it. */
    public Hash hash() {
        return new Hash(
                identity.number(),
                digest(identity.device + " " + identity.inode + " " + size + " " + modified)
                        .getLong());
    }

    /** Digested, so that device and inode numbers of the host stay with the host. */
    private static ByteBuffer digest(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
