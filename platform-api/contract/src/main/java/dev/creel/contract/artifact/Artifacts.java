package dev.creel.contract.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reading side of the artifact store. Thread-safe; every method may block on disk or network. Bytes are checked
 * against their digest by the reader, who must not trust the store.
 */
public interface Artifacts {
    /** The digest of the manifest that {@code reference} (a tag, or a digest's text) names, if there is one. */
    Optional<Digest> manifest(RepositoryName repository, String reference) throws IOException;

    /** The bytes of a blob or manifest of {@code repository}, or empty if it has none with this digest. Close it. */
    Optional<InputStream> open(RepositoryName repository, Digest digest) throws IOException;
}
