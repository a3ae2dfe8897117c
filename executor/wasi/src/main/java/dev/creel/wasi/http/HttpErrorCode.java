package dev.creel.wasi.http;

/**
 * The {@code error-code} of wasi:http, cut to what a host can say: a case name of the interface ({@code
 * connection-refused}, {@code HTTP-request-denied} …) and, for {@code internal-error}, a text.
 *
 * @param name case name exactly as in reference spin-host-interfaces §3.3
 * @param message payload text of {@code internal-error}, else for logs only; may be empty
 */
public record HttpErrorCode(String name, String message) {
    /** A case without payload. */
    public static HttpErrorCode of(String name) {
        return new HttpErrorCode(name, "");
    }

    /** {@code internal-error(some(message))}. */
    public static HttpErrorCode internal(String message) {
        return new HttpErrorCode("internal-error", message);
    }
}
