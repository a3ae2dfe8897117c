package dev.creel.artifacts;

import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The unfinished uploads of this process. They end with it: what a former one left is removed at start, and its clients
 * begin again. The monitor guards {@code open}; nothing blocks on a client while holding it.
 */
final class Uploads {
    private final Map<UploadId, Upload> open = new HashMap<>();
    private final Path directory;
    private final Disk disk;
    private final ArtifactLimits limits;
    private final InstantSource clock;

    Uploads(Path directory, Disk disk, ArtifactLimits limits, InstantSource clock) throws IOException {
        this.directory = disk.directories(directory);
        this.disk = disk;
        this.limits = limits;
        this.clock = clock;
        try (var leftOver = Files.list(directory)) {
            for (var file : leftOver.toList()) {
                disk.delete(file);
            }
        }
    }

    UploadId begin(RepositoryName repository) throws IOException {
        dropIdle();
        var id = UploadId.random();
        synchronized (this) {
            long own = countOf(repository.tenant());
            if (own >= limits.uploadsPerTenantMax() || open.size() >= limits.uploadsMax()) {
                throw new RegistryException(
                        RegistryError.TOOMANYREQUESTS,
                        own
                                + " uploads are unfinished, which is as many as may be; finish or cancel some, or try again later");
            }
            open.put(id, new Upload(repository, directory.resolve(id.toString()), disk, limits.blobMax(), clock));
        }
        return id;
    }

    /** The upload, which only its own repository can name. */
    synchronized Upload find(RepositoryName repository, UploadId id) {
        var upload = open.get(id);
        if (upload == null || !upload.repository.equals(repository)) {
            throw new RegistryException(
                    RegistryError.BLOB_UPLOAD_UNKNOWN, "there is no upload " + id + " (any more); begin a new one");
        }
        return upload;
    }

    /** Takes the upload out, so that no further request finds it. Exactly one caller gets it. */
    synchronized Upload take(RepositoryName repository, UploadId id) {
        var upload = find(repository, id);
        open.remove(id);
        return upload;
    }

    /** A new, empty file of our own for something small. */
    Path temporary() throws IOException {
        var file = directory.resolve(UploadId.random().toString());
        disk.create(file);
        return file;
    }

    /** Drops what had no byte for too long. */
    void dropIdle() throws IOException {
        for (var upload : takeIdle()) {
            upload.drop();
        }
    }

    private synchronized List<Upload> takeIdle() {
        var moment = clock.instant().minus(limits.uploadIdleMax());
        var idle = new ArrayList<>(open.values());
        idle.removeIf(upload -> !upload.idleSince(moment));
        open.values().removeAll(idle);
        return idle;
    }

    private long countOf(TenantId tenant) {
        return open.values().stream()
                .filter(upload -> upload.repository.tenant().equals(tenant))
                .count();
    }
}
