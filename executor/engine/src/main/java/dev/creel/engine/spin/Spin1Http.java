package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HeaderRules;
import dev.creel.wasi.http.HttpContext;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp;
import dev.creel.wasi.io.Wakeup;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code fermyon:spin/http} of Spin 1: one call sends a whole request and waits for the whole response. */
final class Spin1Http {
    /** Most bytes of a response that the host collects, as everywhere in Spin (reference spin-host-interfaces §3.1.4). */
    private static final long BODY_BYTES_MAX = 128L << 20;

    private static final int CHUNK_BYTES = 64 << 10;

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final Pattern ABSOLUTE =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://([^/?#\\s]+)([/?][^#\\s]*)?(#.*)?");

    /** Indices of {@code http-error}. */
    private static final int DESTINATION_NOT_ALLOWED = 1;

    private static final int INVALID_URL = 2;
    private static final int REQUEST_ERROR = 3;
    private static final int RUNTIME_ERROR = 4;
    private static final int TOO_MANY_REQUESTS = 5;

    private Spin1Http() {}

    static List<HostInterface> interfaces() {
        return List.of(
                HostInterface.of(SpinWit.of("fermyon:spin/http-types")).build(),
                HostInterface.of(SpinWit.of("fermyon:spin/http"))
                        .function("send-request", (store, args) -> send(store, (Object[]) args[0]))
                        .build());
    }

    private static Result.Value send(Store store, Object[] request) {
        try {
            var body = ((Optional<?>) request[4]).map(byte[].class::cast).orElse(new byte[0]);
            var headers = headers((List<?>) request[2]);
            var outgoing = outgoing(METHODS.get((Integer) request[0]), (String) request[1], headers, body.length);
            var exchange = store.context(HttpContext.class).outgoing().send(outgoing);
            try {
                return Result.Value.ok(exchange(store, exchange, body));
            } finally {
                exchange.cancel().run();
            }
        } catch (FailedException e) {
            return Result.Value.err(e.error);
        }
    }

    private static HttpOutgoing outgoing(String method, String uri, List<Header> headers, int length)
            throws FailedException {
        var absolute = ABSOLUTE.matcher(uri);
        boolean toSelf = uri.startsWith("/");
        if (!toSelf && !absolute.matches()) {
            throw new FailedException(INVALID_URL);
        }
        var scheme = toSelf ? "http" : absolute.group(1).toLowerCase(Locale.ROOT);
        var authority = toSelf ? Optional.<String>empty() : Optional.of(absolute.group(2));
        var target = toSelf ? uri : Optional.ofNullable(absolute.group(3)).orElse("/");
        return new HttpOutgoing(
                method,
                Optional.of(scheme),
                authority,
                target.startsWith("?") ? "/" + target : target,
                headers,
                length,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Header> headers(List<?> pairs) throws FailedException {
        var headers = new ArrayList<Header>();
        for (var pair : pairs) {
            var nameAndValue = (Object[]) pair;
            var name = ((String) nameAndValue[0]).toLowerCase(Locale.ROOT);
            var value = ((String) nameAndValue[1]).getBytes(StandardCharsets.UTF_8);
            if (!HeaderRules.validName(name) || !HeaderRules.validValue(value)) {
                throw new FailedException(REQUEST_ERROR);
            }
            if (!HeaderRules.forbidden(name) && !name.equals("content-length")) {
                headers.add(new Header(name, value));
            }
        }
        return headers;
    }

    private static Object[] exchange(Store store, OutgoingHttp.Exchange exchange, byte[] body) throws FailedException {
        var wakeup = store.context(Wakeup.class);
        var _ = exchange.answer().whenComplete((answer, broken) -> wakeup.signal());
        write(store, wakeup, exchange, body);
        wakeup.until(store, () -> exchange.answer().isDone(), null);
        return switch (exchange.answer().join()) {
            case OutgoingHttp.Answer.Failed(var code) -> throw new FailedException(error(code));
            case OutgoingHttp.Answer.Response(var status, var headers, var source) -> {
                try (source) {
                    yield new Object[] {status, Optional.of(pairs(headers)), Optional.of(readAll(store, wakeup, source))
                    };
                }
            }
        };
    }

    /** A peer may answer before it has read everything, or go away: then the rest stays unsent. */
    private static void write(Store store, Wakeup wakeup, OutgoingHttp.Exchange exchange, byte[] body) {
        BodySink sink = exchange.body();
        sink.onChange(wakeup::signal);
        int written = 0;
        while (written < body.length && !exchange.answer().isDone()) {
            long room = sink.room();
            if (room < 0) {
                return;
            }
            if (room == 0) {
                wakeup.until(store, () -> sink.room() != 0 || exchange.answer().isDone(), null);
            } else {
                int count = (int) Math.min(room, Math.min(CHUNK_BYTES, body.length - written));
                sink.write(Arrays.copyOfRange(body, written, written + count));
                written += count;
            }
        }
        if (written == body.length) {
            sink.end(Optional.empty());
        }
    }

    private static byte[] readAll(Store store, Wakeup wakeup, BodySource source) throws FailedException {
        source.onChange(wakeup::signal);
        var all = new ByteArrayOutputStream();
        while (true) {
            switch (source.poll(CHUNK_BYTES)) {
                case BodySource.Chunk.Empty() -> wakeup.until(store, source::ready, null);
                case BodySource.Chunk.Bytes(var bytes) -> all.writeBytes(bytes);
                case BodySource.Chunk.End ignored -> {
                    return all.toByteArray();
                }
                case BodySource.Chunk.Broken(var code) -> throw new FailedException(error(code));
            }
            if (all.size() > BODY_BYTES_MAX) {
                throw new FailedException(RUNTIME_ERROR);
            }
        }
    }

    /** Values that are not ASCII are left out. */
    private static List<Object[]> pairs(List<Header> headers) {
        var pairs = new ArrayList<Object[]>();
        for (var header : headers) {
            var value = new String(header.value(), StandardCharsets.ISO_8859_1);
            boolean ascii = value.chars().allMatch(c -> c < 0x80);
            if (ascii && !HeaderRules.forbidden(header.name())) {
                pairs.add(new Object[] {header.name(), value});
            }
        }
        return pairs;
    }

    private static int error(HttpErrorCode code) {
        return switch (code.name()) {
            case "HTTP-request-denied" -> DESTINATION_NOT_ALLOWED;
            case "HTTP-request-URI-invalid" -> INVALID_URL;
            case "connection-limit-reached" -> TOO_MANY_REQUESTS;
            default -> RUNTIME_ERROR;
        };
    }

    private static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int error;

        FailedException(int error) {
            super("http-error " + error, null, false, false);
            this.error = error;
        }
    }
}
