package dev.creel.host.module;

import dev.creel.contract.ByteSize;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;

/** Blobs of one repository, each checked against its digest while it is read: the store is not trusted. Blocks on the network. */
final class Blobs {
    private final Artifacts artifacts;
    private final RepositoryName repository;

    Blobs(Artifacts artifacts, RepositoryName repository) {
        this.artifacts = artifacts;
        this.repository = repository;
    }

    /**
     * All bytes of a blob.
     *
     * @param what names it in messages
     */
    byte[] read(Digest digest, String what, ByteSize most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        copy(digest, what, most, bytes);
        return bytes.toByteArray();
    }

    /** Writes a blob to {@code to}, which must be thrown away if this fails; says how many bytes. */
    long copy(Digest digest, String what, ByteSize most, OutputStream to) throws IOException {
        var hash = Digest.sha256();
        try (var in = new Bounded(new DigestInputStream(open(digest, what), hash), what, most)) {
            long count = in.transferTo(to);
            var found = Digest.from(hash);
            if (!found.equals(digest)) {
                throw new RefusedRevisionException(what + " is damaged: the registry gave bytes with digest " + found
                        + " for " + digest + "; push the application again");
            }
            return count;
        }
    }

    private InputStream open(Digest digest, String what) throws IOException {
        return artifacts
                .open(repository, digest)
                .orElseThrow(() -> new RefusedRevisionException(
                        what + " is missing: the registry has no " + digest + "; push the application again"));
    }

    /** Ends with a refusal beyond a size. */
    static final class Bounded extends FilterInputStream {
        private final String what;
        private final ByteSize most;
        private long left;

        Bounded(InputStream in, String what, ByteSize most) {
            super(in);
            this.what = what;
            this.most = most;
            this.left = most.bytes();
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) {
                count(1);
            }
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                count(count);
            }
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new RefusedRevisionException(what + " is larger than the limit of " + most);
            }
        }
    }
}
