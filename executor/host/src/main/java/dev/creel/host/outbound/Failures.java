package dev.creel.host.outbound;

import dev.creel.wasi.http.HttpErrorCode;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong on the network, in the words of wasi:http (reference spin-host-interfaces §3.3). */
final class Failures {
    private Failures() {}

    /** Before a connection was there. */
    static HttpErrorCode connecting(Throwable failure) {
        return switch (failure) {
            case ConnectionPoolTooBusyException ignored -> HttpErrorCode.of("connection-limit-reached");
            case TimeoutException ignored -> HttpErrorCode.of("connection-timeout");
            case SSLException e -> new HttpErrorCode("TLS-protocol-error", text(e));
            case java.net.ConnectException e
            when text(e).contains("timed out") -> HttpErrorCode.of("connection-timeout");
            case java.io.IOException e
            when e.getCause() instanceof SSLException -> new HttpErrorCode("TLS-protocol-error", text(e));
            default -> new HttpErrorCode("connection-refused", text(failure));
        };
    }

    /** Between the connection and the response. */
    static HttpErrorCode exchanging(Throwable failure) {
        return switch (failure) {
            case TimeoutException ignored -> HttpErrorCode.of("connection-read-timeout");
            case SSLException e -> new HttpErrorCode("TLS-protocol-error", text(e));
            default -> new HttpErrorCode("HTTP-protocol-error", text(failure));
        };
    }

    /** Within the response's body. */
    static HttpErrorCode receiving(Throwable failure) {
        return failure instanceof TimeoutException
                ? HttpErrorCode.of("connection-read-timeout")
                : new HttpErrorCode("HTTP-response-incomplete", text(failure));
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
