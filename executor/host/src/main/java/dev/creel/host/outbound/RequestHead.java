package dev.creel.host.outbound;

import dev.creel.contract.ByteSize;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import java.util.Optional;

/** How much the head of an outgoing request weighs. */
final class RequestHead {
    /** What stands around a name and its value, as in HTTP/2's own count of header sections (RFC 9113 §6.5.2). */
    private static final int FIELD_BYTES = 32;

    private RequestHead() {}

    /** Why the head may not be sent, if it is larger than {@code max}. */
    static Optional<HttpErrorCode> tooLarge(HttpOutgoing request, ByteSize max) {
        long bytes = (long) request.method().length() + request.pathWithQuery().length();
        if (bytes > max.bytes()) {
            return Optional.of(HttpErrorCode.of("HTTP-request-URI-too-long"));
        }
        for (var header : request.headers()) {
            bytes += header.name().length() + header.value().length + FIELD_BYTES;
        }
        return bytes > max.bytes()
                ? Optional.of(new HttpErrorCode("HTTP-request-header-section-size", Long.toString(bytes)))
                : Optional.empty();
    }
}
