package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the blocks of a function end, and what its branches lead to, by the indices of instructions. */
final class Structure {
    private static final int[] NONE = {};

    private final int[] ends;
    private final int[] elses;
    private final int[] @Nullable [] targets;

    Structure(List<Instruction> instructions) {
        this.ends = new int[instructions.size()];
        this.elses = new int[instructions.size()];
        this.targets = new int[instructions.size()][];
        var open = new ArrayList<Integer>();
        for (var i = 0; i < ends.length; i++) {
            var instruction = instructions.get(i);
            switch (instruction.opcode()) {
                case BLOCK, LOOP, IF -> open.add(i);
                case TRY_TABLE -> {
                    targets[i] = Tries.catches(instruction).stream()
                            .mapToInt(handler -> target(open, handler.label()))
                            .toArray();
                    open.add(i);
                }
                case ELSE -> elses[open.getLast()] = i;
                case END -> {
                    if (!open.isEmpty()) {
                        ends[open.removeLast()] = i;
                    }
                }
                case BR, BR_IF, BR_TABLE, BR_ON_NULL, BR_ON_NON_NULL ->
                    targets[i] = Arrays.stream(instruction.operands())
                            .mapToInt(depth -> target(open, depth))
                            .toArray();
                default -> {}
            }
        }
    }

    /** The id of the block at a depth. */
    private static int target(List<Integer> open, long depth) {
        return depth >= open.size() ? 0 : open.get(open.size() - 1 - (int) depth) + 1;
    }

    /** Whether a block begins here. */
    boolean isBlock(int index) {
        return ends[index] != 0;
    }

    /** The end of the block that begins here. */
    int end(int start) {
        return ends[start];
    }

    /** The {@code else} of the {@code if} that begins here, or 0. */
    int otherwise(int start) {
        return elses[start];
    }

    /** The ids of the blocks that an instruction may branch to. */
    int[] targets(int index) {
        var blocks = targets[index];
        return blocks == null ? NONE : blocks;
    }
}
