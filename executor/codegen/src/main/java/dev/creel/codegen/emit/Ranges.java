package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.codegen.emit.FunctionEmitter.Entry;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Calls of the ranges that are cut off from a method, and how a range begins and ends. */
final class Ranges {
    private static final int SWITCH_CASE = 8;

    private final Method method;
    private final FunctionEmitter function;
    private final CodeBuilder code;
    private final Operands operands;
    private final FrameCopies copies;
    private final Exits exits;
    private final Tries tries;
    private final Memories memories;

    Ranges(Method method, FrameCopies copies, Exits exits, Tries tries, Memories memories) {
        this.method = method;
        this.function = method.function;
        this.code = method.code;
        this.operands = method.operands;
        this.copies = copies;
        this.exits = exits;
        this.tries = tries;
        this.memories = memories;
    }

    /** At the beginning of a range: what its instructions work on. */
    void begin(Entry range) {
        copies.loadLocals(function.splits.effects(range.start(), range.end()).locals());
        var size = range.operands().size();
        for (var i = size - range.params(); i < size; i++) {
            copies.fromFrame(i, range.operands().get(i));
        }
    }

    /** At its end, if that is reached. */
    void end(Entry range) {
        operands.flush();
        if (function.splits.isBlock(range.start(), range.end())) {
            var first = function.instructions.get(range.start());
            var results = method.layout.ofBlock(first.operand(0)).results();
            exits.with(Splits.behind(range.start() + 1), results, operands.size() - results.size());
        } else {
            var block = method.open.getLast();
            exits.with(Splits.behind(block.id), block.signature.results(), block.height());
        }
    }

    /** Calls a range, and goes where it leads. */
    void call(int start, int end) {
        operands.flush();
        var first = function.instructions.get(start);
        var block = method.open.getLast();
        var signature = function.splits.isBlock(start, end) ? method.layout.ofBlock(first.operand(0)) : null;
        var params = signature == null
                ? operands.size() - block.height()
                : signature.params().size() + (first.opcode() == OpCode.IF ? 1 : 0);
        var outside = method.open.stream().map(Block::outside).toList();
        function.entered(new Entry(start, end, outside, operands.from(0), params));
        function.note(operands.size());
        var effects = function.splits.effects(start, end);
        var handed = effects.locals();
        handed.and(method.written);
        copies.storeLocals(handed);
        for (var i = operands.size() - params; i < operands.size(); i++) {
            copies.toFrame(i, operands.kind(i));
        }
        invoke(start, effects.writes());
        memories.load();
        goOn(effects.exits());
        var height = signature == null ? block.height() : operands.size() - params;
        var results = signature == null ? block.signature.results() : signature.results();
        operands.reset(operands.from(0).subList(0, height), results);
        for (var i = height; i < operands.size(); i++) {
            copies.fromFrame(i, operands.kind(i));
        }
    }

    private void invoke(int start, BitSet writes) {
        var from = code.newBoundLabel();
        code.aload(method.frame)
                .aload(method.instance)
                .invokestatic(function.owner(), function.method(start), function.rangeType())
                .istore(method.outcome);
        if (Tries.isGuarded(method.open)) {
            var over = code.newLabel();
            code.goto_(over);
            tries.passing(from, () -> copies.loadLocals(writes));
            code.labelBinding(over);
        }
        copies.loadLocals(writes);
    }

    /** Goes where a range has left to; behind it, if it has not. */
    private void goOn(Set<Integer> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        Map<Integer, Block> blocks = new HashMap<>();
        method.open.forEach(block -> blocks.put(Splits.branch(block.id), block));
        var cases = new ArrayList<SwitchCase>();
        for (var number : numbers) {
            copies.piece(SWITCH_CASE);
            var block = blocks.get(number);
            var isOut = !method.whole && (block == null || block.label == null);
            cases.add(SwitchCase.of(number, isOut ? exits.passing() : code.newLabel()));
        }
        var behind = code.newLabel();
        code.iload(method.outcome).lookupswitch(behind, cases);
        for (var one : cases) {
            if (exits.isPassing(one.target())) {
                continue;
            }
            code.labelBinding(one.target());
            if (one.caseValue() == Splits.TAIL) {
                exits.leave();
            } else {
                arrive(Objects.requireNonNull(blocks.get(one.caseValue())));
            }
        }
        code.labelBinding(behind);
    }

    private void arrive(Block block) {
        for (var i = 0; i < block.carried().size(); i++) {
            copies.fromFrame(block.height() + i, block.carried().get(i));
        }
        if (block.form == Block.Form.FUNCTION) {
            var here = operands.from(0);
            operands.reset(block.below, block.carried());
            exits.giveBack();
            operands.reset(here, List.of());
        } else {
            block.branchedTo = true;
            code.goto_(block.label);
        }
    }
}
