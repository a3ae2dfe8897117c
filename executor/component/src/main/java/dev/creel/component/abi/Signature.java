package dev.creel.component.abi;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.FuncType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the parameters and the result of one function travel (reference component-model §4.2): flat, or in memory where there are
 * more than 16 flat parameters or more than one flat result. What it does itself is the reference implementation.
 */
final class Signature {
    final RecordShape params;
    final boolean flatParams;
    final @Nullable Shape result;
    final boolean flatResult;

    Signature(FuncType type, Shapes shapes) {
        this.params = new RecordShape(shapes.of(type.params()));
        this.flatParams = params.flat != null;
        this.result = type.result().map(shapes::of).orElse(null);
        this.flatResult = result == null || result.slots() <= 1;
    }

    /** Type of the core function that {@code canon lift} takes. */
    CoreFuncType lifted() {
        return new CoreFuncType(coreParams(), flatResult ? resultKinds() : List.of(ValueKind.I32));
    }

    /** Type of the core function that {@code canon lower} gives. */
    CoreFuncType lowered() {
        if (flatResult) {
            return new CoreFuncType(coreParams(), resultKinds());
        }
        var all = new ArrayList<>(coreParams());
        all.add(ValueKind.I32);
        return new CoreFuncType(all, List.of());
    }

    /** Number of parameters of the function that {@code canon lower} gives. */
    int loweredParams() {
        return coreParams().size() + (flatResult ? 0 : 1);
    }

    private List<ValueKind> coreParams() {
        return params.flat != null ? params.flat : List.of(ValueKind.I32);
    }

    private List<ValueKind> resultKinds() {
        return result == null || result.flat == null ? List.of() : result.flat;
    }

    private Shape result() {
        if (result == null) {
            throw new IllegalStateException("the function has no result");
        }
        return result;
    }

    Object[] liftParams(Frame from, long[] core) {
        return flatParams
                ? params.lift(from, core, 0)
                : params.load(from, from.pointer(core[0], params.align, params.size));
    }

    long[] lowerParams(Frame to, Object[] values) {
        if (flatParams) {
            var core = new long[params.slots()];
            params.lower(to, core, 0, values);
            return core;
        }
        int at = to.allocate(params.align, params.size);
        params.store(to, at, values);
        return new long[] {Integer.toUnsignedLong(at)};
    }

    Object liftResult(Frame from, long[] core) {
        var result = result();
        return flatResult
                ? result.lift(from, core, 0)
                : result.load(from, from.pointer(core[0], result.align, result.size));
    }

    long[] lowerResult(Frame to, long[] core, Object value) {
        var result = result();
        if (flatResult) {
            var results = new long[1];
            result.lower(to, results, 0, value);
            return results;
        }
        result.store(to, to.pointer(core[core.length - 1], result.align, result.size), value);
        return Trampoline.NOTHING;
    }
}
