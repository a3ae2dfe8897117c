package dev.creel.conformance.data;

import dev.creel.conformance.run.MissingToolException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A {@code .tar.gz} of plain files with short names.
 *
 * @param file where it is
 */
public record Archive(Path file) {
    private static final int BLOCK = 512;
    private static final int NAME_AT = 0;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int TYPE_AT = 156;

    /** The folder of {@code cache} with its files. */
    public Path unpacked(CacheFolder cache) throws IOException, MissingToolException {
        return cache.entry("archives", CacheFolder.key(Files.readAllBytes(file)), this::unpack);
    }

    private void unpack(Path folder) throws IOException {
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            var header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                int size = Integer.parseInt(text(header, SIZE_AT, SIZE_BYTES).strip(), 8);
                var content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                var target = folder.resolve(text(header, NAME_AT, NAME_BYTES)).normalize();
                if (header[TYPE_AT] == '0' && target.startsWith(folder)) {
                    Files.createDirectories(target.getParent());
                    Files.write(target, content);
                }
            }
        }
    }

    private static String text(byte[] header, int at, int max) {
        int end = at;
        while (end < at + max && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
