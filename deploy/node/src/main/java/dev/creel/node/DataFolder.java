package dev.creel.node;

import dev.creel.cli.api.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The folder that holds everything a platform keeps. Locked while one runs, so that two never write the same files; the
 * system frees the lock of a process that was killed.
 */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is not there (readable by its owner only) and locks it.
     *
     * @throws CommandFailedException if another process has it, or it cannot be written
     */
    static DataFolder open(Path path) {
        var folder = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var channel =
                    FileChannel.open(folder.resolve("creel.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return new DataFolder(folder, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new CommandFailedException("the data folder " + folder + " cannot be used: " + e, e);
        }
        throw new CommandFailedException("the data folder " + folder
                + " belongs to a Creel that is running; stop it, or name another folder with --data");
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** A place inside. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a secret that only the owner of the process may read, whole or not at all. */
    void writeSecret(String name, String text) throws IOException {
        var fresh = Files.createTempFile(
                path, name, ".new", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The bytes of a secret that nobody has to know, 32 at random, made when it is wanted for the first time. */
    byte[] secret(String name) throws IOException {
        var file = path.resolve(name);
        if (!Files.exists(file)) {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            writeSecret(name, HexFormat.of().formatHex(bytes) + "\n");
        }
        try {
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds no secret: remove it, and what was compiled is compiled again", e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
