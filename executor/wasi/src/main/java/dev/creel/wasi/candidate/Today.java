package dev.creel.wasi.candidate;

import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostResource;
import dev.creel.component.host.Store;
import dev.creel.component.wit.WitInterface;
import dev.creel.wasi.wit.WasiWit;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The interfaces of today, over which older ones are bound. Immutable. */
final class Today {
    private final Map<String, HostInterface> interfaces;

    Today(Collection<HostInterface> interfaces) {
        this.interfaces = interfaces.stream().collect(Collectors.toMap(HostInterface::name, Function.identity()));
    }

    /** The interface {@code wasi:} + {@code path}. */
    HostInterface of(String path) {
        return required(interfaces.get("wasi:" + path + "@" + WasiWit.VERSION), path);
    }

    /** The function {@code name} of {@code wasi:} + {@code path}. */
    HostFunction function(String path, String name) {
        return required(of(path).functions().get(name), path + "." + name);
    }

    /** Calls it. */
    @Nullable
    Object call(Store store, String path, String name, Object... args) {
        return function(path, name).call(store, args);
    }

    /** Begins to bind {@code wit}: every resource that {@code wasi:} + {@code path} has is the same. */
    HostInterface.Builder over(String path, WitInterface wit) {
        var builder = HostInterface.of(wit);
        var now = of(path).resources();
        wit.resources().keySet().forEach(name -> {
            var same = now.get(name);
            if (same != null) {
                bind(builder, same);
            }
        });
        return builder;
    }

    /** Puts a resource of today behind the one of the same name. */
    static <T> void bind(HostInterface.Builder builder, HostResource<T> resource) {
        builder.resource(resource.name(), resource.javaType(), resource.drop());
    }

    /** Binds the rest: functions that have the same name and form today. */
    HostInterface same(String path, HostInterface.Builder builder) {
        return builder.others((name, type) -> function(path, name)).build();
    }

    /** An interface in which nothing differs. */
    HostInterface same(String path, WitInterface wit) {
        return same(path, over(path, wit));
    }

    private static <T> T required(@Nullable T found, String name) {
        if (found == null) {
            throw new IllegalArgumentException("WASI " + WasiWit.VERSION + " has no " + name);
        }
        return found;
    }
}
