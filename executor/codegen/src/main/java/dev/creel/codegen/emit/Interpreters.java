package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Which modules are the engine of a language. They spend their time in one function with a loop around a switch over instructions, where
 * a second check at every access costs a sixth; and they come with their memory made, and rarely grow it.
 */
final class Interpreters {
    /** Different targets of the switch. JavaScript engines and Python have 200 and more. */
    private static final int TARGETS = 100;

    private Interpreters() {}

    /**
     * Whether the code of {@code module} leaves checks to the memory's array, which then has to be exactly as long as the memory.
     *
     * @param least instructions of the function: smaller ones with such a switch are parsers, or methods of Go, which switch over the
     *     places where they may go on; 0 takes every module for an engine
     */
    static boolean isOne(WasmModule module, int least) {
        if (least == 0) {
            return true;
        }
        for (var i = 0; i < module.codeSection().functionBodyCount(); i++) {
            var instructions = module.codeSection().getFunctionBody(i).instructions();
            if (instructions.size() >= least && hasLargeSwitch(instructions)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLargeSwitch(List<AnnotatedInstruction> instructions) {
        var open = new ArrayDeque<OpCode>();
        for (var instruction : instructions) {
            switch (instruction.opcode()) {
                case BLOCK, LOOP, IF, TRY_TABLE -> open.push(instruction.opcode());
                case END -> open.poll();
                case BR_TABLE -> {
                    if (open.contains(OpCode.LOOP)
                            && Arrays.stream(instruction.operands()).distinct().count() >= TARGETS) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }
}
