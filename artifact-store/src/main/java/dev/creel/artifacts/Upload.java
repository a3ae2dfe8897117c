package dev.creel.artifacts;

import dev.creel.contract.ByteSize;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A blob on its way: hashed as it arrives, so finishing costs no second reading. The lock lets one request at a time work on
 * it, and guards {@code digest}, {@code received} and {@code broken}; {@link #drop} does not wait for it.
 */
final class Upload {
    private static final int CHUNK = 64 * 1024;

    final RepositoryName repository;
    final Path file;
    private final Disk disk;
    private final ByteSize max;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final MessageDigest digest = Digest.sha256();
    private long received;
    private boolean broken;
    private volatile boolean dropped;
    private volatile Instant lastByte;

    Upload(RepositoryName repository, Path file, Disk disk, ByteSize max, InstantSource clock) throws IOException {
        this.repository = repository;
        this.file = file;
        this.disk = disk;
        this.max = max;
        this.clock = clock;
        this.lastByte = clock.instant();
        disk.create(file);
    }

    boolean idleSince(Instant moment) {
        return lastByte.isBefore(moment);
    }

    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    long append(OptionalLong first, InputStream bytes) throws IOException {
        lock.lock();
        try {
            if (first.isPresent() && first.getAsLong() != received) {
                throw new RegistryException(
                        RegistryError.BLOB_UPLOAD_OUT_OF_ORDER,
                        "the chunk begins at byte " + first.getAsLong() + ", but the upload has " + received
                                + " bytes");
            }
            return drain(bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the last bytes and checks them all; when it returns, {@link #file} holds exactly {@code expected}. */
    void finish(Digest expected, InputStream rest) throws IOException {
        lock.lock();
        try {
            drain(rest);
            var actual = Digest.from(digest);
            if (!actual.equals(expected)) {
                throw new RegistryException(
                        RegistryError.DIGEST_INVALID,
                        "the uploaded bytes have the digest " + actual + ", not " + expected);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it and removes its file; a request that works on it fails with its next byte. */
    void drop() throws IOException {
        dropped = true;
        disk.delete(file);
    }

    private long drain(InputStream bytes) throws IOException {
        var chunk = new byte[CHUNK];
        for (int n = bytes.read(chunk); n >= 0; n = bytes.read(chunk)) {
            if (dropped || broken) {
                throw new RegistryException(RegistryError.BLOB_UPLOAD_UNKNOWN, "this upload is over; begin a new one");
            }
            if (received + n > max.bytes()) {
                throw new RegistryException(
                        RegistryError.SIZE_INVALID, "a blob may have at most " + max + "; make the file smaller");
            }
            keep(chunk, n);
        }
        return received;
    }

    private void keep(byte[] chunk, int length) throws IOException {
        broken = true; // should writing fail, nobody knows what the file holds
        disk.append(file, chunk, length);
        broken = false;
        digest.update(chunk, 0, length);
        received += length;
        lastByte = clock.instant();
    }
}
