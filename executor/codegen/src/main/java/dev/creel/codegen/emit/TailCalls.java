package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import java.util.BitSet;
import java.util.List;

/** Which functions make tail calls, and of what. Modules without have none of what serves them. */
final class TailCalls {
    private final BitSet callers = new BitSet();
    private final BitSet targets = new BitSet();
    private final BitSet indirect = new BitSet();
    private final BitSet types = new BitSet();

    /** Takes note of {@code function}'s instruction, if it is one. */
    void note(int function, Instruction instruction, int[] functions, int[] canonical) {
        switch (instruction.opcode()) {
            case RETURN_CALL -> {
                callers.set(function);
                targets.set((int) instruction.operand(0));
                types.set(functions[(int) instruction.operand(0)]);
            }
            case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                callers.set(function);
                indirect.set(canonical[(int) instruction.operand(0)]);
                types.set(canonical[(int) instruction.operand(0)]);
            }
            default -> {}
        }
    }

    boolean isCaller(int function) {
        return callers.get(function);
    }

    /** The method that may return with a call pending, or the function's own if it makes none. */
    String method(int function) {
        return isCaller(function) ? "t" + function : Layout.method(function);
    }

    /** Functions of a type that tail calls may be of. */
    List<Integer> candidates(int type, Layout layout) {
        var all = new BitSet();
        targets.stream().filter(i -> layout.functions()[i] == type).forEach(all::set);
        if (indirect.get(type)) {
            layout.candidates(type).forEach(all::set);
        }
        return all.stream().boxed().toList();
    }

    /** Whether tail calls may be of functions of this type. */
    boolean isType(int type) {
        return types.get(type);
    }

    /** Types of functions that tail calls may be of. */
    List<Integer> types() {
        return types.stream().boxed().toList();
    }
}
