package dev.creel.component.abi;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import java.util.List;

/** A core function that leads out of a guest. Whatever unwinds through it kills the store. */
abstract class Trampoline implements CoreFunction {
    static final CoreType.Func I32_TO_I32 =
            new CoreType.Func(new CoreFuncType(List.of(ValueKind.I32), List.of(ValueKind.I32)));
    static final CoreType.Func I32_TO_NOTHING = new CoreType.Func(new CoreFuncType(List.of(ValueKind.I32), List.of()));
    static final long[] NOTHING = {};

    private final InstanceTree tree;
    private final CoreType.Func type;

    Trampoline(InstanceTree tree, CoreType.Func type) {
        this.tree = tree;
        this.type = type;
    }

    @Override
    public final CoreType.Func type() {
        return type;
    }

    @Override
    public final long[] call(long... args) {
        try {
            return run(args);
        } catch (Throwable failure) {
            tree.store.poison(failure);
            throw failure;
        }
    }

    abstract long[] run(long[] args);
}
