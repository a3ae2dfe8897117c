package dev.creel.host.route;

/**
 * How a request came to its component.
 *
 * @param route by which it found it
 * @param scheme {@code http} or {@code https}
 * @param host the Host header, or {@code localhost}
 * @param pathWithQuery as requested
 * @param client the peer as {@code ip:port}, IPv6 in brackets
 */
public record Arrival(MatchedRoute route, String scheme, String host, String pathWithQuery, String client) {
    /** The path alone. */
    String path() {
        int query = pathWithQuery.indexOf('?');
        return query < 0 ? pathWithQuery : pathWithQuery.substring(0, query);
    }

    /** The query without its question mark; empty if there is none. */
    String query() {
        int query = pathWithQuery.indexOf('?');
        return query < 0 ? "" : pathWithQuery.substring(query + 1);
    }
}
