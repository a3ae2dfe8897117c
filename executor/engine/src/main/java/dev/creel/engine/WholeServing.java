package dev.creel.engine;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HeaderRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A handler of Spin 1: it is handed a whole request and returns a whole response (reference spin-app §2.5). */
final class WholeServing implements Serving {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private final CompiledComponent component;
    private final GuestRequest request;
    private final GuestLimits limits;
    private final MemoryBudget budget;
    private Object[] whole = {};
    private @Nullable BodySink sink;

    WholeServing(CompiledComponent component, GuestRequest request, GuestLimits limits, MemoryBudget budget) {
        this.component = component;
        this.request = request;
        this.limits = limits;
        this.budget = budget;
    }

    @Override
    public void prepare(Store store, WasiContext.Builder world) {
        var incoming = request.incoming();
        int method = METHODS.indexOf(incoming.method());
        if (method < 0) {
            throw new EndedException(new GuestOutcome.MethodNotAllowed(incoming.method()));
        }
        var headers = new ArrayList<Object[]>();
        headers.add(new Object[] {"host", incoming.authority()});
        for (var header : incoming.headers()) {
            headers.add(new Object[] {header.name(), new String(header.value(), StandardCharsets.UTF_8)});
        }
        var body = RequestBody.whole(store, incoming.body(), limits.wholeBody(), budget);
        whole = new Object[] {method, incoming.pathWithQuery(), headers, List.of(), Optional.of(body)};
    }

    @Override
    public void run(Store store) {
        var response =
                (Object[]) Objects.requireNonNull(component.handler(store).call((Object) whole));
        int status = (Integer) response[0];
        if (status < 200 || status > 600) {
            throw new TrapException("the response's status " + status + " is none");
        }
        var headers = headers(((Optional<?>) response[1]).map(List.class::cast).orElse(List.of()));
        var body = ((Optional<?>) response[2]).map(byte[].class::cast).orElse(new byte[0]);
        if (!budget.reserveHost(body.length)) {
            throw new EndedException(new GuestOutcome.OutOfMemory(limits.memory()));
        }
        sink = request.sink().respond(status, headers, body.length);
        ResponseBody.send(store, sink, body);
        sink.end(Optional.empty());
    }

    /** A repeated name keeps its last value. What belongs to the connection, the host says itself. */
    private static List<Header> headers(List<?> pairs) {
        var headers = new LinkedHashMap<String, Header>();
        for (var pair : pairs) {
            var name = ((String) ((Object[]) pair)[0]).toLowerCase(Locale.ROOT);
            var value = ((String) ((Object[]) pair)[1]).getBytes(StandardCharsets.UTF_8);
            if (!HeaderRules.validName(name) || !HeaderRules.validValue(value)) {
                throw new TrapException("the response's header '" + name + "' is invalid");
            }
            if (!HeaderRules.forbidden(name) && !name.equals("content-length")) {
                headers.put(name, new Header(name, value));
            }
        }
        return List.copyOf(headers.values());
    }

    @Override
    public boolean answered() {
        return sink != null;
    }

    @Override
    public void close() {
        if (sink != null) {
            sink.abort();
        }
        request.incoming().body().close();
    }
}
