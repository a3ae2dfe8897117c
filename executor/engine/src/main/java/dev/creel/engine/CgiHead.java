package dev.creel.engine;

import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HeaderRules;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The header part of what a CGI guest printed (reference spin-app §2.8, bindle-hippo-wagi §4.5). Repeated names are kept, in order.
 *
 * @param status of the response
 * @param headers of the response, without {@code content-length}
 * @param length as the guest declared it, if it did
 * @param complaint what is wrong with it, if the guest's status is none
 */
record CgiHead(int status, List<Header> headers, OptionalLong length, Optional<String> complaint) {
    /** What a client is told whose guest gave no usable headers. */
    static final String UNUSABLE = "Exactly one of 'location' or 'content-type' must be specified";

    private static final int STATUS_INVALID = 502;
    private static final int LENGTH_DIGITS_MAX = 18;

    /**
     * Reads it.
     *
     * @param text up to the empty line, without carriage returns
     * @return nothing if it is not UTF-8, or says neither type nor location nor status
     */
    static Optional<CgiHead> parse(byte[] text) {
        String lines;
        try {
            lines = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        var headers = new ArrayList<Header>();
        var length = OptionalLong.empty();
        String status = null;
        boolean usable = false;
        boolean moved = false;
        for (var line : lines.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            var value = line.substring(colon + 1).strip();
            switch (name) {
                case "status" -> {
                    status = value;
                    usable = true;
                }
                case "content-length" -> length = length(value);
                default -> {
                    moved |= name.equals("location");
                    usable |= name.equals("location") || name.equals("content-type");
                    add(headers, name, value.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        if (!usable) {
            return Optional.empty();
        }
        if (status == null) {
            return Optional.of(new CgiHead(moved ? 302 : 200, List.copyOf(headers), length, Optional.empty()));
        }
        int code = code(status);
        var complaint = code < 0 ? Optional.of("'" + status + "' is no status") : Optional.<String>empty();
        return Optional.of(new CgiHead(code < 0 ? STATUS_INVALID : code, List.copyOf(headers), length, complaint));
    }

    /** What is invalid, or belongs to the connection, is left out. */
    private static void add(List<Header> headers, String name, byte[] value) {
        if (HeaderRules.validName(name) && HeaderRules.validValue(value) && !HeaderRules.forbidden(name)) {
            headers.add(new Header(name, value));
        }
    }

    /** The number before the first blank; -1 if it can end no exchange. */
    private static int code(String status) {
        var digits = status.split(" ", 2)[0];
        return digits.matches("[2-9][0-9][0-9]") ? Integer.parseInt(digits) : -1;
    }

    private static OptionalLong length(String value) {
        boolean number = !value.isEmpty()
                && value.length() <= LENGTH_DIGITS_MAX
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }
}
