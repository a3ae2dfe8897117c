package dev.creel.host.body;

import dev.creel.wasi.http.Header;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Header lines between the network and guests. On the network's side a header value is text of one byte per character (ISO 8859-1),
 * so bytes go through unchanged.
 */
public final class HeaderLines {
    /** Belong to one connection, not to a message. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "upgrade",
            "host",
            "http2-settings");

    private HeaderLines() {}

    /** All lines that a guest may see, names in lower case, in order. */
    public static List<Header> read(MultiMap lines) {
        var headers = new ArrayList<Header>(lines.size() + 8);
        for (var line : lines) {
            var name = line.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name)) {
                headers.add(new Header(name, line.getValue().getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
        return headers;
    }

    /** Adds what a guest set. */
    public static void write(List<Header> headers, MultiMap lines) {
        for (var header : headers) {
            lines.add(header.name(), new String(header.value(), StandardCharsets.ISO_8859_1));
        }
    }
}
