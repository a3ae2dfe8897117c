package dev.creel.artifacts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The single steps in which the store changes the disk. A crash can come between any two of them, so each is a method:
 * tests stop the store at every step, or in the middle of one. Nothing else in this package writes.
 */
class Disk {
    /** Makes an empty file. */
    void create(Path file) throws IOException {
        Files.createFile(file);
    }

    /** Adds bytes to a file. */
    void append(Path file, byte[] bytes, int length) throws IOException {
        try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            out.write(bytes, 0, length);
        }
    }

    /** Makes the content of a file, or the names in a directory, outlive a power cut. */
    void sync(Path fileOrDirectory) throws IOException {
        try (var channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Moves a file in one step; whoever opens {@code target} sees the old or the new content, never less. */
    void move(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a file, if it is there. */
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes one directory; fine if it is there. */
    void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Makes {@code directory} and what is missing above it, and returns it. One at a time: who finds it, finds it durable. */
    final synchronized Path directories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            var parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                directories(parent);
                createDirectory(directory);
                sync(parent);
            }
        }
        return directory;
    }

    /** Durably puts the finished file {@code temporary} in the place of {@code target}. */
    final void publish(Path temporary, Path target) throws IOException {
        sync(temporary);
        var directory =
                directories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
        move(temporary, target);
        sync(directory);
    }
}
