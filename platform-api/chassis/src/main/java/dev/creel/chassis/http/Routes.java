package dev.creel.chassis.http;

import dev.creel.contract.Problem;
import dev.creel.contract.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table of handlers by method and path, itself a handler. Patterns are compared segment by segment in the order in
 * which they were added, the first match wins: {@code /api/apps/{id}} takes any one segment, {@code /v2/{name...}/tags/list}
 * one or more. Values are decoded ({@code %XX}, and {@code +} as a space: the spin client writes segments as form text).
 * Unknown paths get 404, known paths with another method 405. HEAD falls to the handler of GET. Build it first, then
 * hand it to a listener; immutable from then on.
 */
public final class Routes implements HttpHandler {
    private final List<Entry> entries = new ArrayList<>();

    /** Answers a request whose path matched. */
    @FunctionalInterface
    public interface Handler {
        /** As {@link HttpHandler#handle}, with what the pattern's names stand for. */
        void handle(HttpExchange exchange, PathValues values) throws Exception;
    }

    private record Entry(String method, List<String> pattern, Handler handler) {}

    /** Adds a handler. */
    public Routes on(String method, String pattern, Handler handler) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a pattern starts with '/': " + pattern);
        }
        entries.add(new Entry(method, List.of(pattern.substring(1).split("/", -1)), handler));
        return this;
    }

    /** Adds a handler for GET, and for HEAD if there is no other. */
    public Routes get(String pattern, Handler handler) {
        return on("GET", pattern, handler);
    }

    /** Adds a handler for POST. */
    public Routes post(String pattern, Handler handler) {
        return on("POST", pattern, handler);
    }

    /** Adds a handler for PUT. */
    public Routes put(String pattern, Handler handler) {
        return on("PUT", pattern, handler);
    }

    /** Adds a handler for PATCH. */
    public Routes patch(String pattern, Handler handler) {
        return on("PATCH", pattern, handler);
    }

    /** Adds a handler for DELETE. */
    public Routes delete(String pattern, Handler handler) {
        return on("DELETE", pattern, handler);
    }

    @Override
    public void handle(HttpExchange exchange) throws Exception {
        var segments = List.of(exchange.path().substring(1).split("/", -1));
        var methods = new TreeSet<String>();
        Entry fallback = null;
        for (var entry : entries) {
            if (match(entry.pattern(), segments).isEmpty()) {
                continue;
            }
            if (entry.method().equals(exchange.method())) {
                run(entry, segments, exchange);
                return;
            }
            if (fallback == null
                    && exchange.method().equals("HEAD")
                    && entry.method().equals("GET")) {
                fallback = entry;
            }
            methods.add(entry.method());
        }
        if (fallback != null) {
            run(fallback, segments, exchange);
        } else if (methods.isEmpty()) {
            exchange.problem(new Problem(ProblemCode.NOT_FOUND, "There is nothing at " + exchange.path() + "."));
        } else {
            refuseMethod(exchange, String.join(", ", methods));
        }
    }

    private static void refuseMethod(HttpExchange exchange, String allowed) {
        exchange.json(
                405,
                HttpFields.of("allow", allowed),
                new ProblemBody(
                        "https://www.rfc-editor.org/rfc/rfc9110#name-405-method-not-allowed",
                        "The method is not allowed here.",
                        405,
                        exchange.path() + " answers " + allowed + ", not " + exchange.method() + "."));
    }

    private static void run(Entry entry, List<String> segments, HttpExchange exchange) throws Exception {
        entry.handler().handle(exchange, match(entry.pattern(), segments).orElseThrow());
    }

    private static Optional<PathValues> match(List<String> pattern, List<String> segments) {
        var values = new LinkedHashMap<String, String>();
        return match(pattern, 0, segments, 0, values) ? Optional.of(new PathValues(values)) : Optional.empty();
    }

    private static boolean match(
            List<String> pattern, int p, List<String> segments, int s, Map<String, String> values) {
        if (p == pattern.size()) {
            return s == segments.size();
        }
        if (s == segments.size()) {
            return false;
        }
        var name = name(pattern.get(p));
        if (name == null) {
            return pattern.get(p).equals(FormText.decode(segments.get(s)))
                    && match(pattern, p + 1, segments, s + 1, values);
        }
        if (!name.endsWith("...")) {
            if (segments.get(s).isEmpty()) {
                return false;
            }
            values.put(name, FormText.decode(segments.get(s)));
            return match(pattern, p + 1, segments, s + 1, values);
        }
        // The last possibility first: what follows a name such as /v2/{name...}/blobs may occur in the name itself.
        for (int end = segments.size(); end > s; end--) {
            if (match(pattern, p + 1, segments, end, values)) {
                values.put(
                        name.substring(0, name.length() - 3),
                        FormText.decode(String.join("/", segments.subList(s, end))));
                return true;
            }
        }
        return false;
    }

    private static @Nullable String name(String segment) {
        return segment.startsWith("{") && segment.endsWith("}") ? segment.substring(1, segment.length() - 1) : null;
    }
}
