package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.PassiveElement;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.component.core.TrapException;
import org.jspecify.annotations.Nullable;

/**
 * What generated code calls for instructions that Chicory's own helpers get wrong: calls and references between instances,
 * bulk operations with huge lengths, passive segments of shared memories, minima of NaNs. Public for generated classes only.
 */
public final class GuestRuntime {
    private GuestRuntime() {}

    /** {@code call_indirect} to another instance: types are compared by structure, as indices mean nothing across modules. */
    @SuppressWarnings("ReferenceEquality") // Most often it is the same type, and lists take their time.
    public static long @Nullable [] callForeign(long[] args, FunctionType expected, int function, Instance owner) {
        var actual = owner.type(owner.functionType(function));
        if (actual != expected && !actual.equals(expected)) {
            throw new TrapException("indirect call type mismatch");
        }
        return owner.getMachine().call(function, args);
    }

    /** {@code call_indirect} within an instance, from its interpreter. */
    static long @Nullable [] callOwn(long[] args, int typeIndex, int function, Instance instance) {
        var actual = instance.functionType(function);
        if (actual != typeIndex
                && !ValType.heapTypeSubtype(actual, typeIndex, instance.module().typeSection())) {
            throw new TrapException("indirect call type mismatch");
        }
        return instance.getMachine().call(function, args);
    }

    private static FlatTable table(int index, Instance instance) {
        return (FlatTable) instance.table(index);
    }

    /** {@code table.get}. */
    public static int tableGet(int index, int table, Instance instance) {
        return table(table, instance).get(index, instance);
    }

    /** {@code table.fill}. */
    public static void tableFill(int from, int value, int length, int table, Instance instance) {
        table(table, instance).fill(from, length, value, instance);
    }

    /** {@code table.copy}. */
    public static void tableCopy(int to, int from, int length, int toTable, int fromTable, Instance instance) {
        table(toTable, instance).copy(to, table(fromTable, instance), from, length);
    }

    /** {@code table.init}. */
    public static void tableInit(int to, int from, int length, int element, int table, Instance instance) {
        var target = table(table, instance);
        target.within(to, length);
        var segment = instance.element(element) instanceof PassiveElement passive ? passive : null;
        var available = segment == null ? 0 : segment.elementCount();
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > available) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_TABLE);
        }
        if (segment == null) {
            return;
        }
        for (var i = 0; i < length; i++) {
            var expression = segment.initializers().get(from + i);
            var value = (int) ConstantEvaluators.computeConstantValue(instance, expression)[0];
            target.setRef(to + i, value, ConstantEvaluators.computeConstantInstance(instance, expression));
        }
    }

    /** {@code memory.copy}. */
    public static void memoryCopy(int to, int from, int length, Memory target, Memory source) {
        ((FlatMemory) target).copy(to, (FlatMemory) source, from, length);
    }

    /** {@code memory.init} from the instance's own segment, whoever else shares the memory. */
    public static void memoryInit(int to, int from, int length, int segment, Memory memory, Instance instance) {
        ((FlatMemory) memory).init(to, GuestMachine.of(instance).segment(segment), from, length);
    }

    /** {@code data.drop}. */
    public static void dataDrop(int segment, Instance instance) {
        GuestMachine.of(instance).drop(segment);
    }

    /** Whether a handler for {@code tag} catches {@code exception}: by identity, not by a type that looks the same. */
    public static boolean catches(WasmException exception, int tag, Instance instance) {
        return exception.instance().tag(exception.tagIdx()).equals(instance.tag(tag));
    }

    /** An access beyond what any memory has. */
    public static RuntimeException outOfBounds() {
        return new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
    }

    /** {@code f32.min}, named as Chicory's: a NaN that comes out of it is quiet. */
    public static float F32_MIN(float a, float b) {
        return quiet(Math.min(a, b));
    }

    /** {@code f32.max}. */
    public static float F32_MAX(float a, float b) {
        return quiet(Math.max(a, b));
    }

    /** {@code f64.min}. */
    public static double F64_MIN(double a, double b) {
        return quiet(Math.min(a, b));
    }

    /** {@code f64.max}. */
    public static double F64_MAX(double a, double b) {
        return quiet(Math.max(a, b));
    }

    /** Arithmetic makes NaNs quiet; Java's minimum and maximum hand them on as they are. */
    private static float quiet(float value) {
        return Float.isNaN(value) ? value + value : value;
    }

    private static double quiet(double value) {
        return Double.isNaN(value) ? value + value : value;
    }
}
