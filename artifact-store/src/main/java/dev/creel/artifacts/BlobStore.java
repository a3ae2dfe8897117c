package dev.creel.artifacts;

import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The writing side of the artifact store, which the registry fills. Thread-safe; every method may block on disk, and those
 * that take an {@link InputStream} on its reader too. Refusals are {@link RegistryException}s; an {@link IOException} means
 * that disk or client failed, and that nothing became visible.
 */
public interface BlobStore extends Artifacts {
    /** Opens an upload into {@code repository}, which need not exist yet. */
    UploadId begin(RepositoryName repository) throws IOException;

    /**
     * Adds {@code bytes} to their end and returns how many the upload has now. What arrived before the stream failed stays,
     * and the client may go on from there.
     *
     * @param first where the client says that {@code bytes} begin; refused unless that is where the upload ends
     */
    long append(RepositoryName repository, UploadId upload, OptionalLong first, InputStream bytes) throws IOException;

    /** How many bytes the upload has. */
    long received(RepositoryName repository, UploadId upload);

    /**
     * Adds {@code rest}, and if all bytes together have the digest {@code expected}, makes them a blob of
     * {@code repository}; else drops them. Either way the upload is over.
     */
    void finish(RepositoryName repository, UploadId upload, Digest expected, InputStream rest) throws IOException;

    /** Drops an upload. */
    void cancel(RepositoryName repository, UploadId upload) throws IOException;

    /** How many bytes the blob has, if {@code repository} received one with this digest. */
    OptionalLong blobSize(RepositoryName repository, Digest digest) throws IOException;

    /**
     * Reads and keeps a manifest whose blobs are all there, and lets {@code reference} (a tag, or its own digest) name it.
     *
     * @return its digest
     */
    Digest putManifest(RepositoryName repository, String reference, String mediaType, InputStream manifest)
            throws IOException;

    /** The manifest that {@code reference} (a tag or a digest) names, if there is one. */
    Optional<StoredManifest> readManifest(RepositoryName repository, String reference) throws IOException;

    /** All tags, sorted. */
    List<String> tags(RepositoryName repository) throws IOException;
}
