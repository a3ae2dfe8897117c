package dev.creel.host.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciDescriptor;
import dev.creel.chassis.oci.OciManifest;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedFile;
import dev.creel.host.HeldArtifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFilesTest {
    private static final byte[] A = bytes("content of a");
    private static final byte[] B = bytes("content of b");

    @TempDir
    Path directory;

    private final HeldArtifacts artifacts = new HeldArtifacts();

    @Test
    void writesFilesFromLayersAndFromTheDocumentItself() throws Exception {
        var root = lay(
                PullLimits.DEFAULTS,
                manifest(layer(MediaTypes.DATA, A)),
                file("static/a.txt", byDigest(A)),
                file("static/again/a.txt", byDigest(A)),
                file("b.txt", inline(B, Digest.of(B))));
        assertEquals("content of a", Files.readString(root.resolve("static/a.txt")));
        assertEquals("content of a", Files.readString(root.resolve("static/again/a.txt")));
        assertEquals("content of b", Files.readString(root.resolve("b.txt")));
    }

    @Test
    void findsFilesInArchivesByTheirDigest() throws Exception {
        var archive = gzip(tar("any/name", A), tar("other", B), new byte[1024]);
        var root = lay(
                PullLimits.DEFAULTS,
                manifest(layer(MediaTypes.ARCHIVE, archive)),
                file("x/a", byDigest(A)),
                file("b", byDigest(B)));
        assertEquals("content of a", Files.readString(root.resolve("x/a")));
        assertEquals("content of b", Files.readString(root.resolve("b")));
    }

    @Test
    void hasNoDirectoryForAComponentWithoutFiles() throws Exception {
        assertTrue(files(PullLimits.DEFAULTS, manifest()).lay(component(), 0).isEmpty());
    }

    @Test
    void refusesAFileWhoseBytesAreDamaged() {
        var layer = layer(MediaTypes.DATA, A);
        artifacts.forge(layer.digest(), B);
        assertRefused("file \"a\" is damaged", PullLimits.DEFAULTS, manifest(layer), file("a", byDigest(A)));
        assertRefused("is damaged", PullLimits.DEFAULTS, manifest(), file("a", inline(A, Digest.of(B))));
    }

    @Test
    void refusesAFileThatIsNowhere() {
        assertRefused("file \"a\" is missing", PullLimits.DEFAULTS, manifest(), file("a", byDigest(A)));
    }

    @Test
    void refusesAnArchiveThatIsMalformedOrCutOff() throws Exception {
        for (var archive : List.of(bytes("no gzip at all"), gzip(Arrays.copyOf(tar("a", A), 515)))) {
            assertRefused(
                    "archive",
                    PullLimits.DEFAULTS,
                    manifest(layer(MediaTypes.ARCHIVE, archive)),
                    file("a", byDigest(A)));
        }
    }

    @Test
    void refusesOnePathForTwoFiles() {
        assertRefused(
                "is named twice",
                PullLimits.DEFAULTS,
                manifest(layer(MediaTypes.DATA, A), layer(MediaTypes.DATA, B)),
                file("a", byDigest(A)),
                file("a", byDigest(B)));
        assertRefused(
                "is named twice",
                PullLimits.DEFAULTS,
                manifest(layer(MediaTypes.DATA, A), layer(MediaTypes.DATA, B)),
                file("a", byDigest(A)),
                file("a/b", byDigest(B)));
    }

    @Test
    void refusesMoreThanItsLimits() throws Exception {
        var small = new PullLimits(ByteSize.ofMiB(1), ByteSize.ofMiB(1), ByteSize.ofBytes(20), 10);
        assertRefused(
                "limit of 20B",
                small,
                manifest(layer(MediaTypes.DATA, A)),
                file("a", byDigest(A)),
                file("b", inline(B, Digest.of(B))));
        // A few bytes that unpack to many.
        var bomb = gzip(tar("bomb", new byte[1 << 20]));
        assertRefused(
                "larger than the limit",
                new PullLimits(ByteSize.ofMiB(1), ByteSize.ofMiB(1), ByteSize.ofKiB(64), 10),
                manifest(layer(MediaTypes.ARCHIVE, bomb)),
                file("a", byDigest(A)));
        var few = new PullLimits(ByteSize.ofMiB(1), ByteSize.ofMiB(1), ByteSize.ofMiB(1), 1);
        assertRefused(
                "more files than the limit of 1",
                few,
                manifest(layer(MediaTypes.DATA, A)),
                file("a", byDigest(A)),
                file("b", byDigest(A)));
    }

    private void assertRefused(String what, PullLimits limits, OciManifest manifest, LockedFile... files) {
        var refused = assertThrows(RefusedRevisionException.class, () -> lay(limits, manifest, files));
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
    }

    private Path lay(PullLimits limits, OciManifest manifest, LockedFile... files) throws IOException {
        return files(limits, manifest).lay(component(files), 0).orElseThrow();
    }

    private AppFiles files(PullLimits limits, OciManifest manifest) throws IOException {
        var blobs = new Blobs(artifacts, new RepositoryName(TenantId.random(), "app"));
        return new AppFiles(Files.createTempDirectory(directory, "app"), blobs, manifest, limits);
    }

    private OciDescriptor layer(String mediaType, byte[] bytes) {
        return new OciDescriptor(mediaType, artifacts.put(bytes), bytes.length);
    }

    private OciManifest manifest(OciDescriptor... layers) {
        return new OciManifest(layer(MediaTypes.IMAGE_CONFIG, bytes("{}")), List.of(layers));
    }

    private static LockedComponent component(LockedFile... files) {
        return new LockedComponent(
                "c",
                ContentRef.byDigest(Digest.of(A)),
                Map.of(),
                List.of(files),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private static LockedFile file(String path, ContentRef content) {
        return new LockedFile(path, content);
    }

    private static ContentRef byDigest(byte[] content) {
        return ContentRef.byDigest(Digest.of(content));
    }

    private static ContentRef inline(byte[] content, Digest digest) {
        return new ContentRef(Optional.of(new ContentRef.Inline(content)), Optional.of(digest), Optional.empty());
    }

    /** One entry of a tar archive, padded. */
    private static byte[] tar(String name, byte[] content) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        var all = new ByteArrayOutputStream();
        all.writeBytes(header);
        all.writeBytes(content);
        all.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return all.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        System.arraycopy(bytes(text), 0, header, at, text.length());
    }

    private static byte[] gzip(byte[]... parts) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(all)) {
            for (var part : parts) {
                out.write(part);
            }
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
