package dev.creel.wasi.http;

import dev.creel.component.type.ValType.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Methods and schemes, which guests see as variants and the wire as words; and what words a URI may be made of. */
final class Words {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final List<String> SCHEMES = List.of("http", "https");

    private Words() {}

    static Variant.Value method(String word) {
        return variant(METHODS, word);
    }

    /** Empty if the guest's own method is no token. */
    static Optional<String> method(Variant.Value value) {
        return word(METHODS, value).filter(HeaderRules::isToken);
    }

    static Variant.Value scheme(String word) {
        return variant(SCHEMES, word);
    }

    /** In lower case; empty if the guest's own scheme is none by RFC 3986. */
    static Optional<String> scheme(Variant.Value value) {
        return word(SCHEMES, value).map(s -> s.toLowerCase(Locale.ROOT)).filter(s -> s.matches("[a-z][a-z0-9+.-]*"));
    }

    private static Variant.Value variant(List<String> known, String word) {
        int at = known.indexOf(word);
        return at >= 0 ? new Variant.Value(at, null) : new Variant.Value(known.size(), word);
    }

    private static Optional<String> word(List<String> known, Variant.Value value) {
        @Nullable Object own = value.payload();
        return Optional.of(
                value.index() < known.size() ? known.get(value.index()) : (String) Objects.requireNonNull(own));
    }

    /** Whether this can be a path with a query: neither controls nor spaces nor a fragment. */
    static boolean isTarget(String target) {
        return target.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '#' && c != '<' && c != '>')
                && (target.isEmpty() || target.startsWith("/") || target.startsWith("?") || target.equals("*"));
    }

    /**
     * Whether this can be {@code [userinfo@]host[:port]}, or {@code :port}: that is what SDKs of Rust make of a URL without a host,
     * which means the application itself.
     */
    static boolean isAuthority(String authority) {
        var host = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        var port = colon < 0 ? "" : host.substring(colon + 1);
        var name = colon < 0 ? host : host.substring(0, colon);
        return authority.chars().allMatch(c -> c > ' ' && c < 0x7f && "/?#\\<>\"^`{}|".indexOf(c) < 0)
                && port.length() <= 5
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && (port.isEmpty() || Integer.parseInt(port) <= 0xffff)
                && (!name.isEmpty() || (authority.startsWith(":") && !port.isEmpty()))
                && (name.startsWith("[") ? name.endsWith("]") : name.indexOf(':') < 0);
    }

    /** The target as the request line has it: never empty, ASCII only. */
    static String requestTarget(Optional<String> pathWithQuery) {
        var target = pathWithQuery.orElse("/");
        if (target.isEmpty() || target.startsWith("?")) {
            target = "/" + target;
        }
        var ascii = new StringBuilder(target.length());
        for (byte b : target.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            if (b >= 0) {
                ascii.append((char) b);
            } else {
                ascii.append('%').append(String.format("%02X", b));
            }
        }
        return ascii.toString();
    }
}
