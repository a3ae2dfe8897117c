package dev.creel.component.abi;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.FuncType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the parameters and the result of one function travel (reference component-model §4.2): flat, or in memory where there are
 * more than 16 flat parameters or more than one flat result.
 */
final class Signature {
    private static final long[] NOTHING = {};

    private final RecordShape params;
    private final int paramCount;
    private final boolean flatParams;
    private final @Nullable Shape result;
    private final boolean flatResult;

    Signature(FuncType type, Shapes shapes) {
        this.params = new RecordShape(shapes.of(type.params()));
        this.paramCount = type.params().size();
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

    private List<ValueKind> coreParams() {
        return params.flat != null ? params.flat : List.of(ValueKind.I32);
    }

    private List<ValueKind> resultKinds() {
        return result == null || result.flat == null ? List.of() : result.flat;
    }

    /** Reads what a guest hands to an import. Objects that it gave away are freed if that fails. */
    Object[] liftParams(Frame from, long[] core) {
        try {
            return flatParams ? params.lift(from, core, 0) : params.load(from, checked(from, params, core[0]));
        } catch (Throwable failure) {
            from.dropTaken(failure);
            throw failure;
        }
    }

    /** Writes what a guest's export gets. Objects that it was to own are freed if that fails. */
    long[] lowerParams(Frame to, Object[] values) {
        try {
            return lowered(to, values);
        } catch (Throwable failure) {
            to.dropUnheld(params, values, failure);
            throw failure;
        }
    }

    private long[] lowered(Frame to, Object[] values) {
        if (values.length != paramCount) {
            throw new IllegalArgumentException(paramCount + " arguments are expected, not " + values.length);
        }
        if (flatParams) {
            var core = new long[params.slots()];
            params.lower(to, core, 0, values);
            return core;
        }
        int at = to.allocate(params.align, params.size);
        params.store(to, at, values);
        return new long[] {Integer.toUnsignedLong(at)};
    }

    /** Reads what a guest's export returned. */
    @Nullable
    Object liftResult(Frame from, long[] core) {
        if (result == null) {
            return null;
        }
        return flatResult ? result.lift(from, core, 0) : result.load(from, checked(from, result, core[0]));
    }

    /**
     * Writes what an import returns: flat, or where the last of its parameters {@code core} points. Objects that the guest was to
     * own are freed if that fails.
     */
    long[] lowerResult(Frame to, long[] core, @Nullable Object value) {
        if (result == null) {
            return NOTHING;
        }
        if (value == null) {
            throw Shape.mismatch("a result", null);
        }
        try {
            return lowered(to, core, result, value);
        } catch (Throwable failure) {
            to.dropUnheld(result, value, failure);
            throw failure;
        }
    }

    private long[] lowered(Frame to, long[] core, Shape result, Object value) {
        if (flatResult) {
            var results = new long[1];
            result.lower(to, results, 0, value);
            return results;
        }
        result.store(to, checked(to, result, core[core.length - 1]), value);
        return NOTHING;
    }

    private static int checked(Frame frame, Shape shape, long pointer) {
        int address = (int) pointer;
        frame.check(address, shape.align, shape.size);
        return address;
    }
}
