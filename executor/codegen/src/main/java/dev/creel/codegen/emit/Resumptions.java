package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.classfile.Label;
import java.util.HashMap;
import java.util.Map;

/** The jumps of a method past the switches that its loops begin with: see {@link Resumption}. */
final class Resumptions {
    private final Method method;
    private final Exits exits;
    /** Loops that begin with a switch over constants, by the id of their block. */
    private final Map<Integer, Resumption> loops = new HashMap<>();
    /** The labels of blocks by id, of those that are closed, too. */
    private final Map<Integer, Label> labels = new HashMap<>();

    Resumptions(Method method, Exits exits) {
        this.method = method;
        this.exits = exits;
    }

    /** Takes note of a block that is open from here on. */
    void opened(Block block, Label label) {
        labels.put(block.id, label);
        if (block.form == Block.Form.LOOP) {
            var resumption = method.function.splits.resumption(block.id - 1);
            if (resumption != null) {
                loops.put(block.id, resumption);
            }
        }
    }

    /** Takes note of a block whose label is nowhere, as nothing goes there. */
    void forget(Block block) {
        labels.remove(block.id);
    }

    /** Whether the innermost loop that is open begins so. */
    boolean isInnermost() {
        for (var block : method.open.reversed()) {
            if (block.form == Block.Form.LOOP) {
                return loops.containsKey(block.id);
            }
        }
        return false;
    }

    /** Goes to where a loop would lead whose switch depends on what the two instructions before have set. */
    boolean resume(Block loop, int index) {
        var resumption = loops.get(loop.id);
        if (resumption == null || index < 2 || !loop.carried().isEmpty()) {
            return false;
        }
        var set = method.function.instructions.get(index - 1);
        var value = method.function.instructions.get(index - 2);
        if (set.opcode() != OpCode.LOCAL_SET
                || set.operand(0) != resumption.local()
                || value.opcode() != OpCode.I32_CONST) {
            return false;
        }
        var id = resumption.block((int) value.operand(0)) + 1;
        var label = labels.get(id);
        if (label == null) {
            return false;
        }
        method.operands.flush();
        var target = method.open.stream().filter(block -> block.id == id).findFirst();
        if (target.isPresent()) {
            target.get().branchedTo = true;
        } else {
            // Backward: this is the loop's turn.
            exits.poll();
        }
        method.code.goto_(label);
        return true;
    }
}
