package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop that begins with a switch over a local that is only ever set to constants: compilers write so what WebAssembly has no jumps for
 * (Go does it to every function). Whoever sets the local and goes to the loop knows where he arrives, and can jump there.
 *
 * @param local what is switched over
 * @param blocks for each of its values the block, by the index of its instruction, at whose end the code goes on; the last is for all others
 */
record Resumption(int local, List<Integer> blocks) {
    private static final long NO_VALUES = 0x40;

    /**
     * What begins at the loop at {@code index}, or null if that is a loop like others.
     *
     * @param constants see {@link #constants}
     */
    static @Nullable Resumption at(int index, List<Instruction> instructions, BitSet constants) {
        var opened = new ArrayList<Integer>();
        var i = index + 1;
        while (instructions.get(i).opcode() == OpCode.BLOCK
                && instructions.get(i).operand(0) == NO_VALUES) {
            opened.add(i++);
        }
        var read = instructions.get(i);
        if (opened.isEmpty() || read.opcode() != OpCode.LOCAL_GET) {
            return null;
        }
        var table = instructions.get(i + 1);
        if (table.opcode() != OpCode.BR_TABLE || !constants.get((int) read.operand(0))) {
            return null;
        }
        var blocks = new ArrayList<Integer>();
        for (var depth : table.operands()) {
            if (depth >= opened.size()) {
                return null;
            }
            blocks.add(opened.get(opened.size() - 1 - (int) depth));
        }
        return new Resumption((int) read.operand(0), blocks);
    }

    /** Locals that are written, and only ever with constants. */
    static BitSet constants(List<Instruction> instructions) {
        var written = new BitSet();
        var others = new BitSet();
        for (var i = 0; i < instructions.size(); i++) {
            var instruction = instructions.get(i);
            if (instruction.opcode() == OpCode.LOCAL_SET || instruction.opcode() == OpCode.LOCAL_TEE) {
                var local = (int) instruction.operand(0);
                written.set(local);
                if (i == 0 || instructions.get(i - 1).opcode() != OpCode.I32_CONST) {
                    others.set(local);
                }
            }
        }
        written.andNot(others);
        return written;
    }

    /** Where the code goes on if the local is {@code value}. */
    int block(int value) {
        return blocks.get(Integer.compareUnsigned(value, blocks.size() - 1) < 0 ? value : blocks.size() - 1);
    }
}
