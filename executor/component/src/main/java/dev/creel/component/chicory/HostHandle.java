package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import dev.creel.component.core.CoreFunction;

/** A host function as Chicory calls it. */
record HostHandle(CoreFunction function) implements WasmFunctionHandle {
    @Override
    public long[] apply(Instance caller, long... args) {
        try {
            return function.call(args);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            // The guest's doing, even if it happened in a host's frame: the boundary makes a trap of it.
            throw exhausted;
        } catch (Throwable thrown) {
            throw new HostUnwinding(thrown);
        }
    }
}
