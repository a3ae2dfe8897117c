package dev.creel.e2e.bench;

import java.io.IOException;
import java.io.InputStream;

/** Reads answers of HTTP/1.1 and keeps no more of them than their status. */
final class Answers {
    private static final String VERSION = "HTTP/1.1 ";

    private Answers() {}

    /** Reads one answer to its end. */
    static int status(InputStream in) throws IOException {
        var status = line(in);
        if (!status.startsWith(VERSION)) {
            throw new IOException("not an answer: " + status);
        }
        long length = -1;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
        } else {
            skipChunks(in);
        }
        return Integer.parseInt(status.substring(VERSION.length(), VERSION.length() + 3));
    }

    private static void skipChunks(InputStream in) throws IOException {
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size + 2L);
            if (size == 0) {
                return;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
