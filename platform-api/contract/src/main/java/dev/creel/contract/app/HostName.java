package dev.creel.contract.app;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A DNS host name in lower case, without a port or a trailing dot; the key of the edge's routes.
 *
 * @param value at most 253 characters, labels of 1–63 letters, digits, {@code -} and {@code _}
 */
public record HostName(String value) {
    private static final Pattern GRAMMAR = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    public HostName {
        value = value.toLowerCase(Locale.ROOT);
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a host name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
