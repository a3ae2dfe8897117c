package dev.creel.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP/1.1 by hand, so that a test sees exactly what is on the wire: cut-off bodies, missing headers. */
final class RawHttp {
    private static final int TIMEOUT_MILLIS = 120_000;

    private RawHttp() {}

    /**
     * An answer.
     *
     * @param status 0 if the connection ended before any answer
     * @param complete false if the connection ended in the middle of the body
     */
    record Answer(int status, List<String> headers, byte[] body, boolean complete) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Optional<String> header(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(h -> h.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    static Answer get(int port, String host, String path) throws IOException {
        return send(port, "GET", host, path, List.of(), new byte[0]);
    }

    static Answer send(int port, String method, String host, String path, List<String> headers, byte[] body)
            throws IOException {
        try (var socket = connect(port)) {
            head(socket.getOutputStream(), method, host, path, headers, body.length);
            socket.getOutputStream().write(body);
            return read(socket.getInputStream());
        }
    }

    static void head(OutputStream out, String method, String host, String path, List<String> headers, long length)
            throws IOException {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        if (length > 0 || !method.equals("GET")) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        out.write(text.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    static Answer read(InputStream raw) throws IOException {
        var in = new BufferedInputStream(raw);
        var status = line(in);
        if (status.isEmpty()) {
            return new Answer(0, List.of(), new byte[0], false);
        }
        var headers = new ArrayList<String>();
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
        }
        var head = new Answer(Integer.parseInt(status.split(" ")[1]), headers, new byte[0], true);
        var body = new ByteArrayOutputStream();
        boolean complete = body(in, head, body);
        return new Answer(head.status(), headers, body.toByteArray(), complete);
    }

    private static boolean body(InputStream in, Answer head, ByteArrayOutputStream body) throws IOException {
        try {
            if (head.header("transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
                while (true) {
                    var size = line(in);
                    if (size.isEmpty()) {
                        return false;
                    }
                    int n = Integer.parseInt(size.split(";")[0].strip(), 16);
                    copy(in, n, body);
                    line(in);
                    if (n == 0) {
                        return true;
                    }
                }
            }
            var length = head.header("content-length");
            if (length.isPresent()) {
                copy(in, Long.parseLong(length.get()), body);
            } else {
                in.transferTo(body);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void copy(InputStream in, long n, ByteArrayOutputStream body) throws IOException {
        for (long left = n; left > 0; ) {
            var bytes = in.readNBytes((int) Math.min(left, 1 << 16));
            if (bytes.length == 0) {
                throw new EOFException("the body ends early");
            }
            body.write(bytes);
            left -= bytes.length;
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                text.write(c);
            }
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }
}
