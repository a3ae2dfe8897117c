package dev.creel.wasi.http;

/**
 * The {@code error-code} of wasi:http, cut to what a host can say: a case name of the interface ({@code
 * connection-refused}, {@code HTTP-request-denied} …) and a text.
 *
 * @param name case name exactly as in reference spin-host-interfaces §3.3
 * @param message may be empty; guests see it where the case has room for it: the text of {@code internal-error} and of the codings,
 *     the {@code rcode} of {@code DNS-error}, the message of a TLS alert, the field name of header sizes, and as decimal digits
 *     the number of the other sizes
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
