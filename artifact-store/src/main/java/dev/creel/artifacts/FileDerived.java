package dev.creel.artifacts;

import dev.creel.contract.ByteSize;
import dev.creel.contract.artifact.DerivedArtifacts;
import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Derived artifacts in a directory of files, one for each key. Entries appear whole or not at all, but may be lost with the power: they
 * can be made again. Beyond the limit, those unused longest go. Thread-safe; one process at a time.
 */
public final class FileDerived implements DerivedArtifacts {
    private static final String ENTRY = ".derived";
    private static final String UNFINISHED = ".part";
    /** What is left of the limit after some had to go, in percent: so that the next need not. */
    private static final int KEPT = 90;

    private final Path directory;
    private final Disk disk = new Disk();
    private final long max;
    private final InstantSource clock;
    /** Bytes of all entries. */
    private final AtomicLong bytes = new AtomicLong();

    private record Entry(Path file, long bytes, FileTime used) {}

    private FileDerived(Path directory, ByteSize max, InstantSource clock) {
        this.directory = directory;
        this.max = max.bytes();
        this.clock = clock;
    }

    /**
     * Opens or makes the directory, and removes what was not finished there.
     *
     * @param max bytes of all entries
     */
    public static FileDerived open(Path directory, ByteSize max, InstantSource clock) throws IOException {
        var store = new FileDerived(directory.toAbsolutePath(), max, clock);
        store.disk.directories(store.directory);
        try (var files = Files.newDirectoryStream(store.directory, "*" + UNFINISHED)) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
        store.bytes.set(store.entries().stream().mapToLong(Entry::bytes).sum());
        return store;
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        var file = file(key);
        try {
            var content = Files.readAllBytes(file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean has(String key) {
        return Files.exists(file(key));
    }

    @Override
    public void put(String key, byte[] content) throws IOException {
        if (content.length > max) {
            return;
        }
        var unfinished = Files.createTempFile(directory, "", UNFINISHED);
        try {
            Files.write(unfinished, content);
            Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
            synchronized (this) {
                long before = has(key) ? Files.size(file(key)) : 0;
                disk.move(unfinished, file(key));
                if (bytes.addAndGet(content.length - before) > max) {
                    evict();
                }
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void evict() throws IOException {
        var entries = entries();
        entries.sort(Comparator.comparing(Entry::used));
        long left = entries.stream().mapToLong(Entry::bytes).sum();
        for (var entry : entries) {
            if (left <= max / 100 * KEPT) {
                break;
            }
            Files.deleteIfExists(entry.file());
            left -= entry.bytes();
        }
        bytes.set(left);
    }

    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(directory, "*" + ENTRY)) {
            for (var file : files) {
                entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return entries;
    }

    private Path file(String key) {
        return directory.resolve(Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex() + ENTRY);
    }
}
