package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.Value;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreType;
import org.jspecify.annotations.Nullable;

/**
 * A function that a guest's instance defines. Called by the host it is the boundary where traps get their names; called by
 * another guest's import it is only a hop, and whatever is thrown goes on to the boundary.
 */
final class GuestFunction implements CoreFunction, WasmFunctionHandle {
    private final GuestMachine machine;
    private final int index;
    private final CoreType.Func type;

    GuestFunction(GuestMachine machine, int index, CoreType.Func type) {
        this.machine = machine;
        this.index = index;
        this.type = type;
    }

    @Override
    public CoreType.Func type() {
        return type;
    }

    GuestMachine machine() {
        return machine;
    }

    int index() {
        return index;
    }

    @Override
    public long[] call(long... args) {
        if (args.length != type.type().params().size()) {
            throw new IllegalArgumentException(
                    args.length + " arguments for " + type.type().params());
        }
        try {
            var results = machine.call(index, args);
            return results == null ? Value.EMPTY_VALUES : results;
        } catch (Throwable thrown) {
            throw Traps.of(thrown);
        }
    }

    @Override
    public long @Nullable [] apply(Instance caller, long... args) {
        return machine.call(index, args);
    }
}
