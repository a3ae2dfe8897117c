package dev.creel.artifacts;

import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.nio.file.Path;

/**
 * Where things lie below the store's directory. Content is shared by all tenants; a repository sees only what it has a
 * record of.
 *
 * <pre>
 * blobs/4f/4f1c…                          content by digest: blobs and manifests
 * uploads/⟨random⟩                        bytes that are not (yet) content; emptied at start
 * repositories/⟨tenant⟩/⟨path⟩/blobs/4f1c…      empty: this repository received that blob
 * repositories/⟨tenant⟩/⟨path⟩/manifests/4f1c…  media type of that manifest
 * repositories/⟨tenant⟩/⟨path⟩/tags/0.1.0       the digest that the tag names
 * </pre>
 *
 * <p>A {@code /} in a repository's path becomes {@code +}, which its grammar does not have: so a repository is one folder,
 * whatever it is called. The other parts of each path are checked types (ids, digests, {@link Tag}s).
 */
record Layout(Path root) {
    Path uploads() {
        return root.resolve("uploads");
    }

    Path content(Digest digest) {
        return root.resolve("blobs").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    Path repository(RepositoryName name) {
        return root.resolve("repositories")
                .resolve(name.tenant().toString())
                .resolve(name.path().replace('/', '+'));
    }

    Path blob(RepositoryName name, Digest digest) {
        return repository(name).resolve("blobs").resolve(digest.hex());
    }

    Path manifest(RepositoryName name, Digest digest) {
        return repository(name).resolve("manifests").resolve(digest.hex());
    }

    Path tags(RepositoryName name) {
        return repository(name).resolve("tags");
    }

    Path tag(RepositoryName name, Tag tag) {
        return tags(name).resolve(tag.value());
    }
}
