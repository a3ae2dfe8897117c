package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Large switches, which are taken for the dispatches of interpreters. */
final class Dispatches {
    /** Large switches of one function that get a treatment of their own: each costs time that grows with the function. */
    private static final int CHAINS_MAX = 64;

    private Dispatches() {}

    /** Whether an instruction is one. */
    static boolean is(Instruction instruction, SplitSizes sizes) {
        return instruction.opcode() == OpCode.BR_TABLE
                && Arrays.stream(instruction.operands()).distinct().count() >= sizes.cases();
    }

    /**
     * Finds the blocks around large switches: those that a switch leads out of, up to the loop that it is in. They stay in one method, so
     * that a turn of an interpreter's loop does not cross methods; only what follows them, the arms, is cut off.
     *
     * @return start of a block → start of the outermost of its chain
     */
    static Map<Integer, Integer> chains(List<Instruction> instructions, SplitSizes sizes) {
        var chains = new HashMap<Integer, Integer>();
        var open = new ArrayDeque<Integer>();
        var found = 0;
        for (var i = 0; i < instructions.size() && found < CHAINS_MAX; i++) {
            var instruction = instructions.get(i);
            switch (instruction.opcode()) {
                case BLOCK, LOOP, IF, TRY_TABLE -> open.push(i);
                case END -> open.poll();
                case BR_TABLE -> {
                    if (is(instruction, sizes)) {
                        found++;
                        var around = List.copyOf(open);
                        var outermost = outermost(instructions, around, instruction);
                        for (var block : around.subList(0, outermost + 1)) {
                            chains.putIfAbsent(block, around.get(outermost));
                        }
                    }
                }
                default -> {}
            }
        }
        return chains;
    }

    /** The depth of the outermost block of a chain; -1 if there is none. */
    private static int outermost(List<Instruction> instructions, List<Integer> around, Instruction table) {
        var deepest = Arrays.stream(table.operands()).max().orElseThrow();
        var outermost = -1;
        for (var depth = 0; depth < around.size(); depth++) {
            var isLoop = instructions.get(around.get(depth)).opcode() == OpCode.LOOP;
            if (depth <= deepest || (isLoop && outermost < deepest + 1)) {
                outermost = depth;
            }
            if (depth > deepest && isLoop) {
                break;
            }
        }
        return outermost;
    }
}
