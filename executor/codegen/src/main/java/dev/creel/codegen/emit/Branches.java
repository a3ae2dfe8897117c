package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Branches to blocks. The operands of a label stand in their locals, and the JVM's stack is empty. */
final class Branches {
    /** The local for a reference that is looked at. */
    private static final int REFERENCE = 18;

    /** Large switches whose cases get locals of their own. */
    private static final int LARGE_MAX = 16;

    private static final int GOTO = 3;

    private final Method method;
    private final CodeBuilder code;
    private final Operands operands;
    private final FrameCopies copies;
    private final Exits exits;
    private final Resumptions resumptions;
    /** Large switches so far. */
    private int large;

    Branches(Method method, FrameCopies copies, Exits exits, Resumptions resumptions) {
        this.method = method;
        this.code = method.code;
        this.operands = method.operands;
        this.copies = copies;
        this.exits = exits;
        this.resumptions = resumptions;
    }

    /** Some jump. */
    interface Jump {
        void to(CodeBuilder code, Label target);
    }

    /** {@code br}. */
    void branch(Block block) {
        if (block.form == Block.Form.FUNCTION && method.whole) {
            exits.giveBack();
            return;
        }
        operands.flush();
        operands.move(block.carried(), block.height());
        if (block.label == null) {
            exits.with(Splits.branch(block.id), block.carried(), block.height());
        } else {
            block.branchedTo = true;
            code.goto_(block.label);
        }
    }

    /** {@code br_if}: the condition is popped, and nothing else was on the JVM's stack; see {@link Operands#only}. */
    void branchIf(Block block, Jump whenTrue, Jump whenFalse) {
        var count = block.carried().size();
        if (block.label != null
                && (block.form != Block.Form.FUNCTION || !method.whole)
                && (count == 0 || operands.size() - count == block.height())) {
            block.branchedTo = true;
            whenTrue.to(code, block.label);
            return;
        }
        var stay = code.newLabel();
        whenFalse.to(code, stay);
        branch(block);
        code.labelBinding(stay);
    }

    /** {@code br_on_null}. */
    void onNull(Block block) {
        var kind = operands.top();
        var reference = reference(kind);
        branchIf(
                block,
                (at, target) -> References.ifNull(at, kind, reference, target),
                (at, target) -> References.ifNonNull(at, kind, reference, target));
        code.loadLocal(kind.jvm, reference);
        operands.push(kind);
    }

    /** {@code br_on_non_null}: the reference is the last of what the branch carries. */
    void onNonNull(Block block) {
        var kind = operands.top();
        var reference = reference(kind);
        var here = operands.from(0);
        var stay = code.newLabel();
        References.ifNull(code, kind, reference, stay);
        code.loadLocal(kind.jvm, reference);
        operands.push(kind);
        branch(block);
        code.labelBinding(stay);
        operands.reset(here, List.of());
    }

    /** Takes the reference on top into a local; nothing is on the JVM's stack then. */
    private int reference(Kind kind) {
        operands.only(1);
        var reference = operands.scratch(REFERENCE, kind);
        code.storeLocal(kind.jvm, reference);
        operands.popped(1);
        return reference;
    }

    /** {@code br_table}. */
    void table(Instruction instruction) {
        operands.only(1);
        operands.popped(1);
        var depths = instruction.operands();
        var labels = new TreeMap<Long, Label>();
        var cases = new ArrayList<SwitchCase>();
        for (var i = 0; i < depths.length; i++) {
            var label = labels.computeIfAbsent(depths[i], depth -> code.newLabel());
            if (i < depths.length - 1) {
                cases.add(SwitchCase.of(i, label));
            }
        }
        var last = Objects.requireNonNull(labels.get(depths[depths.length - 1]));
        var fresh = fresh(labels.keySet());
        fresh.save();
        if (cases.isEmpty()) {
            code.pop().goto_(last);
        } else {
            code.tableswitch(0, cases.size() - 1, last, cases);
        }
        labels.forEach((depth, label) -> {
            copies.piece(GOTO);
            code.labelBinding(label);
            fresh.load(depth);
            branch(method.block(depth));
        });
    }

    private FreshLocals fresh(Set<Long> depths) {
        var reads = new TreeMap<Long, BitSet>();
        if (depths.size() >= FreshLocals.CASES_MIN && ++large <= LARGE_MAX && !resumptions.isInnermost()) {
            for (var depth : depths) {
                var block = method.block(depth);
                if (block.label != null && block.form != Block.Form.LOOP && block.form != Block.Form.FUNCTION) {
                    var around = method.block(depth + 1);
                    reads.put(depth, method.function.splits.readsBehind(block.id - 1, around.id - 1));
                }
            }
        }
        return FreshLocals.of(reads, method.function.locals, method.locals, code, method.instance);
    }
}
