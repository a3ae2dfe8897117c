package dev.creel.component.chicory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compiled code in a directory that only the server's user may enter (mode 0700). Each file starts with a SHA-256 over its key
 * and content, checked before the content is given out: it finds damage and mixed-up files, not a forger who may write there.
 * Entries appear whole or not at all; when all are over the limit, those unused longest go. Thread-safe, one process
 * per directory or several.
 */
public final class FileCodeCache implements CodeCache {
    private static final System.Logger LOG = System.getLogger(FileCodeCache.class.getName());
    private static final String ENTRY = ".code";
    private static final String UNFINISHED = ".part";
    private static final int DIGEST = 32;

    private final Path folder;
    private final long bytesMax;
    private final Clock clock;
    /** Bytes of all entries, as far as this process knows. */
    private final AtomicLong bytes = new AtomicLong();

    /** An entry's file as it was when looked at. */
    private record Entry(Path file, long bytes, FileTime used) {}

    /**
     * Opens or makes the directory and takes others' rights to it away.
     *
     * @param folder for entries only
     * @param bytesMax most bytes of all entries
     * @param clock for the time of last use
     * @throws UncheckedIOException if the directory cannot be made or closed to others
     */
    public FileCodeCache(Path folder, long bytesMax, Clock clock) {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.clock = clock;
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("making the code cache " + folder, e);
        }
        try {
            bytes.set(entries().stream().mapToLong(Entry::bytes).sum());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the code cache " + folder, e);
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        var file = file(key);
        try {
            var entry = Files.readAllBytes(file);
            var code = Arrays.copyOfRange(entry, Math.min(DIGEST, entry.length), entry.length);
            if (!MessageDigest.isEqual(Arrays.copyOf(entry, DIGEST), digest(key, code))) {
                LOG.log(Level.WARNING, "dropping the damaged entry {0} of the code cache", file);
                Files.deleteIfExists(file);
                return Optional.empty();
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(code);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "reading the code cache " + folder, e);
            return Optional.empty();
        }
    }

    /** Without reading it: whether the entry is whole shows when it is read. */
    @Override
    public boolean has(String key) {
        return Files.exists(file(key));
    }

    @Override
    public void put(String key, byte[] code) {
        if (code.length + (long) DIGEST > bytesMax) {
            return;
        }
        try {
            var unfinished = Files.createTempFile(folder, "", UNFINISHED);
            try {
                write(unfinished, digest(key, code), code);
                Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
                var before = size(file(key));
                Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                bytes.addAndGet(DIGEST + code.length - before);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            if (bytes.get() > bytesMax) {
                evict();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "writing the code cache " + folder, e);
        }
    }

    private static void write(Path file, byte[] digest, byte[] code) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var part : List.of(ByteBuffer.wrap(digest), ByteBuffer.wrap(code))) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            channel.force(true);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private synchronized void evict() throws IOException {
        var entries = entries();
        var left = entries.stream().mapToLong(Entry::bytes).sum();
        for (var entry : entries) {
            if (left <= bytesMax) {
                break;
            }
            Files.deleteIfExists(entry.file);
            left -= entry.bytes;
        }
        bytes.set(left);
    }

    /** Longest unused first. */
    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(folder, "*" + ENTRY)) {
            for (var file : files) {
                try {
                    entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
                } catch (NoSuchFileException gone) {
                    LOG.log(Level.DEBUG, "another process dropped {0} meanwhile", file);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        return entries;
    }

    private Path file(String key) {
        return folder.resolve(HexFormat.of().formatHex(digest(key, new byte[0])) + ENTRY);
    }

    private static byte[] digest(String key, byte[] code) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(code);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
