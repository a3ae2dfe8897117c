package dev.creel.host.module;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the regular files of a tar archive one after another. Their names do not matter here: the locked application names files
 * by digest.
 */
final class TarArchive {
    private static final int BLOCK = 512;

    private final InputStream in;

    TarArchive(InputStream in) {
        this.in = in;
    }

    /** What to do with each file. */
    @FunctionalInterface
    interface Visitor {
        /** Reads {@code content} as far as it likes. */
        void file(InputStream content) throws IOException;
    }

    /**
     * Visits every regular file.
     *
     * @throws IOException if the archive is cut off or malformed
     */
    void forEach(Visitor visitor) throws IOException {
        var header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && !empty(header)) {
            checkSum(header);
            long size = size(header);
            var content = new Content(size);
            byte type = header[156];
            if (type == '0' || type == 0 || type == '7') {
                visitor.file(content);
            }
            content.skipRest();
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        }
    }

    private static boolean empty(byte[] header) {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkSum(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        if (sum != octal(header, 148, 8)) {
            throw new IOException("an archive has a malformed header");
        }
    }

    private static long size(byte[] header) throws IOException {
        if ((header[124] & 0x80) != 0) {
            long size = 0;
            for (int i = 128; i < 136; i++) {
                size = (size << 8) | (header[i] & 0xFF);
            }
            if (size < 0) {
                throw new IOException("an archive has a malformed size");
            }
            return size;
        }
        return octal(header, 124, 12);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        var text = new String(header, from, length, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text, 8);
        } catch (NumberFormatException e) {
            throw new IOException("an archive has a malformed number: " + text, e);
        }
    }

    private final class Content extends InputStream {
        private long left;

        Content(long size) {
            left = size;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return left == 0 ? -1 : 0;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("an archive is cut off");
            }
            left -= count;
            return count;
        }

        void skipRest() throws IOException {
            in.skipNBytes(left);
            left = 0;
        }
    }
}
