package dev.creel.artifacts;

import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path of the distribution API asks about. Names and ids in it are as the client wrote them, unchecked. */
sealed interface RegistryCall {
    /** {@code /v2/}: is this a registry, and may I? */
    record Ping() implements RegistryCall {}

    /** {@code /v2/token}: where the challenge points to. */
    record Token() implements RegistryCall {}

    /** {@code /v2/⟨name⟩/blobs/uploads/}. */
    record Uploading(String name) implements RegistryCall {}

    /** {@code /v2/⟨name⟩/blobs/uploads/⟨id⟩}. */
    record OneUpload(String name, String id) implements RegistryCall {}

    /** {@code /v2/⟨name⟩/blobs/⟨digest⟩}. */
    record Blob(String name, String digest) implements RegistryCall {}

    /** {@code /v2/⟨name⟩/manifests/⟨tag or digest⟩}. */
    record Manifest(String name, String reference) implements RegistryCall {}

    /** {@code /v2/⟨name⟩/tags/list}. */
    record Tags(String name) implements RegistryCall {}

    /** Anything else. */
    record Unknown() implements RegistryCall {}

    // Names may have components called "blobs" or "tags": the last such component is the one that counts.
    Pattern UPLOADING = Pattern.compile("/v2/(.+)/blobs/uploads/?");
    Pattern ONE_UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]+)");
    Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/([^/]+)");
    Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list");

    /** Reads a path as sent. */
    static RegistryCall of(String rawPath) {
        var path = decode(rawPath);
        if (path.equals("/v2/") || path.equals("/v2")) {
            return new Ping();
        }
        if (path.equals("/v2/token")) {
            return new Token();
        }
        return of(path, UPLOADING, m -> new Uploading(m.group(1)))
                .or(() -> of(path, ONE_UPLOAD, m -> new OneUpload(m.group(1), m.group(2))))
                .or(() -> of(path, BLOB, m -> new Blob(m.group(1), m.group(2))))
                .or(() -> of(path, MANIFEST, m -> new Manifest(m.group(1), m.group(2))))
                .or(() -> of(path, TAGS, m -> new Tags(m.group(1))))
                .orElseGet(Unknown::new);
    }

    private static Optional<RegistryCall> of(String path, Pattern pattern, Function<Matcher, RegistryCall> call) {
        var matcher = pattern.matcher(path);
        return matcher.matches() ? Optional.of(call.apply(matcher)) : Optional.empty();
    }

    /** Reads a digest, or refuses. */
    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(RegistryError.DIGEST_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Reads the name of one of {@code tenant}'s repositories, or refuses. */
    static RepositoryName repository(TenantId tenant, String path) {
        try {
            return new RepositoryName(tenant, path);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(RegistryError.NAME_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Reads the id of an upload, or refuses. */
    static UploadId upload(String text) {
        return UploadId.read(text)
                .orElseThrow(() -> new RegistryException(
                        RegistryError.BLOB_UPLOAD_UNKNOWN, "there is no upload '" + text + "'; begin a new one"));
    }

    private static String decode(String rawPath) {
        try {
            return URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return rawPath;
        }
    }
}
