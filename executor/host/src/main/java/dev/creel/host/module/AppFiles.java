package dev.creel.host.module;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciManifest;
import dev.creel.contract.ByteSize;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedComponent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Lays out the files of one revision: a directory for each component that has files. Equal contents are stored once and hard-linked.
 * Used by one thread; the directory must be thrown away if anything fails.
 */
final class AppFiles {
    private final Path directory;
    private final Blobs blobs;
    private final OciManifest manifest;
    private final PullLimits limits;
    private final Map<Digest, Path> contents = new HashMap<>();
    private boolean unpacked;
    private long bytes;
    private int count;

    AppFiles(Path directory, Blobs blobs, OciManifest manifest, PullLimits limits) {
        this.directory = directory;
        this.blobs = blobs;
        this.manifest = manifest;
        this.limits = limits;
    }

    /** Writes the files of a component; where they are, or nothing if it has none. */
    Optional<Path> lay(LockedComponent component, int number) throws IOException {
        if (component.files().isEmpty()) {
            return Optional.empty();
        }
        var root = Files.createDirectories(directory.resolve("component-" + number));
        for (var file : component.files()) {
            var what = "component \"" + component.id() + "\": file \"" + file.path() + "\"";
            if (++count > limits.fileCountMax()) {
                throw new RefusedRevisionException(
                        "the application has more files than the limit of " + limits.fileCountMax());
            }
            // LockedFile has refused absolute paths and "..".
            var target = root.resolve(file.path());
            try {
                Files.createDirectories(target.getParent());
                write(file.content(), what, target);
            } catch (FileAlreadyExistsException e) {
                throw new RefusedRevisionException(what + " is named twice, or also as a directory", e);
            }
        }
        return Optional.of(root);
    }

    private void write(ContentRef content, String what, Path target) throws IOException {
        if (content.inline().isPresent()) {
            var inline = content.inline().get().bytes();
            var claimed = content.digest();
            if (claimed.isPresent() && !claimed.get().equals(Digest.of(inline))) {
                throw new RefusedRevisionException(what + " is damaged: its inline bytes do not have its digest");
            }
            take(inline.length);
            try (var out = Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
                out.write(inline);
            }
            return;
        }
        var digest = content.digest()
                .orElseThrow(() -> new RefusedRevisionException(
                        what + " names a place outside the artifact; push the application to the registry"));
        Files.createLink(target, content(digest, what));
    }

    /** Where the bytes with this digest are on disk, fetched if need be. */
    private Path content(Digest digest, String what) throws IOException {
        var known = contents.get(digest);
        if (known != null) {
            return known;
        }
        if (isLayer(digest)) {
            var path = contentPath(digest);
            try (var out = Files.newOutputStream(path)) {
                take(blobs.copy(digest, what, left(), out));
            }
            contents.put(digest, path);
            return path;
        }
        unpackArchives();
        known = contents.get(digest);
        if (known == null) {
            throw new RefusedRevisionException(
                    what + " is missing: no layer of the artifact holds " + digest + "; push the application again");
        }
        return known;
    }

    private boolean isLayer(Digest digest) {
        return manifest.layers().stream()
                .anyMatch(layer ->
                        layer.digest().equals(digest) && !layer.mediaType().equals(MediaTypes.ARCHIVE));
    }

    private void unpackArchives() throws IOException {
        if (unpacked) {
            return;
        }
        unpacked = true;
        for (var layer : manifest.layers()) {
            if (!layer.mediaType().equals(MediaTypes.ARCHIVE)) {
                continue;
            }
            var packed = contentPath(layer.digest());
            try (var out = Files.newOutputStream(packed)) {
                blobs.copy(layer.digest(), "an archive of files", limits.filesMax(), out);
            }
            try (var in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(packed)))) {
                new TarArchive(in).forEach(this::unpack);
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                throw new RefusedRevisionException("an archive of files is malformed: " + e.getMessage(), e);
            }
            Files.delete(packed);
        }
    }

    private void unpack(InputStream content) throws IOException {
        var hash = Digest.sha256();
        var temporary = Files.createTempFile(contentDirectory(), "unpack", "");
        try (var out = Files.newOutputStream(temporary);
                var in = new Blobs.Bounded(new DigestInputStream(content, hash), "an archive of files", left())) {
            take(in.transferTo(out));
        }
        if (contents.size() >= limits.fileCountMax()) {
            throw new RefusedRevisionException(
                    "the application has more files than the limit of " + limits.fileCountMax());
        }
        var digest = Digest.from(hash);
        var path = contentPath(digest);
        Files.move(temporary, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        contents.put(digest, path);
    }

    private Path contentPath(Digest digest) throws IOException {
        return contentDirectory().resolve(digest.hex());
    }

    private Path contentDirectory() throws IOException {
        return Files.createDirectories(directory.resolve("contents"));
    }

    private ByteSize left() {
        return ByteSize.ofBytes(Math.max(0, limits.filesMax().bytes() - bytes));
    }

    private void take(long more) {
        bytes += more;
        if (bytes > limits.filesMax().bytes()) {
            throw new RefusedRevisionException(
                    "the application's files are larger than the limit of " + limits.filesMax());
        }
    }
}
