package dev.creel.wasi.http;

import java.util.List;

/**
 * A request that a guest is to answer.
 *
 * @param method as on the request line, e.g. {@code GET}
 * @param pathWithQuery starts with {@code /}
 * @param scheme {@code http} or {@code https}
 * @param authority host and port as the client named them
 * @param headers all that the guest may see, hop-by-hop headers already removed
 * @param body its body
 */
public record HttpIncoming(
        String method, String pathWithQuery, String scheme, String authority, List<Header> headers, BodySource body) {
    /** The same request with its body read through another source. */
    public HttpIncoming with(BodySource other) {
        return new HttpIncoming(method, pathWithQuery, scheme, authority, headers, other);
    }
}
