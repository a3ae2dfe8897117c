package dev.creel.engine.spin;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.type.FuncType;

/**
 * The resources of capabilities that are not there: types without objects, because opening one fails by value. Their methods
 * exist so that guests link; a guest cannot call them without a handle.
 */
final class Absent {
    private Absent() {}

    /** Declares {@code resources} without objects, and binds every function that is not bound yet. */
    static HostInterface close(HostInterface.Builder builder, String... resources) {
        for (var resource : resources) {
            builder.resource(resource, Absent.class, absent -> {});
        }
        return builder.others(Absent::unreachable).build();
    }

    private static HostFunction unreachable(String name, FuncType type) {
        return (store, args) -> {
            throw new TrapException(name + " was called without an object to call it on");
        };
    }
}
