package dev.creel.codegen;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.codegen.run.GuestException;
import dev.creel.codegen.run.GuestFunction;
import dev.creel.codegen.run.GuestInstance;
import dev.creel.codegen.run.V128;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of constant expressions, in an instance whose earlier globals are there. */
record Constants(GuestInstance instance) {
    /** Whether an expression only names a function of the instance. */
    static boolean isFunction(List<Instruction> expression) {
        return expression.getFirst().opcode() == OpCode.REF_FUNC;
    }

    /** A function or null. */
    @Nullable
    GuestFunction function(List<Instruction> expression) {
        var first = expression.getFirst();
        return switch (first.opcode()) {
            case REF_FUNC -> instance.function((int) first.operand(0));
            case GLOBAL_GET -> instance.globals[(int) first.operand(0)].function;
            case REF_NULL -> null;
            default -> throw new IllegalStateException("a constant function by " + first.opcode());
        };
    }

    /** An exception or null. */
    @Nullable
    GuestException exception(List<Instruction> expression) {
        var first = expression.getFirst();
        return first.opcode() == OpCode.GLOBAL_GET ? instance.globals[(int) first.operand(0)].exception : null;
    }

    /** A vector. */
    V128 vector(List<Instruction> expression) {
        var first = expression.getFirst();
        return first.opcode() == OpCode.V128_CONST
                ? new V128(first.operand(0), first.operand(1))
                : instance.globals[(int) first.operand(0)].vector;
    }

    /** Raw bits of anything else. */
    long bits(List<Instruction> expression) {
        var stack = new ArrayDeque<Long>();
        for (var instruction : expression) {
            switch (instruction.opcode()) {
                case I32_CONST, I64_CONST, F32_CONST, F64_CONST -> stack.push(instruction.operand(0));
                case REF_NULL -> stack.push((long) GuestFunction.NULL);
                case GLOBAL_GET -> stack.push(instance.globals[(int) instruction.operand(0)].get());
                case I32_ADD, I64_ADD -> stack.push(stack.pop() + stack.pop());
                case I32_SUB, I64_SUB -> stack.push(-stack.pop() + stack.pop());
                case I32_MUL, I64_MUL -> stack.push(stack.pop() * stack.pop());
                case END -> {}
                default -> throw new IllegalStateException("a constant by " + instruction.opcode());
            }
        }
        return stack.pop();
    }
}
