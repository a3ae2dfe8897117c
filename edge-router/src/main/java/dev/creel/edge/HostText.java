package dev.creel.edge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Host header, taken apart.
 *
 * @param name in lower case, without port, brackets and trailing dot
 * @param address whether it is an IP address
 */
record HostText(String name, boolean address) {
    private static final int NAME_MAX = 253;

    /** Reads {@code name[:port]} or {@code [v6][:port]}; null if it is neither. */
    static @Nullable HostText read(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end > 1 && isV6(authority, 1, end) && isPort(authority, end + 1)
                    ? new HostText(authority.substring(1, end).toLowerCase(Locale.ROOT), true)
                    : null;
        }
        int colon = authority.indexOf(':');
        int end = colon < 0 ? authority.length() : colon;
        if (!isPort(authority, end)) {
            return null;
        }
        if (end > 1 && authority.charAt(end - 1) == '.') {
            end--;
        }
        if (!isName(authority, end)) {
            return null;
        }
        var name = authority.substring(0, end).toLowerCase(Locale.ROOT);
        return new HostText(name, isV4(name));
    }

    /** Whether nothing, or a colon and digits, follows from {@code at} on. */
    private static boolean isPort(String text, int at) {
        if (at == text.length()) {
            return true;
        }
        if (text.charAt(at) != ':' || text.length() > at + 6) {
            return false;
        }
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String text, int end) {
        if (end == 0 || end > NAME_MAX) {
            return false;
        }
        boolean dot = true;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            letter |= c == '-' || c == '_';
            if (!letter && (c != '.' || dot)) {
                return false;
            }
            dot = c == '.';
        }
        return !dot;
    }

    private static boolean isV6(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return false;
            }
        }
        return text.indexOf(':', start) < end && text.indexOf(':', start) >= 0;
    }

    /** Dots and digits only: no host name ends in a label of digits. */
    private static boolean isV4(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
