package dev.creel.e2e.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks applications over one connection to the edge that stays open, and compares whole answers. One thread. */
final class Asker implements AutoCloseable {
    private static final int ANSWER_WITHIN_MILLIS = 120_000;

    private final Socket socket;
    private final InputStream in;

    Asker(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** Empty if the answer is what it has to be, else the answer. */
    Optional<String> ask(BenchApp app, MarkedGuest.Expected expected) throws IOException {
        socket.getOutputStream()
                .write(("GET " + expected.path() + " HTTP/1.1\r\nHost: " + app.host() + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        var status = line();
        var body = new String(body(), StandardCharsets.UTF_8);
        return status.startsWith("HTTP/1.1 200") && body.equals(expected.body())
                ? Optional.empty()
                : Optional.of(status + ": " + body);
    }

    private byte[] body() throws IOException {
        long length = -1;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).strip());
            }
        }
        if (length >= 0) {
            return in.readNBytes(Math.toIntExact(length));
        }
        var chunks = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            chunks.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return chunks.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var text = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the edge closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
