package dev.creel.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactsTest {
    private static final ArtifactLimits LIMITS =
            new ArtifactLimits(ByteSize.ofKiB(300), ByteSize.ofKiB(4), 3, 5, Duration.ofMinutes(1), ByteSize.ofMiB(1));
    private final RepositoryName repository = new RepositoryName(new TenantId(UUID.randomUUID()), "me/hello");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;

    @TempDir
    Path directory;

    private FileArtifacts store;

    @BeforeEach
    void open() throws IOException {
        store = FileArtifacts.open(directory, LIMITS, clock);
    }

    @Test
    void keepsAPushAcrossARestart() throws IOException {
        var push = Push.of("config", "a layer", "another layer");
        var digest = push.to(store, repository, "0.1.0");

        var reopened = FileArtifacts.open(directory, LIMITS, clock);

        assertEquals(digest, reopened.manifest(repository, "0.1.0").orElseThrow());
        assertEquals(digest, reopened.manifest(repository, digest.toString()).orElseThrow());
        assertArrayEquals(push.manifest(), read(reopened, digest));
        assertEquals(
                "application/json",
                reopened.readManifest(repository, "0.1.0").orElseThrow().mediaType());
        for (var blob : push.blobs()) {
            assertArrayEquals(blob, read(reopened, Digest.of(blob)));
            assertEquals(
                    blob.length, reopened.blobSize(repository, Digest.of(blob)).orElseThrow());
        }
        assertEquals(List.of("0.1.0"), reopened.tags(repository));
    }

    @Test
    void showsContentOnlyToRepositoriesThatReceivedIt() throws IOException {
        var blob = "shared".getBytes(UTF_8);
        Push.push(blob, store, repository);
        var digest = Push.of("shared").to(store, repository, "1");
        var sibling = new RepositoryName(repository.tenant(), "me");
        var stranger = new RepositoryName(new TenantId(UUID.randomUUID()), repository.path());

        for (var other : List.of(sibling, stranger)) {
            assertTrue(store.open(other, Digest.of(blob)).isEmpty());
            assertTrue(store.blobSize(other, Digest.of(blob)).isEmpty());
            assertTrue(store.manifest(other, "1").isEmpty());
            assertTrue(store.manifest(other, digest.toString()).isEmpty());
            assertEquals(List.of(), store.tags(other));
        }
        Push.push(blob, store, stranger);
        assertTrue(store.open(stranger, Digest.of(blob)).isPresent());
    }

    @Test
    void movesATagToTheNewestManifest() throws IOException {
        var first = Push.of("one").to(store, repository, "latest");
        var second = Push.of("two").to(store, repository, "latest");

        assertEquals(second, store.manifest(repository, "latest").orElseThrow());
        assertTrue(store.manifest(repository, first.toString()).isPresent());
    }

    @Test
    void keepsNothingOfABlobWithAnotherDigest() throws IOException {
        var upload = store.begin(repository);
        var other = Digest.of("other".getBytes(UTF_8));

        assertRefused(RegistryError.DIGEST_INVALID, () -> store.finish(repository, upload, other, bytes("hello")));

        assertTrue(store.open(repository, other).isEmpty());
        assertRefused(RegistryError.BLOB_UPLOAD_UNKNOWN, () -> store.received(repository, upload));
        assertEquals(List.of(), filesBelow("uploads"));
        assertEquals(List.of(), filesBelow("blobs"));
    }

    @Test
    void refusesChunksOutOfOrderAndGoesOnAfterwards() throws IOException {
        var upload = store.begin(repository);
        store.append(repository, upload, OptionalLong.of(0), bytes("hel"));

        assertRefused(
                RegistryError.BLOB_UPLOAD_OUT_OF_ORDER,
                () -> store.append(repository, upload, OptionalLong.of(0), bytes("hel")));
        assertRefused(
                RegistryError.BLOB_UPLOAD_OUT_OF_ORDER,
                () -> store.append(repository, upload, OptionalLong.of(4), bytes("o")));

        assertEquals(5, store.append(repository, upload, OptionalLong.of(3), bytes("lo")));
        store.finish(repository, upload, Digest.of("hello".getBytes(UTF_8)), bytes(""));
        assertArrayEquals("hello".getBytes(UTF_8), read(store, Digest.of("hello".getBytes(UTF_8))));
    }

    @Test
    void goesOnWhereAnInterruptedChunkEnded() throws IOException {
        var upload = store.begin(repository);
        assertThrows(IOException.class, () -> store.append(repository, upload, OptionalLong.of(0), interrupted("hel")));

        assertEquals(3, store.received(repository, upload));
        store.append(repository, upload, OptionalLong.of(3), bytes("lo"));
        store.finish(repository, upload, Digest.of("hello".getBytes(UTF_8)), bytes(""));
    }

    @Test
    void dropsABlobOverItsLimit() throws IOException {
        var upload = store.begin(repository);
        var large = new ByteArrayInputStream(new byte[300 * 1024 + 1]);

        assertRefused(RegistryError.SIZE_INVALID, () -> store.append(repository, upload, OptionalLong.empty(), large));

        assertRefused(RegistryError.BLOB_UPLOAD_UNKNOWN, () -> store.received(repository, upload));
        assertEquals(List.of(), filesBelow("uploads"));
    }

    @Test
    void refusesMoreUploadsThanATenantMayHaveAndTakesThemAgainOnceOthersWereIdle() throws IOException {
        var other = new RepositoryName(new TenantId(UUID.randomUUID()), "other");
        for (int i = 0; i < 3; i++) {
            store.begin(repository);
        }
        assertRefused(RegistryError.TOOMANYREQUESTS, () -> store.begin(repository));
        store.begin(other);
        store.begin(other);
        assertRefused(RegistryError.TOOMANYREQUESTS, () -> store.begin(other));

        now.set(Instant.EPOCH.plusSeconds(61));

        store.begin(repository);
        assertEquals(1, filesBelow("uploads").size());
    }

    @Test
    void removesAtStartWhatUnfinishedUploadsLeft() throws IOException {
        var upload = store.begin(repository);
        store.append(repository, upload, OptionalLong.empty(), bytes("half"));

        var reopened = FileArtifacts.open(directory, LIMITS, clock);

        assertEquals(List.of(), filesBelow("uploads"));
        assertRefused(RegistryError.BLOB_UPLOAD_UNKNOWN, () -> reopened.received(repository, upload));
    }

    @Test
    void letsOnlyItsOwnRepositoryNameAnUpload() throws IOException {
        var upload = store.begin(repository);
        var sibling = new RepositoryName(repository.tenant(), "me");

        assertRefused(RegistryError.BLOB_UPLOAD_UNKNOWN, () -> store.received(sibling, upload));
        assertRefused(RegistryError.BLOB_UPLOAD_UNKNOWN, () -> store.cancel(sibling, upload));
    }

    @Test
    void refusesAManifestThatNamesAMissingBlob() throws IOException {
        var push = Push.of("config", "layer");
        Push.push(push.blobs().getFirst(), store, repository);

        var refusal = assertRefused(
                RegistryError.MANIFEST_BLOB_UNKNOWN,
                () -> store.putManifest(repository, "1", "a/b", new ByteArrayInputStream(push.manifest())));

        assertTrue(refusal.getMessage().contains(Digest.of(push.blobs().get(1)).toString()), refusal.getMessage());
        assertTrue(store.manifest(repository, "1").isEmpty());
    }

    @Test
    void refusesWhatIsNotAManifest() throws IOException {
        for (var text : List.of(
                "", "null", "[]", "{}", "{\"schemaVersion\":1}", "{\"schemaVersion\":2}", "{\"schemaVersion\"")) {
            assertRefused(RegistryError.MANIFEST_INVALID, () -> store.putManifest(repository, "1", "a/b", bytes(text)));
        }
        assertRefused(
                RegistryError.SIZE_INVALID, () -> store.putManifest(repository, "1", "a/b", bytes(" ".repeat(4097))));
        Push.push("layer".getBytes(UTF_8), store, repository);
        var wrongSize = new String(Push.of("layer").manifest(), UTF_8).replace("\"size\":5", "\"size\":6");
        assertRefused(
                RegistryError.MANIFEST_INVALID, () -> store.putManifest(repository, "1", "a/b", bytes(wrongSize)));
    }

    @Test
    void refusesAManifestUnderAnotherDigest() throws IOException {
        var push = Push.of("layer");
        push.to(store, repository, "1");
        var other = Digest.of(new byte[0]).toString();

        assertRefused(
                RegistryError.DIGEST_INVALID,
                () -> store.putManifest(repository, other, "a/b", new ByteArrayInputStream(push.manifest())));
    }

    @Test
    void hasNothingUnderHostileNames() throws IOException {
        for (var name : List.of("../../etc/passwd", "..", ".hidden", "a/b", "a\0b", "", "sha256:..", "x".repeat(129))) {
            assertTrue(store.manifest(repository, name).isEmpty(), name);
            assertRefused(
                    name.startsWith("sha256:") ? RegistryError.DIGEST_INVALID : RegistryError.NAME_INVALID,
                    () -> store.putManifest(repository, name, "a/b", bytes("{}")));
        }
    }

    @Test
    void takesOneBlobFromManyPushesAtOnce() throws Exception {
        var blob = "x".repeat(200_000).getBytes(UTF_8);
        var digest = Digest.of(blob);
        var pushes = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 16; i++) {
            var own = new RepositoryName(new TenantId(UUID.randomUUID()), "hello");
            pushes.add(() -> {
                var upload = retrying(own);
                store.finish(own, upload, digest, new ByteArrayInputStream(blob));
                assertArrayEquals(blob, store.open(own, digest).orElseThrow().readAllBytes());
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(5)) {
            for (var done : threads.invokeAll(pushes)) {
                done.get();
            }
        }
        assertEquals(1, filesBelow("blobs").size());
        assertEquals(List.of(), filesBelow("uploads"));
    }

    private UploadId retrying(RepositoryName own) throws IOException {
        while (true) {
            try {
                return store.begin(own);
            } catch (RegistryException e) {
                assertEquals(RegistryError.TOOMANYREQUESTS, e.error());
                Thread.onSpinWait();
            }
        }
    }

    private byte[] read(FileArtifacts from, Digest digest) throws IOException {
        try (var content = from.open(repository, digest).orElseThrow()) {
            return content.readAllBytes();
        }
    }

    private List<Path> filesBelow(String part) throws IOException {
        if (!Files.exists(directory.resolve(part))) {
            return List.of();
        }
        try (var all = Files.walk(directory.resolve(part))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    static RegistryException assertRefused(RegistryError error, Executable call) {
        var refusal = assertThrows(RegistryException.class, call);
        assertEquals(error, refusal.error(), refusal.getMessage());
        return refusal;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream interrupted(String text) {
        return new InputStream() {
            private final InputStream head = bytes(text);

            @Override
            public int read() throws IOException {
                throw new IOException("the client has gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int n = head.read(target, offset, length);
                return n < 0 ? read() : n;
            }
        };
    }
}
