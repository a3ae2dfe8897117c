package dev.creel.wasi.candidate;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.http.HeaderRules;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code wasi:http@0.2.0-rc-2023-10-18}. Its functions know fewer failures than those of today: where there is no value to answer
 * with, a failure is a trap. All error codes are its {@code unexpected-error}, as on Spin.
 */
final class OctoberHttp {
    private static final String TYPES = "http/types";
    private static final int UNEXPECTED_ERROR = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Today today;

    private OctoberHttp(Today today) {
        this.today = today;
    }

    static List<HostInterface> interfaces(Today today) {
        var http = new OctoberHttp(today);
        return List.of(http.types(), http.outgoingHandler());
    }

    private HostInterface types() {
        var builder = today.over(TYPES, October.wit(TYPES))
                .function("[constructor]fields", (store, args) -> fields(store, (List<?>) args[0]))
                .function("[method]fields.set", (store, args) -> orTrap(call(store, "[method]fields.set", args)))
                .function("[method]fields.delete", (store, args) -> orTrap(call(store, "[method]fields.delete", args)))
                .function("[method]fields.append", (store, args) -> orTrap(call(store, "[method]fields.append", args)))
                .function("[constructor]outgoing-request", this::outgoingRequest)
                .function(
                        "[method]outgoing-request.write",
                        (store, args) -> call(store, "[method]outgoing-request.body", args))
                .function("[static]response-outparam.set", this::setResponse)
                .function("[constructor]outgoing-response", this::outgoingResponse)
                .function(
                        "[method]outgoing-response.write",
                        (store, args) -> call(store, "[method]outgoing-response.body", args))
                .function("[static]outgoing-body.finish", (store, args) -> {
                    // A body of another length than declared is cut off; that interface could not say so.
                    var _ = call(store, "[static]outgoing-body.finish", args);
                    return null;
                })
                .function("[method]future-trailers.get", this::trailers)
                .function("[method]future-incoming-response.get", this::response);
        return today.same(TYPES, builder);
    }

    private HostInterface outgoingHandler() {
        var path = "http/outgoing-handler";
        return today.over(path, October.wit(path))
                .function("handle", (store, args) -> {
                    var options = ((Optional<?>) args[1]).map(times -> options(store, (Object[]) times));
                    var sent =
                            (Result.Value) Objects.requireNonNull(today.call(store, path, "handle", args[0], options));
                    return sent instanceof Result.Value.Err(var code) ? Result.Value.err(error(code)) : sent;
                })
                .build();
    }

    private @Nullable Object call(Store store, String name, Object... args) {
        return today.call(store, TYPES, name, args);
    }

    /** Nothing was forbidden then: what is today is left out. */
    private Object fields(Store store, List<?> entries) {
        var allowed = entries.stream()
                .filter(entry -> !HeaderRules.forbidden(((String) ((Object[]) entry)[0]).toLowerCase(Locale.ROOT)))
                .toList();
        return value(call(store, "[static]fields.from-list", allowed));
    }

    private Object outgoingRequest(Store store, Object[] args) {
        var headers = Objects.requireNonNull(call(store, "[method]fields.clone", args[4]));
        var request = Objects.requireNonNull(call(store, "[constructor]outgoing-request", headers));
        var _ = orTrap(call(store, "[method]outgoing-request.set-method", request, args[0]));
        var _ = orTrap(call(store, "[method]outgoing-request.set-path-with-query", request, args[1]));
        var _ = orTrap(call(store, "[method]outgoing-request.set-scheme", request, args[2]));
        var _ = orTrap(call(store, "[method]outgoing-request.set-authority", request, args[3]));
        return request;
    }

    private Object outgoingResponse(Store store, Object[] args) {
        var headers = Objects.requireNonNull(call(store, "[method]fields.clone", args[1]));
        var response = Objects.requireNonNull(call(store, "[constructor]outgoing-response", headers));
        var _ = orTrap(call(store, "[method]outgoing-response.set-status-code", response, args[0]));
        return response;
    }

    private @Nullable Object setResponse(Store store, Object[] args) {
        var response = (Result.Value) args[1];
        if (response instanceof Result.Value.Err(var error)) {
            var text = String.valueOf(((Variant.Value) Objects.requireNonNull(error)).payload());
            var codes = (dev.creel.component.type.ValType.Variant)
                    Objects.requireNonNull(today.of(TYPES).wit().types().get("error-code"));
            response = Result.Value.err(new Variant.Value(codes.cases().size() - 1, Optional.of(text)));
        }
        return call(store, "[static]response-outparam.set", args[0], response);
    }

    /** No trailers are empty ones. */
    private Optional<Object> trailers(Store store, Object[] args) {
        var found = (Optional<?>) Objects.requireNonNull(call(store, "[method]future-trailers.get", args));
        return found.map(taken -> switch ((Result.Value) value(taken)) {
            case Result.Value.Ok(var fields) ->
                Result.Value.ok(((Optional<?>) Objects.requireNonNull(fields))
                        .map(Object.class::cast)
                        .orElseGet(() -> fields(store, List.of())));
            case Result.Value.Err(var code) -> Result.Value.err(error(code));
        });
    }

    private Optional<Object> response(Store store, Object[] args) {
        var found = (Optional<?>) Objects.requireNonNull(call(store, "[method]future-incoming-response.get", args));
        return found.map(outer -> {
            if (outer instanceof Result.Value.Ok(Result.Value.Err(var code))) {
                return Result.Value.ok(Result.Value.err(error(code)));
            }
            return outer;
        });
    }

    private Object options(Store store, Object[] times) {
        var options = Objects.requireNonNull(call(store, "[constructor]request-options"));
        var names = List.of("connect-timeout", "first-byte-timeout", "between-bytes-timeout");
        for (int i = 0; i < names.size(); i++) {
            var nanos = ((Optional<?>) times[i]).map(millis -> (Long) millis * NANOS_PER_MILLI);
            var _ = orTrap(call(store, "[method]request-options.set-" + names.get(i), options, nanos));
        }
        return options;
    }

    private Variant.Value error(@Nullable Object code) {
        var value = (Variant.Value) Objects.requireNonNull(code);
        var codes = (dev.creel.component.type.ValType.Variant)
                Objects.requireNonNull(today.of(TYPES).wit().types().get("error-code"));
        var name = codes.cases().get(value.index()).name();
        var text =
                value.payload() instanceof Optional<?> detail && detail.isPresent() ? name + ": " + detail.get() : name;
        return new Variant.Value(UNEXPECTED_ERROR, text);
    }

    private static @Nullable Object orTrap(@Nullable Object result) {
        if (result instanceof Result.Value.Err) {
            throw new TrapException(
                    "wasi:http: the host refuses this value, and 0.2.0-rc-2023-10-18 has no word for that");
        }
        return null;
    }

    private static Object value(@Nullable Object result) {
        if (result instanceof Result.Value.Ok(var value)) {
            return Objects.requireNonNull(value);
        }
        throw new TrapException("wasi:http: the host refuses this value, and 0.2.0-rc-2023-10-18 has no word for that");
    }
}
