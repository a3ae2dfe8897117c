package dev.creel.wasi.http;

import dev.creel.component.type.ValType.Variant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link HttpErrorCode} to the variant {@code error-code} and back. */
final class ErrorCodes {
    private ErrorCodes() {}

    /** What a case carries. */
    private enum Payload {
        NONE,
        DNS,
        TLS_ALERT,
        /** option<u32> and option<u64> look the same in Java. */
        NUMBER,
        FIELD,
        MAYBE_FIELD,
        TEXT
    }

    private record Case(String name, Payload payload) {}

    private static final List<Case> CASES = List.of(
            new Case("DNS-timeout", Payload.NONE),
            new Case("DNS-error", Payload.DNS),
            new Case("destination-not-found", Payload.NONE),
            new Case("destination-unavailable", Payload.NONE),
            new Case("destination-IP-prohibited", Payload.NONE),
            new Case("destination-IP-unroutable", Payload.NONE),
            new Case("connection-refused", Payload.NONE),
            new Case("connection-terminated", Payload.NONE),
            new Case("connection-timeout", Payload.NONE),
            new Case("connection-read-timeout", Payload.NONE),
            new Case("connection-write-timeout", Payload.NONE),
            new Case("connection-limit-reached", Payload.NONE),
            new Case("TLS-protocol-error", Payload.NONE),
            new Case("TLS-certificate-error", Payload.NONE),
            new Case("TLS-alert-received", Payload.TLS_ALERT),
            new Case("HTTP-request-denied", Payload.NONE),
            new Case("HTTP-request-length-required", Payload.NONE),
            new Case("HTTP-request-body-size", Payload.NUMBER),
            new Case("HTTP-request-method-invalid", Payload.NONE),
            new Case("HTTP-request-URI-invalid", Payload.NONE),
            new Case("HTTP-request-URI-too-long", Payload.NONE),
            new Case("HTTP-request-header-section-size", Payload.NUMBER),
            new Case("HTTP-request-header-size", Payload.MAYBE_FIELD),
            new Case("HTTP-request-trailer-section-size", Payload.NUMBER),
            new Case("HTTP-request-trailer-size", Payload.FIELD),
            new Case("HTTP-response-incomplete", Payload.NONE),
            new Case("HTTP-response-header-section-size", Payload.NUMBER),
            new Case("HTTP-response-header-size", Payload.FIELD),
            new Case("HTTP-response-body-size", Payload.NUMBER),
            new Case("HTTP-response-trailer-section-size", Payload.NUMBER),
            new Case("HTTP-response-trailer-size", Payload.FIELD),
            new Case("HTTP-response-transfer-coding", Payload.TEXT),
            new Case("HTTP-response-content-coding", Payload.TEXT),
            new Case("HTTP-response-timeout", Payload.NONE),
            new Case("HTTP-upgrade-failed", Payload.NONE),
            new Case("HTTP-protocol-error", Payload.NONE),
            new Case("loop-detected", Payload.NONE),
            new Case("configuration-error", Payload.NONE),
            new Case("internal-error", Payload.TEXT));

    /** As guests see it; a name that the interface does not have becomes an internal error. */
    static Variant.Value toGuest(HttpErrorCode code) {
        for (int i = 0; i < CASES.size(); i++) {
            if (CASES.get(i).name().equals(code.name())) {
                return new Variant.Value(i, payload(CASES.get(i).payload(), code.message()));
            }
        }
        return new Variant.Value(CASES.size() - 1, Optional.of((code.name() + " " + code.message()).strip()));
    }

    private static @Nullable Object payload(Payload kind, String message) {
        return switch (kind) {
            case NONE -> null;
            case DNS -> new Object[] {text(message), message.isEmpty() ? Optional.empty() : Optional.of(0)};
            case TLS_ALERT, FIELD -> alertOrField(kind, message);
            case MAYBE_FIELD -> text(message).map(name -> alertOrField(Payload.FIELD, name));
            case NUMBER -> number(message);
            case TEXT -> text(message);
        };
    }

    private static Object[] alertOrField(Payload kind, String message) {
        return kind == Payload.FIELD
                ? new Object[] {text(message), Optional.empty()}
                : new Object[] {Optional.empty(), text(message)};
    }

    private static Optional<String> text(String message) {
        return message.isEmpty() ? Optional.empty() : Optional.of(message);
    }

    private static Optional<Long> number(String message) {
        try {
            return message.isEmpty() ? Optional.empty() : Optional.of(Long.parseUnsignedLong(message));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As the host sees it; of a payload its text or number is kept. */
    static HttpErrorCode fromGuest(Variant.Value value) {
        var found = CASES.get(value.index());
        return new HttpErrorCode(found.name(), message(found.payload(), value.payload()));
    }

    private static String message(Payload kind, @Nullable Object payload) {
        if (payload == null) {
            return "";
        }
        return switch (kind) {
            case NONE -> "";
            case DNS, FIELD -> optional(((Object[]) payload)[0]);
            case TLS_ALERT -> optional(((Object[]) payload)[1]);
            case MAYBE_FIELD ->
                ((Optional<?>) payload)
                        .map(field -> message(Payload.FIELD, field))
                        .orElse("");
            case NUMBER ->
                ((Optional<?>) payload)
                        .map(n -> Long.toUnsignedString((Long) n))
                        .orElse("");
            case TEXT -> optional(payload);
        };
    }

    private static String optional(Object maybeText) {
        return ((Optional<?>) maybeText).map(Object::toString).orElse("");
    }
}
