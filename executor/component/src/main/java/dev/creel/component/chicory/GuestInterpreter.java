package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine;
import java.util.BitSet;

/**
 * Runs the functions of an instance that are too large for a JVM method. Instructions that Chicory's interpreter gets wrong
 * come here as calls with a negative function index, see {@link InterpretedBody}.
 */
final class GuestInterpreter extends CompilerInterpreterMachine {
    GuestInterpreter(Instance instance, BitSet interpreted) {
        super(instance, interpreted.stream().toArray());
    }

    @Override
    protected void CALL(Operands operands) {
        var target = operands.get(0);
        if (target >= 0) {
            super.CALL(operands);
        } else {
            replaced(InterpretedBody.kind(target), InterpretedBody.first(target), InterpretedBody.second(target));
        }
    }

    private void replaced(InterpretedBody.Kind kind, int first, int second) {
        var instance = instance();
        var stack = stack();
        switch (kind) {
            case CALL_INDIRECT -> callIndirect(first, second);
            case TABLE_GET -> stack.push(GuestRuntime.tableGet((int) stack.pop(), first, instance));
            case TABLE_FILL -> {
                var length = (int) stack.pop();
                var value = (int) stack.pop();
                GuestRuntime.tableFill((int) stack.pop(), value, length, first, instance);
            }
            case TABLE_COPY -> {
                var length = (int) stack.pop();
                var from = (int) stack.pop();
                GuestRuntime.tableCopy((int) stack.pop(), from, length, first, second, instance);
            }
            case TABLE_INIT -> {
                var length = (int) stack.pop();
                var from = (int) stack.pop();
                GuestRuntime.tableInit((int) stack.pop(), from, length, first, second, instance);
            }
            case MEMORY_INIT -> {
                var length = (int) stack.pop();
                var from = (int) stack.pop();
                var memory = instance.memory(second);
                GuestRuntime.memoryInit((int) stack.pop(), from, length, first, memory, instance);
            }
            case DATA_DROP -> GuestMachine.of(instance).drop(first);
            case F32_MIN -> push(GuestRuntime.F32_MIN(popFloat(), popFloat()));
            case F32_MAX -> push(GuestRuntime.F32_MAX(popFloat(), popFloat()));
            case F64_MIN -> push(GuestRuntime.F64_MIN(popDouble(), popDouble()));
            case F64_MAX -> push(GuestRuntime.F64_MAX(popDouble(), popDouble()));
        }
    }

    private float popFloat() {
        return Float.intBitsToFloat((int) stack().pop());
    }

    private double popDouble() {
        return Double.longBitsToDouble(stack().pop());
    }

    private void push(float value) {
        stack().push(Float.floatToRawIntBits(value));
    }

    private void push(double value) {
        stack().push(Double.doubleToRawLongBits(value));
    }

    private void callIndirect(int typeIndex, int tableIndex) {
        var instance = instance();
        var stack = stack();
        var type = instance.type(typeIndex);
        var table = (FlatTable) instance.table(tableIndex);
        var element = (int) stack.pop();
        var function = table.requiredRef(element);
        var owner = table.instance(element);
        var args = extractArgsForParams(stack, type.params());
        try {
            var results = owner == null || owner.equals(instance)
                    ? GuestRuntime.callOwn(args, typeIndex, function, instance)
                    : GuestRuntime.callForeign(args, type, function, owner);
            if (results != null) {
                for (var result : results) {
                    stack.push(result);
                }
            }
        } catch (WasmException thrown) {
            THROW_REF(
                    instance,
                    instance.registerException(thrown),
                    stack,
                    new StackFrame(instance, function, args),
                    callStack);
        }
    }
}
