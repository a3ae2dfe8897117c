package dev.creel.conformance.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.creel.conformance.run.MissingToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * What is made from files, kept under their digests. Entries appear whole or not at all, so that several runs may share it; they
 * never change.
 *
 * @param root where it is; made when something is put there
 */
public record CacheFolder(Path root) {
    private static final int DIGEST_BYTES = 16;

    /** Makes the content of one entry. */
    @FunctionalInterface
    public interface Maker {
        /** Fills an empty folder. */
        void fill(Path folder) throws IOException, MissingToolException;
    }

    /** {@code $XDG_CACHE_HOME/creel/conformance}, or the same in {@code ~/.cache}. */
    public static CacheFolder ofUser() {
        var named = System.getenv("XDG_CACHE_HOME");
        var base =
                named != null && !named.isBlank() ? Path.of(named) : Path.of(System.getProperty("user.home"), ".cache");
        return new CacheFolder(base.resolve("creel/conformance"));
    }

    /** The entry's folder, whether it is there or not. */
    public Path entry(String kind, String key) {
        return root.resolve(kind).resolve(key);
    }

    /** The entry's folder, filled by {@code maker} if it is not there. */
    public Path entry(String kind, String key, Maker maker) throws IOException, MissingToolException {
        var entry = entry(kind, key);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Files.createDirectories(entry.getParent());
        var fresh = Files.createTempDirectory(entry.getParent(), ".new-");
        try {
            maker.fill(fresh);
            publish(fresh, entry);
        } finally {
            delete(fresh);
        }
        return entry;
    }

    private static void publish(Path fresh, Path entry) throws IOException {
        try {
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            // Another run was faster, and made the same.
        }
    }

    /** A key that changes with every byte of {@code parts}. */
    public static String key(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update((part.length + ":").getBytes(US_ASCII));
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a folder with all that is in it; one that is not there, too. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
