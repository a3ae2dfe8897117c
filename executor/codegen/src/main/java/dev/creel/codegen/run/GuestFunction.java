package dev.creel.codegen.run;

import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** A function of an instance. Called by the host it is the boundary where traps get their names. */
public final class GuestFunction implements CoreFunction {
    /** A null reference, as bits. */
    public static final int NULL = -1;

    private final GuestInstance owner;
    private final int index;
    private final int type;

    GuestFunction(GuestInstance owner, int index) {
        this.owner = owner;
        this.index = index;
        this.type = owner.program().functions()[index];
    }

    @Override
    public CoreType.Func type() {
        return new CoreType.Func(owner.program().types().get(type));
    }

    /** Whose it is. */
    public GuestInstance owner() {
        return owner;
    }

    /** Its index in the owner. */
    public int index() {
        return index;
    }

    /** Calls it, from generated code: its parameters, its index, its owner. */
    public MethodHandle entry() {
        return owner.program().dispatchers().get(type);
    }

    private static int words(List<ValueKind> params) {
        var words = params.size();
        for (var param : params) {
            words += param == ValueKind.V128 ? 1 : 0;
        }
        return words;
    }

    @Override
    public long[] call(long... args) {
        var params = owner.program().types().get(type).params();
        if (args.length != words(params)) {
            throw new IllegalArgumentException(args.length + " arguments for " + params);
        }
        var frames = owner.frames;
        try {
            return owner.program().entry().enter(type, index, args, owner);
        } catch (Throwable thrown) {
            owner.pending.clear();
            throw Traps.of(thrown);
        } finally {
            owner.frames = frames;
        }
    }
}
