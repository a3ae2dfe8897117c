package dev.creel.artifacts;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Uploads of blobs. Statuses and the {@code Location} on each answer are those that the {@code spin} client insists on
 * (reference spin-deploy §7.2); a location is a path, which holds whatever name the client uses for us.
 */
final class UploadRoutes {
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes[ =])?(\\d{1,18})-(\\d{1,18})(?:/.*)?");
    private final BlobStore store;

    UploadRoutes(BlobStore store) {
        this.store = store;
    }

    /** {@code POST}: with a digest the whole blob comes at once, else an upload begins. A wish to mount is not granted. */
    void begin(HttpExchange http, RepositoryName repository) throws IOException {
        var digest = http.parameter("digest").map(RegistryCall::digest);
        var upload = store.begin(repository);
        if (digest.isPresent()) {
            finish(http, repository, upload, digest.get());
        } else {
            http.respond(202, progress(repository, upload, 0), new byte[0]);
        }
    }

    /** {@code PATCH}: a chunk. */
    void append(HttpExchange http, RepositoryName repository, UploadId upload) throws IOException {
        long received;
        try {
            received = store.append(repository, upload, firstByte(http), http.body());
        } catch (RegistryException e) {
            if (e.error() != RegistryError.BLOB_UPLOAD_OUT_OF_ORDER) {
                throw e;
            }
            RegistryServer.refuse(http, e, progress(repository, upload, store.received(repository, upload)));
            return;
        }
        http.respond(202, progress(repository, upload, received), new byte[0]);
    }

    /** {@code PUT}: the rest, if any, and what the whole must be. */
    void finish(HttpExchange http, RepositoryName repository, UploadId upload) throws IOException {
        var digest = http.parameter("digest")
                .map(RegistryCall::digest)
                .orElseThrow(() -> new RegistryException(
                        RegistryError.DIGEST_INVALID, "the upload's end must say its digest: ?digest=sha256:…"));
        finish(http, repository, upload, digest);
    }

    /** {@code GET}: how far it is. */
    void progress(HttpExchange http, RepositoryName repository, UploadId upload) {
        http.respond(204, progress(repository, upload, store.received(repository, upload)), new byte[0]);
    }

    /** {@code DELETE}: never mind. */
    void cancel(HttpExchange http, RepositoryName repository, UploadId upload) throws IOException {
        store.cancel(repository, upload);
        http.respond(204, HttpFields.NONE, new byte[0]);
    }

    private void finish(HttpExchange http, RepositoryName repository, UploadId upload, Digest digest)
            throws IOException {
        store.finish(repository, upload, digest, http.body());
        var fields = HttpFields.of(
                "Location",
                "/v2/" + repository.path() + "/blobs/" + digest,
                "Docker-Content-Digest",
                digest.toString());
        http.respond(201, fields, new byte[0]);
    }

    private static OptionalLong firstByte(HttpExchange http) {
        var header = http.header("content-range");
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        var range = CONTENT_RANGE.matcher(header.get().strip());
        if (!range.matches() || Long.parseLong(range.group(2)) < Long.parseLong(range.group(1))) {
            throw new RegistryException(
                    RegistryError.BLOB_UPLOAD_INVALID,
                    "the Content-Range '" + header.get() + "' is not <first byte>-<last byte>");
        }
        long first = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - first + 1;
        var declared = http.header("content-length");
        if (declared.isPresent() && !declared.get().strip().equals(Long.toString(length))) {
            throw new RegistryException(
                    RegistryError.BLOB_UPLOAD_INVALID,
                    "the Content-Range names " + length + " bytes, but the chunk has " + declared.get());
        }
        return OptionalLong.of(first);
    }

    private static HttpFields progress(RepositoryName repository, UploadId upload, long received) {
        return HttpFields.of(
                "Location", "/v2/" + repository.path() + "/blobs/uploads/" + upload,
                "Range", "0-" + Math.max(0, received - 1),
                "Docker-Upload-UUID", upload.toString());
    }
}
