package dev.creel.host;

import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Blobs in memory; can be told to fail, and to give wrong bytes. */
public final class HeldArtifacts implements Artifacts {
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    final AtomicInteger failures = new AtomicInteger();

    /** Keeps bytes. */
    public Digest put(byte[] bytes) {
        var digest = Digest.of(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    /** Gives {@code bytes} for a digest that is not theirs. */
    public void forge(Digest digest, byte[] bytes) {
        blobs.put(digest, bytes);
    }

    @Override
    public Optional<Digest> manifest(RepositoryName repository, String reference) {
        return Optional.empty();
    }

    @Override
    public Optional<InputStream> open(RepositoryName repository, Digest digest) throws IOException {
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IOException("the store is away");
        }
        return Optional.ofNullable(blobs.get(digest)).map(ByteArrayInputStream::new);
    }
}
