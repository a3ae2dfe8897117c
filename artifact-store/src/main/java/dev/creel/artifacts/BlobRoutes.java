package dev.creel.artifacts;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** {@code GET} and {@code HEAD} of blobs. Any {@code Accept} is fine: clients send that of manifests here too. */
final class BlobRoutes {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
    private final BlobStore store;

    BlobRoutes(BlobStore store) {
        this.store = store;
    }

    void read(HttpExchange http, RepositoryName repository, Digest digest) throws IOException {
        long size = store.blobSize(repository, digest)
                .orElseThrow(() -> new RegistryException(
                        RegistryError.BLOB_UNKNOWN, "the repository " + repository.path() + " has no blob " + digest));
        var fields = HttpFields.of(
                "Content-Type", "application/octet-stream",
                "Docker-Content-Digest", digest.toString(),
                "Accept-Ranges", "bytes");
        var part = http.header("range").flatMap(range -> Part.of(range, size));
        if (part.isEmpty()) {
            send(http, 200, fields, repository, digest, new Part(0, size));
        } else if (part.get().length() <= 0) {
            http.respond(416, fields.with("Content-Range", "bytes */" + size), new byte[0]);
        } else {
            send(http, 206, fields.with("Content-Range", part.get().header(size)), repository, digest, part.get());
        }
    }

    private void send(
            HttpExchange http, int status, HttpFields fields, RepositoryName repository, Digest digest, Part part)
            throws IOException {
        try (InputStream content = store.open(repository, digest).orElseThrow();
                var out = http.respond(status, fields, OptionalLong.of(part.length()))) {
            if (http.method().equals("HEAD")) {
                return;
            }
            content.skipNBytes(part.first());
            var chunk = new byte[64 * 1024];
            for (long left = part.length(); left > 0; ) {
                int n = content.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (n < 0) {
                    throw new IOException("the blob " + digest + " ends " + left + " bytes too early");
                }
                out.write(chunk, 0, n);
                left -= n;
            }
        }
    }

    /** Which bytes of the blob to send. */
    private record Part(long first, long length) {
        /** Empty for forms of {@code Range} that we do not offer: then the whole is sent, as HTTP allows. */
        static Optional<Part> of(String range, long size) {
            var m = RANGE.matcher(range.strip());
            if (!m.matches()) {
                return Optional.empty();
            }
            long first = Long.parseLong(m.group(1));
            long last = m.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(m.group(2)));
            return Optional.of(new Part(first, last - first + 1));
        }

        String header(long size) {
            return "bytes " + first + "-" + (first + length - 1) + "/" + size;
        }
    }
}
