package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreType;

/** A global that instances share by being handed this object. */
final class GuestGlobal extends GlobalInstance implements CoreGlobal {
    GuestGlobal(long low, long high, ValType type, MutabilityType mutability) {
        super(low, high, type, mutability);
    }

    @Override
    public CoreType.Global type() {
        return new CoreType.Global(TypeMapping.kind(getType()), getMutabilityType() == MutabilityType.Var);
    }

    @Override
    public long get() {
        return getValue();
    }
}
