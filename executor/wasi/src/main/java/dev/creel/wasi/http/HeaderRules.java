package dev.creel.wasi.http;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** What names and values of header fields may be, and which of them are the host's own affair. */
public final class HeaderRules {
    private static final Set<String> FORBIDDEN = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "upgrade",
            "host",
            "http2-settings");

    private HeaderRules() {}

    /** Whether guests may neither set this field nor see it in what comes in. */
    public static boolean forbidden(String lowerCaseName) {
        return FORBIDDEN.contains(lowerCaseName);
    }

    /** Whether {@code name} is a token of RFC 9110. */
    public static boolean validName(String name) {
        return isToken(name);
    }

    /** Whether {@code value} has neither controls nor line ends; tabs and bytes above ASCII are fine. */
    public static boolean validValue(byte[] value) {
        for (byte b : value) {
            boolean control = b >= 0 && b < 0x20 && b != '\t';
            if (control || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** The fields that a guest may see. */
    static List<Header> visible(List<Header> headers) {
        return headers.stream()
                .map(h -> new Header(canonical(h.name()), h.value()))
                .filter(h -> !forbidden(h.name()))
                .toList();
    }

    static List<Header> withoutContentLength(List<Header> headers) {
        return headers.stream().filter(h -> !h.name().equals("content-length")).toList();
    }

    /** The declared length: empty if none is. */
    static OptionalLong contentLength(List<Header> headers) throws InvalidLengthException {
        var length = OptionalLong.empty();
        for (var header : headers) {
            if (header.name().equals("content-length")) {
                long one = parseLength(header.value());
                if (length.isPresent() && length.getAsLong() != one) {
                    throw new InvalidLengthException();
                }
                length = OptionalLong.of(one);
            }
        }
        return length;
    }

    private static long parseLength(byte[] digits) throws InvalidLengthException {
        if (digits.length == 0 || digits.length > 18) {
            throw new InvalidLengthException();
        }
        long length = 0;
        for (byte b : digits) {
            if (b < '0' || b > '9') {
                throw new InvalidLengthException();
            }
            length = length * 10 + (b - '0');
        }
        return length;
    }

    /** A content-length that is no number, or two different ones. */
    static final class InvalidLengthException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidLengthException() {
            super("invalid content-length", null, false, false);
        }
    }
}
