package dev.creel.component.chicory;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Where the public suites are, which are no part of this project. */
final class Conformance {
    private static final int BLOCK = 512;

    private Conformance() {}

    /** {@code -Dcreel.conformance}, else beside the repository. */
    static Path folder() {
        var named = System.getProperty("creel.conformance");
        return named != null ? Path.of(named) : Path.of("../../../shared/conformance");
    }

    /** Unpacks regular files of a plain tar archive. */
    static void unpack(Path archive, Path folder) throws IOException {
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            var header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                var name = text(header, 0, 100);
                var size = Integer.parseInt(text(header, 124, 12).trim(), 8);
                var content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                var target = folder.resolve(name).normalize();
                if (header[156] == '0' && target.startsWith(folder)) {
                    Files.createDirectories(target.getParent());
                    Files.write(target, content);
                }
            }
        }
    }

    private static String text(byte[] header, int at, int max) {
        var end = at;
        while (end < at + max && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
