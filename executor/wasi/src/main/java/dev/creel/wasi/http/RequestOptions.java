package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.type.ValType.Result;
import java.time.Duration;
import java.util.Optional;

/** The resource {@code request-options}: timeouts in nanoseconds, unsigned. */
final class RequestOptions {
    private Optional<Long> connect = Optional.empty();
    private Optional<Long> firstByte = Optional.empty();
    private Optional<Long> betweenBytes = Optional.empty();

    static void bind(HostInterface.Builder types) {
        types.resource("request-options", RequestOptions.class, options -> {})
                .function("[constructor]request-options", (store, args) -> new RequestOptions())
                .function("[method]request-options.connect-timeout", (store, args) -> of(args).connect)
                .function("[method]request-options.first-byte-timeout", (store, args) -> of(args).firstByte)
                .function("[method]request-options.between-bytes-timeout", (store, args) -> of(args).betweenBytes)
                .function("[method]request-options.set-connect-timeout", (store, args) -> {
                    of(args).connect = nanos(args);
                    return Result.Value.ok();
                })
                .function("[method]request-options.set-first-byte-timeout", (store, args) -> {
                    of(args).firstByte = nanos(args);
                    return Result.Value.ok();
                })
                .function("[method]request-options.set-between-bytes-timeout", (store, args) -> {
                    of(args).betweenBytes = nanos(args);
                    return Result.Value.ok();
                });
    }

    Optional<Duration> connectTimeout() {
        return duration(connect);
    }

    Optional<Duration> firstByteTimeout() {
        return duration(firstByte);
    }

    Optional<Duration> betweenBytesTimeout() {
        return duration(betweenBytes);
    }

    private static RequestOptions of(Object[] args) {
        return (RequestOptions) args[0];
    }

    private static Optional<Long> nanos(Object[] args) {
        return ((Optional<?>) args[1]).map(Long.class::cast);
    }

    /** Anything over 292 years is 292 years. */
    private static Optional<Duration> duration(Optional<Long> nanos) {
        return nanos.map(n -> Duration.ofNanos(n < 0 ? Long.MAX_VALUE : n));
    }
}
