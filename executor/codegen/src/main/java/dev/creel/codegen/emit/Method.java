package dev.creel.codegen.emit;

import dev.creel.codegen.emit.FunctionEmitter.Entry;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts that write one JVM method share: a whole function, or one of its ranges. */
final class Method {
    final FunctionEmitter function;
    final Layout layout;
    final CodeBuilder code;
    final Operands operands;
    /** Whether this is a function, with its parameters and results; a range has a frame, and says where to go on. */
    final boolean whole;
    /** The first of its instructions. */
    final int from;
    /** Where its instructions end. */
    final int to;
    /** Blocks that are open, from the outside inward. */
    final List<Block> open = new ArrayList<>();
    /** The JVM's local of each wasm local; 0 in a range that does nothing with it. */
    final int[] locals;
    /** Wasm locals that may differ from the frame's. */
    final BitSet written = new BitSet();
    /** The local of the instance. */
    final int instance;
    /** The local of the frame. */
    final int frame;
    /** The local of the number that a range has returned. */
    final int outcome;
    /** Where a whole function keeps what was there before its frame. */
    final int frames;
    /** Where a whole function begins again when it calls itself in the end. */
    final Label start;

    Method(FunctionEmitter function, CodeBuilder code, @Nullable Entry entry) {
        this.function = function;
        this.layout = function.layout;
        this.code = code;
        this.whole = entry == null;
        this.from = entry == null ? 0 : entry.start();
        this.to = entry == null ? function.instructions.size() : entry.end();
        this.instance = whole ? function.signature.slots() : 1;
        this.operands = new Operands(code, instance + 1);
        this.frame = whole ? operands.newSlot(Kind.FUNC) : 0;
        this.outcome = operands.newSlot(Kind.I32);
        this.frames = whole ? operands.newSlot(Kind.I32) : -1;
        this.locals = new int[function.locals.size()];
        this.start = code.newLabel();
        if (entry == null) {
            function();
        } else {
            range(entry);
        }
    }

    private void function() {
        var slot = 0;
        var params = function.signature.params();
        for (var i = 0; i < locals.length; i++) {
            var kind = function.locals.get(i);
            locals[i] = i < params.size() ? slot : operands.newSlot(kind);
            slot += kind.jvm.slotSize();
            written.set(i);
        }
        var signature = new Signature(List.of(), function.signature.results());
        open.add(new Block(0, Block.Form.FUNCTION, signature, List.of(), code.newLabel()));
    }

    private void range(Entry entry) {
        var effects = function.splits.effects(from, to);
        written.or(effects.writes());
        effects.locals().stream().forEach(i -> locals[i] = operands.newSlot(function.locals.get(i)));
        entry.open().forEach(block -> open.add(block.outside()));
        operands.reset(entry.operands(), List.of());
    }

    /** The block that a branch of this depth leads to. */
    Block block(long depth) {
        return open.get(open.size() - 1 - (int) depth);
    }

    int local(int index) {
        return locals[index];
    }

    /** The locals that are no parameters, as they are when a function begins. */
    void zeroLocals() {
        for (var i = function.signature.params().size(); i < locals.length; i++) {
            zero(function.locals.get(i));
            code.storeLocal(function.locals.get(i).jvm, locals[i]);
        }
    }

    /** What a local of this kind begins with. */
    void zero(Kind kind) {
        switch (kind) {
            case I32 -> code.iconst_0();
            case I64 -> code.lconst_0();
            case F32 -> code.fconst_0();
            case F64 -> code.dconst_0();
            case FUNC, EXN -> code.aconst_null();
            case V128 -> code.getstatic(Names.VECTOR, "ZERO", Names.VECTOR);
            case EXTERN -> code.iconst_m1();
        }
    }
}
