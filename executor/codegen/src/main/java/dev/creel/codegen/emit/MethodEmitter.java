package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.codegen.emit.FunctionEmitter.Entry;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Objects;

/**
 * Walks over the instructions of one JVM method, a whole function or one of its ranges, and keeps its blocks. Nothing outlives it, as
 * the JDK may have a method written twice.
 */
final class MethodEmitter {
    private final Method method;
    private final FunctionEmitter function;
    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    private final List<Block> open;

    private final FrameCopies copies;
    private final Exits exits;
    private final Memories memories;
    private final PlainEmitter plain;
    private final Calls calls;
    private final Resumptions resumptions;
    private final Branches branches;
    private final Tries tries;
    private final Ranges ranges;

    private boolean reachable = true;
    /** Blocks opened in instructions that cannot be reached. */
    private int dead;

    private MethodEmitter(Method method) {
        this.method = method;
        this.function = method.function;
        this.layout = method.layout;
        this.code = method.code;
        this.operands = method.operands;
        this.open = method.open;
        this.copies = new FrameCopies(method);
        this.exits = new Exits(method, copies);
        this.memories = new Memories(method);
        var tables = new Tables(method);
        this.plain = new PlainEmitter(method, memories, tables);
        this.calls = new Calls(method, exits, memories, tables);
        this.resumptions = new Resumptions(method, exits);
        this.branches = new Branches(method, copies, exits, resumptions);
        this.tries = new Tries(method, branches, memories);
        this.ranges = new Ranges(method, copies, exits, tries, memories);
    }

    /** Writes a whole function. */
    static void function(FunctionEmitter function, CodeBuilder code) {
        new MethodEmitter(new Method(function, code, null)).function();
    }

    /** Writes a range. */
    static void range(FunctionEmitter function, CodeBuilder code, Entry range) {
        new MethodEmitter(new Method(function, code, range)).range(range);
    }

    private void function() {
        method.zeroLocals();
        if (function.hasFrame()) {
            code.aload(method.instance)
                    .getfield(Names.INSTANCE, "frames", ConstantDescs.CD_int)
                    .istore(method.frames)
                    .new_(function.frame)
                    .dup()
                    .aload(method.instance)
                    .invokespecial(function.frame, ConstantDescs.INIT_NAME, FunctionEmitter.CONSTRUCTOR)
                    .astore(method.frame);
        }
        code.labelBinding(method.start);
        if (function.calls) {
            exits.poll();
        }
        memories.load();
        instructions();
        exits.tails();
    }

    private void range(Entry range) {
        ranges.begin(range);
        memories.load();
        var start = code.newBoundLabel();
        instructions();
        if (reachable) {
            ranges.end(range);
        }
        if (Tries.isGuarded(range.open())) {
            tries.passing(start, () -> copies.storeLocals(method.written));
        }
        exits.tails();
    }

    private void instructions() {
        for (var i = method.from; i < method.to; i++) {
            var instruction = function.instructions.get(i);
            if (!reachable) {
                unreachable(instruction);
                continue;
            }
            var range = i == method.from ? null : function.splits.range(i);
            if (range != null) {
                ranges.call(i, range);
                i = range - 1;
                continue;
            }
            var test = Numbers.test(instruction.opcode());
            if (test == null) {
                control(instruction, i);
                continue;
            }
            var next = i + 1 < method.to ? function.instructions.get(i + 1) : instruction;
            var fusible = next.opcode() == OpCode.BR_IF || next.opcode() == OpCode.IF;
            if (fusible && function.splits.range(i + 1) == null) {
                fused(typed(test, instruction), next, i + 1);
                i++;
            } else {
                truth(typed(test, instruction));
            }
        }
    }

    private void unreachable(Instruction instruction) {
        switch (instruction.opcode()) {
            case BLOCK, LOOP, IF, TRY_TABLE -> dead++;
            case ELSE -> {
                if (dead == 0) {
                    otherwise();
                }
            }
            case END -> {
                if (dead == 0) {
                    end();
                } else {
                    dead--;
                }
            }
            default -> {}
        }
    }

    /** {@code ref.is_null} of the host's references, which are numbers. */
    private Numbers.Test typed(Numbers.Test test, Instruction instruction) {
        if (instruction.opcode() != OpCode.REF_IS_NULL || operands.top().reference()) {
            return test;
        }
        return new Numbers.Test(
                List.of(Kind.EXTERN), CodeBuilder::iconst_m1, CodeBuilder::if_icmpeq, CodeBuilder::if_icmpne);
    }

    /** A comparison, and what branches on its outcome. */
    private void fused(Numbers.Test test, Instruction next, int index) {
        operands.only(test.params().size());
        operands.popped(test.params().size());
        if (next.opcode() == OpCode.BR_IF) {
            branches.branchIf(
                    method.block(next.operand(0)),
                    (at, target) -> test.jump(at, true, target),
                    (at, target) -> test.jump(at, false, target));
        } else {
            openIf(next, index, (at, target) -> test.jump(at, false, target));
        }
    }

    /** A comparison whose outcome is a number. */
    private void truth(Numbers.Test test) {
        operands.need(test.params().size());
        var yes = code.newLabel();
        var both = code.newLabel();
        test.jump(code, true, yes);
        code.iconst_0().goto_(both).labelBinding(yes).iconst_1().labelBinding(both);
        operands.popped(test.params().size());
        operands.push(Kind.I32);
    }

    private void control(Instruction instruction, int index) {
        var first = instruction.operandCount() > 0 ? (int) instruction.operand(0) : 0;
        var second = instruction.operandCount() > 1 ? (int) instruction.operand(1) : 0;
        switch (instruction.opcode()) {
            case BLOCK -> open(instruction, index, Block.Form.BLOCK);
            case LOOP -> {
                var block = open(instruction, index, Block.Form.LOOP);
                code.labelBinding(Objects.requireNonNull(block.label));
                exits.poll();
            }
            case IF -> {
                operands.only(1);
                operands.popped(1);
                openIf(instruction, index, CodeBuilder::ifeq);
            }
            case ELSE -> otherwise();
            case END -> end();
            case TRY_TABLE -> {
                var block = open(instruction, index, Tries.form(instruction));
                if (block.form == Block.Form.TRY) {
                    tries.begin(block, instruction);
                }
            }
            case BR_IF -> {
                operands.only(1);
                operands.popped(1);
                branches.branchIf(method.block(first), CodeBuilder::ifne, CodeBuilder::ifeq);
            }
            case BR_ON_NULL -> branches.onNull(method.block(first));
            case BR_ON_NON_NULL -> branches.onNonNull(method.block(first));
            case REF_AS_NON_NULL -> {
                operands.need(1);
                References.asNonNull(code, operands.top());
            }
            case CALL -> calls.direct(first);
            case CALL_INDIRECT -> calls.indirect(layout.type(first), second);
            case CALL_REF -> calls.reference(layout.type(first));
            case BR,
                    BR_TABLE,
                    RETURN,
                    RETURN_CALL,
                    RETURN_CALL_INDIRECT,
                    RETURN_CALL_REF,
                    THROW,
                    THROW_REF,
                    UNREACHABLE -> {
                away(instruction, index, first, second);
                reachable = false;
            }
            default -> plain.emit(instruction);
        }
    }

    /** What nothing follows. */
    private void away(Instruction instruction, int index, int first, int second) {
        switch (instruction.opcode()) {
            case BR -> {
                if (!resumptions.resume(method.block(first), index)) {
                    branches.branch(method.block(first));
                }
            }
            case BR_TABLE -> branches.table(instruction);
            case RETURN -> branches.branch(open.getFirst());
            case RETURN_CALL -> calls.lastDirect(first);
            case RETURN_CALL_INDIRECT -> calls.lastIndirect(layout.type(first), second);
            case RETURN_CALL_REF -> calls.lastReference(layout.type(first));
            case THROW -> tries.raise(first);
            case THROW_REF -> tries.raise();
            default ->
                code.invokestatic(Names.TRAPS, "unreachable", MethodTypeDesc.of(Names.EXCEPTION))
                        .athrow();
        }
    }

    private Block open(Instruction instruction, int index, Block.Form form) {
        operands.flush();
        var signature = layout.ofBlock(instruction.operand(0));
        var below =
                operands.from(0).subList(0, operands.size() - signature.params().size());
        function.note(below.size());
        var label = code.newLabel();
        var block = new Block(index + 1, form, signature, below, label);
        open.add(block);
        resumptions.opened(block, label);
        return block;
    }

    /** Opens a block whose {@code else}, or else its end, {@code jump} leads to. */
    private void openIf(Instruction instruction, int index, Branches.Jump jump) {
        var otherwise = code.newLabel();
        jump.to(code, otherwise);
        open(instruction, index, Block.Form.IF).otherwise = otherwise;
    }

    private void otherwise() {
        var block = open.getLast();
        if (reachable) {
            branches.branch(block);
        }
        if (block.otherwise != null) {
            code.labelBinding(block.otherwise);
            block.otherwise = null;
            reachable = true;
        }
        operands.reset(block.below, block.signature.params());
    }

    private void end() {
        var block = open.removeLast();
        if (block.form == Block.Form.FUNCTION) {
            if (reachable) {
                exits.giveBack();
            }
            reachable = false;
            return;
        }
        if (reachable) {
            operands.flush();
        }
        if (block.form == Block.Form.TRY) {
            if (reachable) {
                block.branchedTo = true;
                code.goto_(Objects.requireNonNull(block.label));
            }
            tries.end(block);
            reachable = false;
        }
        if (block.otherwise != null) {
            // Without an else, results are the parameters, which stand where they have to.
            code.labelBinding(block.otherwise);
            reachable = true;
        }
        if (block.form != Block.Form.LOOP && block.branchedTo) {
            code.labelBinding(Objects.requireNonNull(block.label));
            reachable = true;
        } else if (block.form != Block.Form.LOOP) {
            resumptions.forget(block);
        }
        operands.reset(block.below, block.signature.results());
    }
}
