package dev.creel.host.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One route of an application, e.g. {@code /api/:tenant/...}. Literals, {@code :name} (one segment, or up to the next {@code .}
 * if the pattern goes on with one) and a wildcard at the end. Leading and trailing slashes do not matter; case does; nothing is
 * percent-decoded. Immutable.
 */
final class RoutePattern {
    /**
     * More specific first: from the left, a literal before a parameter before a wildcard; then more dots; then the shorter. The
     * text of literals does not matter, so the order in the application decides the rest.
     */
    static final Comparator<RoutePattern> PRECEDENCE = RoutePattern::compare;

    /** The order of the cases is the order of precedence where two patterns differ. */
    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Param(String name) implements Part {}

        record Wildcard() implements Part {}

        record Dot() implements Part {}

        record Slash() implements Part {}

        default int rank() {
            return switch (this) {
                case Literal ignored -> 0;
                case Param ignored -> 1;
                case Wildcard ignored -> 2;
                case Dot ignored -> 3;
                case Slash ignored -> 4;
            };
        }
    }

    /**
     * What a path gave.
     *
     * @param captures by parameter name, in pattern order
     * @param rest what the wildcard matched, with its leading slash; empty without a wildcard
     */
    record Found(Map<String, String> captures, String rest) {}

    private final String text;
    private final List<Part> parts;

    private RoutePattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a route.
     *
     * @throws IllegalArgumentException naming the route, if it breaks the grammar
     */
    static RoutePattern parse(String route) {
        var parts = new ArrayList<Part>();
        var trimmed = trimSlashes(route);
        if (!trimmed.isEmpty()) {
            var segments = trimmed.split("/", -1);
            for (int i = 0; i < segments.length; i++) {
                if (i > 0) {
                    parts.add(new Part.Slash());
                }
                boolean last = i == segments.length - 1;
                if (segments[i].equals("...") || segments[i].equals("*")) {
                    if (!last) {
                        throw new IllegalArgumentException(
                                "route '" + route + "': a wildcard may only stand at the end");
                    }
                    parts.add(new Part.Wildcard());
                } else {
                    addSegment(route, segments[i], parts);
                }
            }
        }
        return new RoutePattern(route, parts);
    }

    private static void addSegment(String route, String segment, List<Part> parts) {
        var pieces = segment.split("\\.", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i > 0) {
                parts.add(new Part.Dot());
            }
            if (pieces[i].startsWith(":")) {
                if (pieces[i].length() == 1) {
                    throw new IllegalArgumentException("route '" + route + "': a parameter needs a name, as in /:id");
                }
                parts.add(new Part.Param(pieces[i].substring(1)));
            } else {
                parts.add(new Part.Literal(pieces[i]));
            }
        }
    }

    /** What {@code path} (without query) gives, or nothing if it does not match. */
    Optional<Found> match(String path) {
        var captures = new LinkedHashMap<String, String>();
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        int end = path.length();
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        int at = start;
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Literal literal -> {
                    if (!path.startsWith(literal.text(), at)
                            || at + literal.text().length() > end) {
                        return Optional.empty();
                    }
                    at += literal.text().length();
                }
                case Part.Param param -> {
                    boolean untilDot = i + 1 < parts.size() && parts.get(i + 1) instanceof Part.Dot;
                    int to = at;
                    while (to < end && path.charAt(to) != '/' && !(untilDot && path.charAt(to) == '.')) {
                        to++;
                    }
                    if (to == at) {
                        return Optional.empty();
                    }
                    captures.put(param.name(), path.substring(at, to));
                    at = to;
                }
                case Part.Dot ignored -> {
                    if (at >= end || path.charAt(at) != '.') {
                        return Optional.empty();
                    }
                    at++;
                }
                case Part.Slash ignored -> {
                    boolean beforeWildcard = parts.get(i + 1) instanceof Part.Wildcard;
                    if (at < end && path.charAt(at) == '/') {
                        at++;
                    } else if (!(beforeWildcard && at == end)) {
                        return Optional.empty();
                    } else {
                        // /foo/... also takes /foo and /foo/: what follows the prefix is the rest, slashes and all.
                        return Optional.of(new Found(captures, path.substring(at)));
                    }
                }
                case Part.Wildcard ignored -> {
                    return Optional.of(new Found(captures, i == 0 ? path : path.substring(at - 1)));
                }
            }
        }
        return at == end ? Optional.of(new Found(captures, "")) : Optional.empty();
    }

    private static int compare(RoutePattern a, RoutePattern b) {
        for (int i = 0; i < Math.min(a.parts.size(), b.parts.size()); i++) {
            int order = Integer.compare(a.parts.get(i).rank(), b.parts.get(i).rank());
            if (order != 0) {
                return order;
            }
        }
        int dots = Long.compare(b.dots(), a.dots());
        return dots != 0 ? dots : Integer.compare(a.parts.size(), b.parts.size());
    }

    private long dots() {
        return parts.stream().filter(Part.Dot.class::isInstance).count();
    }

    private static String trimSlashes(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }

    @Override
    public String toString() {
        return text;
    }
}
