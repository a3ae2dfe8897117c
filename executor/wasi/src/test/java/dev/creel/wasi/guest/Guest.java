package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostResource;
import dev.creel.component.host.Store;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.context.WasiContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Stands where a guest stands: calls host functions by name. */
final class Guest implements AutoCloseable {
    /** Core limits that refuse nothing. */
    static final CoreLimits UNLIMITED = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    private static final Map<String, HostInterface> INTERFACES = new HashMap<>();
    private static final Map<ResourceType, Class<?>> RESOURCES = new HashMap<>();

    static {
        for (var one : Wasi.interfaces()) {
            // The release candidate's have the same names; guests here speak the release.
            if (one.name().contains("-rc-")) {
                continue;
            }
            INTERFACES.put(one.name().substring("wasi:".length(), one.name().indexOf('@')), one);
            one.wit()
                    .resources()
                    .forEach((name, type) ->
                            RESOURCES.put(type, one.resources().get(name).javaType()));
        }
    }

    final Store store;

    Guest(WasiContext.Builder context) {
        this(context, UNLIMITED);
    }

    Guest(WasiContext.Builder context, CoreLimits memory) {
        store = context.build().into(new Store(memory, 100, Store.Waits.FREE));
    }

    Guest() {
        this(WasiContext.builder());
    }

    /** Calls a function of an interface like {@code io/poll}. */
    Object call(String path, String function, Object... args) {
        var bound = INTERFACES.get(path);
        var type = bound.wit().functions().get(function);
        var checked = new Conforming(RESOURCES);
        assertTrue(args.length == type.params().size(), function + " takes other parameters");
        for (int i = 0; i < args.length; i++) {
            var given = args[i];
            assertTrue(
                    checked.holds(Optional.of(type.params().get(i).type()), given),
                    () -> function + " does not take " + show(given));
        }
        var result = bound.functions().get(function).call(store, args);
        assertTrue(checked.holds(type.result(), result), () -> function + " must not answer " + show(result));
        return result;
    }

    /** Calls a method of a resource. */
    Object method(String path, String resource, String method, Object... args) {
        return call(path, "[method]" + resource + "." + method, args);
    }

    /** The value of a result that must be ok. */
    static Object ok(Object result) {
        assertTrue(result instanceof Result.Value.Ok, () -> "expected ok, got " + show(result));
        return ((Result.Value.Ok) result).value();
    }

    /** The value of a result that must be an error. */
    static Object err(Object result) {
        assertTrue(result instanceof Result.Value.Err, () -> "expected an error, got " + show(result));
        return ((Result.Value.Err) result).value();
    }

    /** The guest drops its handle. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    void drop(String path, String resource, Object handle) {
        ((HostResource.Drop) INTERFACES.get(path).resources().get(resource).drop()).drop(handle);
    }

    @Override
    public void close() {
        store.close();
    }

    private static String show(Object value) {
        return value instanceof Object[] parts ? Arrays.deepToString(parts) : String.valueOf(value);
    }
}
