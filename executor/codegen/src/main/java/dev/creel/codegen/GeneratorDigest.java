package dev.creel.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Names this version of the generator and of what its classes run on: what one version generated, another must not load. */
final class GeneratorDigest {
    private static final int DIGITS = 16;

    private GeneratorDigest() {}

    /** A digest of this library's own classes; where they cannot be read, a name that is never used again. */
    static String of() {
        var source = GeneratorDigest.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return UUID.randomUUID().toString();
        }
        try {
            URI place = source.getLocation().toURI();
            var root = Path.of(place);
            if (Files.isDirectory(root)) {
                return of(root);
            }
            try (var jar = FileSystems.newFileSystem(root)) {
                return of(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the code generator's own classes", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the code generator's own classes are nowhere", e);
        }
    }

    private static String of(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                digest.update(root.relativize(file).toString().getBytes(UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
