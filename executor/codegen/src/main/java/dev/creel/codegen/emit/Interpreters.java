package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Which modules are the engine of a language: their code leaves checks to the memory's array, which then has to be exactly as long as the
 * memory. They spend their time in one function with a loop around a switch over instructions, where
 * a second check at every access costs a sixth; and they come with their memory made, and rarely grow it.
 */
final class Interpreters {
    /** Different targets of the switch. JavaScript engines and Python have 200 and more. */
    private static final int TARGETS = 100;

    private Interpreters() {}

    /** Whether a function has the switch of an interpreter in a loop. */
    static boolean hasLargeSwitch(List<? extends Instruction> instructions) {
        var open = new ArrayDeque<OpCode>();
        var loops = 0;
        for (var instruction : instructions) {
            switch (instruction.opcode()) {
                case BLOCK, IF, TRY_TABLE -> open.push(instruction.opcode());
                case LOOP -> {
                    open.push(OpCode.LOOP);
                    loops++;
                }
                case END -> {
                    if (open.poll() == OpCode.LOOP) {
                        loops--;
                    }
                }
                case BR_TABLE -> {
                    if (loops > 0
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
