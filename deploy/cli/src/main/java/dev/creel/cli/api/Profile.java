package dev.creel.cli.api;

import dev.creel.chassis.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Which platform the user's commands talk to, and the token for it. Kept in {@code creel/profile.json} below
 * {@code $XDG_CONFIG_HOME} or {@code ~/.config}, readable by its owner only.
 *
 * @param url the platform's API
 * @param token what it is asked with
 */
public record Profile(String url, String token) {
    /** Where the profile of the user with this environment lies. */
    public static Path location(Map<String, String> environment) {
        var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var config = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(xdg);
        return config.resolve("creel").resolve("profile.json");
    }

    /**
     * Reads the profile in {@code file}, if there is one.
     *
     * @throws CommandFailedException if it cannot be read
     */
    public static Optional<Profile> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), Profile.class))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new CommandFailedException(
                    "the profile " + file + " cannot be read (" + e.getMessage() + "); remove it and use creel login",
                    e);
        }
    }

    /** Writes the profile, replacing another. A reader sees the old or the new one, never a part. */
    public void write(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var fresh = Files.createTempFile(
                folder,
                "profile",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, content());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the profile only if there is none; says whether it did. */
    public boolean writeIfAbsent(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        Files.write(file, content(), StandardOpenOption.TRUNCATE_EXISTING);
        return true;
    }

    private byte[] content() {
        return (Json.pretty(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Does not show the token. */
    @Override
    public String toString() {
        return "profile for " + url;
    }
}
