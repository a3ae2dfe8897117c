package dev.creel.artifacts;

import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The artifact store in a directory of files, which one process at a time may use.
 *
 * <p>Nothing half-written is ever visible, whatever the moment of a crash: bytes are collected under {@code uploads}, made
 * durable, and moved to their name in one step; only then does the repository get its record, and only then does the client
 * get its answer. Each crash before the record leaves at most content that no repository can see. A manifest is kept in the
 * same order: its bytes, its record, its tag.
 */
public final class FileArtifacts implements BlobStore {
    private final Layout layout;
    private final Disk disk;
    private final ArtifactLimits limits;
    private final Uploads uploads;

    /** Opens or makes the store in {@code directory}, and removes what unfinished uploads left there. */
    public static FileArtifacts open(Path directory, ArtifactLimits limits, InstantSource clock) throws IOException {
        return new FileArtifacts(directory, limits, clock, new Disk());
    }

    FileArtifacts(Path directory, ArtifactLimits limits, InstantSource clock, Disk disk) throws IOException {
        this.layout = new Layout(disk.directories(directory.toAbsolutePath()));
        this.disk = disk;
        this.limits = limits;
        this.uploads = new Uploads(layout.uploads(), disk, limits, clock);
    }

    @Override
    public UploadId begin(RepositoryName repository) throws IOException {
        return uploads.begin(repository);
    }

    @Override
    public long append(RepositoryName repository, UploadId id, OptionalLong first, InputStream bytes)
            throws IOException {
        try {
            return uploads.find(repository, id).append(first, bytes);
        } catch (RegistryException e) {
            if (e.error() == RegistryError.SIZE_INVALID) {
                cancel(repository, id);
            }
            throw e;
        }
    }

    @Override
    public long received(RepositoryName repository, UploadId id) {
        return uploads.find(repository, id).received();
    }

    @Override
    public void finish(RepositoryName repository, UploadId id, Digest expected, InputStream rest) throws IOException {
        var upload = uploads.take(repository, id);
        try {
            upload.finish(expected, rest);
            disk.publish(upload.file, layout.content(expected));
        } finally {
            upload.drop();
        }
        keep(layout.blob(repository, expected), "");
    }

    @Override
    public void cancel(RepositoryName repository, UploadId id) throws IOException {
        uploads.take(repository, id).drop();
    }

    @Override
    public OptionalLong blobSize(RepositoryName repository, Digest digest) throws IOException {
        return Files.exists(layout.blob(repository, digest))
                ? OptionalLong.of(Files.size(layout.content(digest)))
                : OptionalLong.empty();
    }

    @Override
    public Digest putManifest(RepositoryName repository, String reference, String mediaType, InputStream manifest)
            throws IOException {
        var bytes = manifest.readNBytes(Math.toIntExact(limits.manifestMax().bytes()) + 1);
        if (bytes.length > limits.manifestMax().bytes()) {
            throw new RegistryException(
                    RegistryError.SIZE_INVALID, "a manifest may have at most " + limits.manifestMax());
        }
        var digest = Digest.of(bytes);
        var tag = tagIn(reference, digest);
        ManifestBlobs.read(bytes).requireAll(repository, this);
        keep(layout.content(digest), bytes);
        keep(layout.manifest(repository, digest), mediaType);
        if (tag.isPresent()) {
            keep(layout.tag(repository, tag.get()), digest.toString());
        }
        return digest;
    }

    @Override
    public Optional<StoredManifest> readManifest(RepositoryName repository, String reference) throws IOException {
        var digest = manifest(repository, reference);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        var mediaType = Files.readString(layout.manifest(repository, digest.get()));
        return Optional.of(
                new StoredManifest(digest.get(), mediaType, Files.readAllBytes(layout.content(digest.get()))));
    }

    @Override
    public List<String> tags(RepositoryName repository) throws IOException {
        try (var files = Files.list(layout.tags(repository))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public Optional<Digest> manifest(RepositoryName repository, String reference) throws IOException {
        if (reference.startsWith("sha256:")) {
            return read(reference).filter(digest -> Files.exists(layout.manifest(repository, digest)));
        }
        var tag = Tag.read(reference);
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(Files.readString(layout.tag(repository, tag.get()))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<InputStream> open(RepositoryName repository, Digest digest) throws IOException {
        boolean known =
                Files.exists(layout.blob(repository, digest)) || Files.exists(layout.manifest(repository, digest));
        return known ? Optional.of(Files.newInputStream(layout.content(digest))) : Optional.empty();
    }

    private void keep(Path target, String text) throws IOException {
        keep(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes or replaces a small file in one durable step. */
    private void keep(Path target, byte[] content) throws IOException {
        var temporary = uploads.temporary();
        try {
            disk.append(temporary, content, content.length);
            disk.publish(temporary, target);
        } finally {
            disk.delete(temporary);
        }
    }

    private static Optional<Digest> read(String digest) {
        try {
            return Optional.of(Digest.parse(digest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Tag> tagIn(String reference, Digest actual) {
        if (!reference.startsWith("sha256:")) {
            return Optional.of(Tag.parse(reference));
        }
        if (!reference.equals(actual.toString())) {
            throw new RegistryException(
                    RegistryError.DIGEST_INVALID, "the manifest has the digest " + actual + ", not " + reference);
        }
        return Optional.empty();
    }
}
