package dev.creel.wasi.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request that a guest makes.
 *
 * @param method e.g. {@code GET}
 * @param scheme {@code http}, {@code https} or another; empty means https
 * @param authority empty means a request to the application itself
 * @param pathWithQuery starts with {@code /}
 * @param headers without forbidden ones and without {@code content-length}
 * @param contentLength as the guest declared it, or -1; 0 if the guest never took the body and declared nothing
 * @param connectTimeout empty means the host's default
 * @param firstByteTimeout empty means the host's default
 * @param betweenBytesTimeout empty means the host's default
 */
public record HttpOutgoing(
        String method,
        Optional<String> scheme,
        Optional<String> authority,
        String pathWithQuery,
        List<Header> headers,
        long contentLength,
        Optional<Duration> connectTimeout,
        Optional<Duration> firstByteTimeout,
        Optional<Duration> betweenBytesTimeout) {}
