package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.CatchOpCode.Catch;
import com.dylibso.chicory.wasm.types.Instruction;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Objects;

/**
 * Exceptions of guests. The body of a {@code try_table} is guarded by a handler of the JVM behind it, which sees only
 * {@link dev.creel.codegen.run.GuestException}. What a range has written to locals before it throws reaches handlers through the
 * frame.
 */
final class Tries {
    private static final MethodTypeDesc NEW =
            MethodTypeDesc.of(Names.THROWN, ConstantDescs.CD_int, ConstantDescs.CD_int, Names.INSTANCE);
    private static final MethodTypeDesc PUT =
            MethodTypeDesc.of(ConstantDescs.CD_void, Names.THROWN, ConstantDescs.CD_int, ConstantDescs.CD_Object);
    private static final MethodTypeDesc THROWN = MethodTypeDesc.of(Names.THROWN, Names.THROWN);
    /** The first local for what an exception is made from. */
    private static final int SCRATCH = 20;

    private final Method method;
    private final Branches branches;
    private final Memories memories;
    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    private final int instance;

    /**
     * What a block's handler needs.
     *
     * @param frames the local with the size of frames on entry: those of functions that an exception ends do not take themselves back
     */
    record Guard(Label start, int frames, List<Catch> catches) {}

    Tries(Method method, Branches branches, Memories memories) {
        this.method = method;
        this.branches = branches;
        this.memories = memories;
        this.layout = method.layout;
        this.code = method.code;
        this.operands = method.operands;
        this.instance = method.instance;
    }

    /** A {@code try_table} that catches nothing is a block. */
    static Block.Form form(Instruction instruction) {
        return catches(instruction).isEmpty() ? Block.Form.BLOCK : Block.Form.TRY;
    }

    static List<Catch> catches(Instruction instruction) {
        return CatchOpCode.decode(instruction.operands());
    }

    /** Whether a handler of the function is around. */
    static boolean isGuarded(List<Block> open) {
        return open.stream().anyMatch(block -> block.form == Block.Form.TRY);
    }

    /** At the beginning of a {@code try_table}'s body. */
    void begin(Block block, Instruction instruction) {
        var frames = operands.newSlot(Kind.I32);
        code.aload(instance)
                .getfield(Names.INSTANCE, "frames", ConstantDescs.CD_int)
                .istore(frames);
        block.guard = new Guard(code.newBoundLabel(), frames, catches(instruction));
    }

    /** At the end of its body, which jumps over the handler. */
    void end(Block block) {
        var guard = Objects.requireNonNull(block.guard);
        var thrown = caught(guard.start);
        code.aload(instance).iload(guard.frames).putfield(Names.INSTANCE, "frames", ConstantDescs.CD_int);
        memories.load();
        for (var clause : guard.catches) {
            var next = code.newLabel();
            operands.reset(block.below, List.of());
            switch (clause.opcode()) {
                case CATCH, CATCH_REF -> {
                    code.aload(thrown)
                            .getfield(Names.THROWN, "tag", Names.TAG)
                            .aload(instance)
                            .getfield(Names.INSTANCE, "tags", Names.TAG.arrayType())
                            .loadConstant(clause.tag())
                            .aaload()
                            .if_acmpne(next);
                    unpack(thrown, layout.tag(clause.tag()));
                }
                case CATCH_ALL, CATCH_ALL_REF -> {}
            }
            if (clause.opcode() == CatchOpCode.CATCH_REF || clause.opcode() == CatchOpCode.CATCH_ALL_REF) {
                code.aload(thrown);
                operands.push(Kind.EXN);
            }
            branches.branch(method.block(clause.label()));
            if (clause.tag() < 0) {
                return;
            }
            code.labelBinding(next);
        }
        code.aload(thrown).athrow();
    }

    /** Here begins the handler of what stands behind {@code start}; the local of what it caught. */
    private int caught(Label start) {
        var thrown = operands.newSlot(Kind.EXN);
        var handler = code.newBoundLabel();
        code.exceptionCatch(start, handler, handler, Names.THROWN).astore(thrown);
        return thrown;
    }

    /** An exception that something behind {@code start} throws goes on after {@code first}. */
    void passing(Label start, Runnable first) {
        var thrown = caught(start);
        first.run();
        code.aload(thrown).athrow();
    }

    private void unpack(int thrown, List<Kind> kinds) {
        for (var i = 0; i < kinds.size(); i++) {
            var kind = kinds.get(i);
            if (kind.reference()) {
                code.aload(thrown)
                        .getfield(Names.THROWN, "references", ConstantDescs.CD_Object.arrayType())
                        .loadConstant(i)
                        .aaload()
                        .checkcast(kind.desc);
            } else {
                code.aload(thrown)
                        .getfield(Names.THROWN, "bits", Names.LONGS)
                        .loadConstant(i)
                        .laload();
                Results.fromBits(code, kind, instance);
            }
            operands.push(kind);
        }
    }

    /** {@code throw}. */
    void raise(int tag) {
        var kinds = layout.tag(tag);
        operands.need(kinds.size());
        for (var i = kinds.size() - 1; i >= 0; i--) {
            code.storeLocal(kinds.get(i).jvm, operands.scratch(SCRATCH + i, kinds.get(i)));
        }
        code.loadConstant(tag).loadConstant(kinds.size()).aload(instance).invokestatic(Names.THROWN, "of", NEW);
        for (var i = 0; i < kinds.size(); i++) {
            var kind = kinds.get(i);
            code.dup();
            if (!kind.reference()) {
                code.getfield(Names.THROWN, "bits", Names.LONGS);
            }
            code.loadConstant(i).loadLocal(kind.jvm, operands.scratch(SCRATCH + i, kind));
            if (kind.reference()) {
                code.invokestatic(Names.THROWN, "put", PUT);
            } else {
                Results.toBits(code, kind);
                code.lastore();
            }
        }
        code.athrow();
        operands.popped(kinds.size());
    }

    /** {@code throw_ref}. */
    void raise() {
        operands.need(1);
        code.invokestatic(Names.THROWN, "thrown", THROWN).athrow();
        operands.popped(1);
    }
}
