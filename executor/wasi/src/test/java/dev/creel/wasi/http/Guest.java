package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostResource;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.io.IoInterfaces;
import dev.creel.wasi.io.Wakeup;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Calls host functions as a guest does: by name, with values, in one store. */
final class Guest {
    private static final Map<String, HostFunction> FUNCTIONS = new HashMap<>();
    private static final Map<Class<?>, HostResource<?>> RESOURCES = new HashMap<>();

    static {
        Stream.of(HttpInterfaces.interfaces(), IoInterfaces.interfaces())
                .flatMap(List::stream)
                .forEach(Guest::add);
    }

    private static final CoreLimits UNLIMITED = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    final Store store;

    private Guest(Store store) {
        this.store = store;
    }

    private static void add(HostInterface one) {
        FUNCTIONS.putAll(one.functions());
        one.resources().values().forEach(resource -> RESOURCES.put(resource.javaType(), resource));
    }

    static Guest with(OutgoingHttp outgoing, HttpLimits limits) {
        return with(outgoing, limits, UNLIMITED);
    }

    static Guest with(OutgoingHttp outgoing, HttpLimits limits, CoreLimits memory) {
        var store = new Store(memory, 1000, Store.Waits.FREE);
        return new Guest(
                store.with(HttpContext.class, new HttpContext(outgoing, limits)).with(Wakeup.class, new Wakeup()));
    }

    static Guest alone() {
        return with(
                request -> {
                    throw new AssertionError("nothing may be sent");
                },
                HttpLimits.DEFAULT);
    }

    /** Calls {@code resource.method} or a plain function, whatever kind it is. */
    Object call(String name, Object... args) {
        for (var kind : List.of("[method]", "[static]", "[constructor]", "")) {
            var function = FUNCTIONS.get(kind + name);
            if (function != null) {
                var result = function.call(store, args);
                return result == null ? "nothing" : result;
            }
        }
        return fail("no function " + name);
    }

    /** The ok value of a result; for those without one, the result itself. */
    Object ok(String name, Object... args) {
        var result = call(name, args);
        if (result instanceof Result.Value.Ok(var value)) {
            return value == null ? result : value;
        }
        return fail(name + " gives " + result);
    }

    /** The err value of a result, or the result itself. */
    Object err(String name, Object... args) {
        var result = call(name, args);
        if (result instanceof Result.Value.Err(var value)) {
            return value == null ? result : value;
        }
        return fail(name + " gives " + result);
    }

    /** The case of a variant in an err. */
    int errCase(String name, Object... args) {
        return assertInstanceOf(Variant.Value.class, err(name, args)).index();
    }

    /** Drops a handle. */
    void drop(Object object) {
        for (var entry : RESOURCES.entrySet()) {
            if (entry.getKey().isInstance(object)) {
                drop(entry.getValue(), object);
                return;
            }
        }
        fail("no resource " + object);
    }

    private static <T> void drop(HostResource<T> resource, Object object) {
        resource.drop().drop(resource.javaType().cast(object));
    }

    Object fields(String... namesAndValues) {
        var fields = call("fields");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ok("fields.append", fields, namesAndValues[i], bytes(namesAndValues[i + 1]));
        }
        return fields;
    }

    void write(Object stream, String text) {
        ok("output-stream.blocking-write-and-flush", stream, bytes(text));
    }

    /** Reads to the end. */
    String readAll(Object stream) {
        var all = new StringBuilder();
        while (call("input-stream.blocking-read", stream, 65536L) instanceof Result.Value.Ok(var part)) {
            all.append(new String((byte[]) java.util.Objects.requireNonNull(part), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static List<Header> headers(String... namesAndValues) {
        var list = new java.util.ArrayList<Header>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            list.add(new Header(namesAndValues[i], bytes(namesAndValues[i + 1])));
        }
        return list;
    }

    static String text(List<Header> headers) {
        var all = new StringBuilder();
        headers.forEach(h -> all.append(h.name())
                .append('=')
                .append(new String(h.value(), StandardCharsets.ISO_8859_1))
                .append(';'));
        return all.toString();
    }

    /** A request with this body. */
    static HttpIncoming get(String target, BodySource body, String... headers) {
        return new HttpIncoming("GET", target, "http", "example.com:80", headers(headers), body);
    }

    /** A source that holds {@code text} and ends. */
    static BodySource body(String text, Optional<List<Header>> trailers) {
        var pipe = new BodyPipe(1 << 20);
        pipe.sink().write(bytes(text));
        pipe.sink().end(trailers);
        return pipe.source();
    }
}
