package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.codegen.emit.FunctionEmitter.Entry;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One JVM method: a whole function, or one of its ranges. Nothing outlives it, as the JDK may have a method written twice. */
final class MethodEmitter {
    /** Functions of a type up to which a call switches over them itself. */
    private static final int FEW = 20;

    /** The local for a reference that is looked at. */
    private static final int REFERENCE = 18;

    /** Large switches whose cases get locals of their own. */
    private static final int LARGE_MAX = 16;
    /** What the JVM takes of a method. One that is larger need not be written to its end. */
    private static final int CODE_MAX = 0xffff;

    private static final int GOTO = 3;
    private static final int SWITCH_CASE = 8;
    private static final int FIELD_COPY = 5;

    private static final MethodTypeDesc EXCEPTION = MethodTypeDesc.of(Names.EXCEPTION);

    private final FunctionEmitter function;
    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    private final List<Block> open = new ArrayList<>();
    private final int[] locals;
    private final @Nullable Entry entry;
    private final BitSet loaded = new BitSet();
    private final BitSet written = new BitSet();
    private final Map<Integer, Label> exits = new TreeMap<>();
    /** Loops that begin with a switch over constants, by the id of their block. */
    private final Map<Integer, Resumption> resumptions = new HashMap<>();
    /** The labels of blocks by id, of those that are closed, too. */
    private final Map<Integer, Label> labels = new HashMap<>();

    private final int instance;
    private final int frame;
    private final int outcome;
    /** Where a whole function keeps what was there before its frame. */
    private final int frames;

    private final PlainEmitter plain;
    private final Tries tries;
    /** Where a whole function begins again when it calls itself in the end. */
    private final Label start;

    private @Nullable Label passing;
    private @Nullable Label interrupted;
    private boolean reachable = true;
    /** Large switches so far. */
    private int large;
    /** The least bytes of copies between the frame and locals, and of ways out of switches. */
    private int bytes;
    /** Blocks opened in instructions that cannot be reached. */
    private int dead;

    /** A whole function. */
    MethodEmitter(FunctionEmitter function, CodeBuilder code) {
        this.function = function;
        this.layout = function.layout;
        this.code = code;
        this.entry = null;
        this.start = code.newLabel();
        this.instance = function.signature.slots();
        this.operands = new Operands(code, instance + 1);
        this.frame = operands.newSlot(Kind.FUNC);
        this.outcome = operands.newSlot(Kind.I32);
        this.frames = operands.newSlot(Kind.I32);
        this.locals = new int[function.locals.size()];
        this.plain = new PlainEmitter(
                layout,
                code,
                operands,
                function.locals,
                this::local,
                instance,
                function.splits.dispatches(0, function.instructions.size()));
        this.tries = new Tries(this, layout, code, operands, instance);
        var slot = 0;
        var params = function.signature.params();
        for (var i = 0; i < locals.length; i++) {
            var kind = function.locals.get(i);
            locals[i] = i < params.size() ? slot : operands.newSlot(kind);
            slot += kind.jvm.slotSize();
            written.set(i);
        }
        open.add(new Block(
                0,
                Block.Form.FUNCTION,
                new Signature(List.of(), function.signature.results()),
                List.of(),
                code.newLabel()));
    }

    /** A range. */
    MethodEmitter(FunctionEmitter function, CodeBuilder code, Entry entry) {
        this.function = function;
        this.layout = function.layout;
        this.code = code;
        this.entry = entry;
        this.start = code.newLabel();
        this.frame = 0;
        this.instance = 1;
        this.operands = new Operands(code, 2);
        this.frames = -1;
        this.outcome = operands.newSlot(Kind.I32);
        this.locals = new int[function.locals.size()];
        this.plain = new PlainEmitter(
                layout,
                code,
                operands,
                function.locals,
                this::local,
                instance,
                function.splits.dispatches(entry.start(), entry.end()));
        this.tries = new Tries(this, layout, code, operands, instance);
        var effects = function.splits.effects(entry.start(), entry.end());
        loaded.or(effects.uses());
        loaded.or(effects.writes());
        written.or(effects.writes());
        loaded.stream().forEach(i -> locals[i] = operands.newSlot(function.locals.get(i)));
        entry.open().forEach(block -> open.add(block.outside()));
        operands.reset(entry.operands(), List.of());
    }

    void whole() {
        zeroLocals();
        if (function.hasFrame()) {
            code.aload(instance)
                    .getfield(Names.INSTANCE, "frames", ConstantDescs.CD_int)
                    .istore(frames)
                    .new_(function.frame)
                    .dup()
                    .aload(instance)
                    .invokespecial(function.frame, ConstantDescs.INIT_NAME, FunctionEmitter.CONSTRUCTOR)
                    .astore(frame);
        }
        code.labelBinding(start);
        if (function.calls) {
            poll();
        }
        loadMemory();
        instructions(0, function.instructions.size());
        tails();
    }

    void range() {
        var range = Objects.requireNonNull(entry);
        loaded.stream().forEach(this::loadLocal);
        for (var i = range.operands().size() - range.params();
                i < range.operands().size();
                i++) {
            fromFrame(i, range.operands().get(i));
        }
        loadMemory();
        var start = code.newBoundLabel();
        instructions(range.start(), range.end());
        if (reachable) {
            operands.flush();
            if (function.splits.isBlock(range.start(), range.end())) {
                var signature =
                        layout.ofBlock(function.instructions.get(range.start()).operand(0));
                exit(
                        Splits.behind(range.start() + 1),
                        signature.results(),
                        operands.size() - signature.results().size());
            } else {
                var block = open.getLast();
                exit(Splits.behind(block.id), block.signature.results(), block.height());
            }
        }
        if (Tries.isGuarded(range.open())) {
            tries.passing(start, () -> written.stream().forEach(this::storeLocal));
        }
        tails();
    }

    private void zero(Kind kind) {
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

    void loadMemory() {
        if (function.usesMemory) {
            plain.loadMemory();
        }
    }

    private void poll() {
        var target = interrupted;
        if (target == null) {
            target = code.newLabel();
            interrupted = target;
        }
        code.invokestatic(Names.THREAD, "currentThread", MethodTypeDesc.of(Names.THREAD))
                .invokevirtual(Names.THREAD, "isInterrupted", MethodTypeDesc.of(ConstantDescs.CD_boolean))
                .ifne(target);
    }

    /** What several places of the method jump to. */
    private void tails() {
        exits.forEach((number, label) -> {
            code.labelBinding(label);
            written.stream().forEach(this::storeLocal);
            code.loadConstant(number).ireturn();
        });
        if (passing != null) {
            code.labelBinding(passing);
            written.stream().forEach(this::storeLocal);
            code.iload(outcome).ireturn();
        }
        if (interrupted != null) {
            code.labelBinding(interrupted)
                    .invokestatic(Names.TRAPS, "interrupted", EXCEPTION)
                    .athrow();
        }
    }

    private void instructions(int from, int to) {
        for (var i = from; i < to; i++) {
            var instruction = function.instructions.get(i);
            if (!reachable) {
                unreachable(instruction);
                continue;
            }
            var range = i == from ? null : function.splits.range(i);
            if (range != null) {
                call(i, range);
                i = range - 1;
                continue;
            }
            var test = Numbers.test(instruction.opcode());
            if (test != null) {
                var next = i + 1 < to ? function.instructions.get(i + 1) : instruction;
                var fusible = next.opcode() == OpCode.BR_IF || next.opcode() == OpCode.IF;
                if (fusible && function.splits.range(i + 1) == null) {
                    fused(typed(test, instruction), next, i + 1);
                    i++;
                } else {
                    truth(typed(test, instruction));
                }
            } else {
                control(instruction, i);
            }
        }
    }

    /** {@code ref.is_null} of the host's references, which are numbers. */
    private Numbers.Test typed(Numbers.Test test, AnnotatedInstruction instruction) {
        if (instruction.opcode() != OpCode.REF_IS_NULL || operands.top().reference()) {
            return test;
        }
        return new Numbers.Test(
                List.of(Kind.EXTERN), CodeBuilder::iconst_m1, CodeBuilder::if_icmpeq, CodeBuilder::if_icmpne);
    }

    private void unreachable(AnnotatedInstruction instruction) {
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

    private void control(AnnotatedInstruction instruction, int index) {
        switch (instruction.opcode()) {
            case UNREACHABLE -> {
                code.invokestatic(Names.TRAPS, "unreachable", EXCEPTION).athrow();
                reachable = false;
            }
            case BLOCK -> open(instruction, index, Block.Form.BLOCK);
            case LOOP -> {
                open(instruction, index, Block.Form.LOOP);
                var resumption = function.splits.resumption(index);
                if (resumption != null) {
                    resumptions.put(index + 1, resumption);
                }
                code.labelBinding(Objects.requireNonNull(open.getLast().label));
                poll();
            }
            case IF -> {
                operands.only(1);
                operands.popped(1);
                var otherwise = code.newLabel();
                code.ifeq(otherwise);
                open(instruction, index, Block.Form.IF);
                open.getLast().otherwise = otherwise;
            }
            case ELSE -> otherwise();
            case END -> end();
            case TRY_TABLE -> {
                open(instruction, index, Tries.form(instruction));
                if (open.getLast().form == Block.Form.TRY) {
                    tries.begin(open.getLast(), instruction);
                }
            }
            case THROW -> {
                tries.raise((int) instruction.operand(0));
                reachable = false;
            }
            case THROW_REF -> {
                tries.raise();
                reachable = false;
            }
            case BR -> {
                if (!resume(block(instruction.operand(0)), index)) {
                    branch(block(instruction.operand(0)));
                }
                reachable = false;
            }
            case BR_IF -> {
                operands.only(1);
                operands.popped(1);
                branchIf(block(instruction.operand(0)), CodeBuilder::ifne, CodeBuilder::ifeq);
            }
            case BR_TABLE -> table(instruction);
            case RETURN -> {
                branch(open.getFirst());
                reachable = false;
            }
            case RETURN_CALL -> {
                tailCall((int) instruction.operand(0));
                reachable = false;
            }
            case RETURN_CALL_INDIRECT -> {
                var type = layout.type((int) instruction.operand(0));
                operands.need(layout.signature(type).params().size() + 1);
                new Trampolines(layout)
                        .indirect(code, operands, instance, type, () -> loadTable((int) instruction.operand(1)));
                leave();
                reachable = false;
            }
            case RETURN_CALL_REF -> {
                var type = layout.type((int) instruction.operand(0));
                operands.need(layout.signature(type).params().size() + 1);
                new Trampolines(layout).reference(code, operands, instance, type);
                leave();
                reachable = false;
            }
            case CALL_REF -> {
                var type = layout.type((int) instruction.operand(0));
                var signature = layout.signature(type);
                operands.need(signature.params().size() + 1);
                References.call(code, layout, type, instance);
                called(signature, signature.params().size() + 1);
            }
            case REF_AS_NON_NULL -> {
                operands.need(1);
                References.asNonNull(code, operands.top());
            }
            case BR_ON_NULL -> branchOnNull(block(instruction.operand(0)));
            case BR_ON_NON_NULL -> branchOnNonNull(block(instruction.operand(0)));

            case CALL -> {
                var target = (int) instruction.operand(0);
                var signature = layout.ofFunction(target);
                operands.need(signature.params().size());
                code.aload(instance).invokestatic(layout.owner(target), Layout.method(target), signature.method());
                called(signature, signature.params().size());
            }
            case CALL_INDIRECT -> {
                var type = layout.type((int) instruction.operand(0));
                var signature = layout.signature(type);
                operands.need(signature.params().size() + 1);
                indirect(type, (int) instruction.operand(1));
                called(signature, signature.params().size() + 1);
            }
            default -> plain.emit(instruction);
        }
    }

    /**
     * Parameters and an index into a table are on the JVM's stack. Functions of a type that few have are called from a switch right here,
     * where HotSpot sees which of them it is most of the time.
     */
    private void indirect(int type, int table) {
        var signature = layout.signature(type);
        var candidates = layout.candidates(type);
        var few = !candidates.isEmpty() && candidates.size() <= FEW;
        var index = operands.scratch(1, Kind.I32);
        var behind = code.newLabel();
        if (few) {
            code.istore(index);
            loadTable(table);
            code.iload(index)
                    .aload(instance)
                    .invokevirtual(
                            Names.TABLE,
                            "own",
                            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, Names.INSTANCE));
            var others = code.newLabel();
            var cases = candidates.stream()
                    .map(function -> SwitchCase.of(function, code.newLabel()))
                    .toList();
            code.lookupswitch(others, cases);
            for (var one : cases) {
                code.labelBinding(one.target())
                        .aload(instance)
                        .invokestatic(layout.owner(one.caseValue()), Layout.method(one.caseValue()), signature.method())
                        .goto_(behind);
            }
            code.labelBinding(others).iload(index);
        }
        loadTable(table);
        code.aload(instance)
                .invokestatic(
                        layout.calls(type),
                        "indirect",
                        signature.with(ConstantDescs.CD_int, Names.TABLE, Names.INSTANCE))
                .labelBinding(behind);
    }

    private void tailCall(int target) {
        var params = layout.ofFunction(target).params();
        operands.need(params.size());
        if (target != function.function || entry != null) {
            new Trampolines(layout).direct(code, operands, instance, target);
            leave();
            return;
        }
        for (var i = params.size() - 1; i >= 0; i--) {
            code.storeLocal(params.get(i).jvm, locals[i]);
        }
        zeroLocals();
        code.goto_(start);
    }

    private void zeroLocals() {
        for (var i = function.signature.params().size(); i < locals.length; i++) {
            zero(function.locals.get(i));
            code.storeLocal(function.locals.get(i).jvm, locals[i]);
        }
    }

    /** Returns with a call pending; the result is none. */
    private void leave() {
        if (entry != null) {
            exit(Splits.TAIL, List.of(), 0);
            return;
        }
        if (function.hasFrame()) {
            code.aload(instance).iload(frames).putfield(Names.INSTANCE, "frames", ConstantDescs.CD_int);
        }
        var results = function.signature.results();
        if (results.isEmpty()) {
            code.return_();
        } else {
            zero(results.getFirst());
            code.return_(results.getFirst().jvm);
        }
    }

    private int local(int index) {
        return locals[index];
    }

    Block block(long depth) {
        return open.get(open.size() - 1 - (int) depth);
    }

    private void open(AnnotatedInstruction instruction, int index, Block.Form form) {
        operands.flush();
        var signature = layout.ofBlock(instruction.operand(0));
        var below =
                operands.from(0).subList(0, operands.size() - signature.params().size());
        function.note(below.size());
        var label = code.newLabel();
        open.add(new Block(index + 1, form, signature, below, label));
        labels.put(index + 1, label);
    }

    private void otherwise() {
        var block = open.getLast();
        if (reachable) {
            branch(block);
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
                giveBack();
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
            labels.remove(block.id);
        }
        operands.reset(block.below, block.signature.results());
    }

    // Branches. The operands of a label stand in their locals, and the JVM's stack is empty.

    void branch(Block block) {
        if (block.form == Block.Form.FUNCTION && entry == null) {
            giveBack();
            return;
        }
        operands.flush();
        operands.move(block.carried(), block.height());
        if (block.label == null) {
            exit(Splits.branch(block.id), block.carried(), block.height());
        } else {
            block.branchedTo = true;
            code.goto_(block.label);
        }
    }

    /** Goes to where a loop would lead whose switch depends on what the two instructions before have set. */
    private boolean resume(Block loop, int index) {
        var resumption = resumptions.get(loop.id);
        if (resumption == null || index < 2 || !loop.carried().isEmpty()) {
            return false;
        }
        var set = function.instructions.get(index - 1);
        var value = function.instructions.get(index - 2);
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
        operands.flush();
        var target = open.stream().filter(block -> block.id == id).findFirst();
        if (target.isPresent()) {
            target.get().branchedTo = true;
        } else {
            // Backward: this is the loop's turn.
            poll();
        }
        code.goto_(label);
        return true;
    }

    /** Some jump. */
    private interface Jump {
        void to(CodeBuilder code, Label target);
    }

    private void branchIf(Block block, Jump whenTrue, Jump whenFalse) {
        // Popped of the condition, the JVM's stack is empty: see only().
        var count = block.carried().size();
        if (block.label != null
                && (block.form != Block.Form.FUNCTION || entry != null)
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

    /** Takes the reference on top into a local; nothing is on the JVM's stack then. */
    private int reference(Kind kind) {
        operands.only(1);
        var reference = operands.scratch(REFERENCE, kind);
        code.storeLocal(kind.jvm, reference);
        operands.popped(1);
        return reference;
    }

    private void branchOnNull(Block block) {
        var kind = operands.top();
        var reference = reference(kind);
        branchIf(
                block,
                (at, target) -> References.ifNull(at, kind, reference, target),
                (at, target) -> References.ifNonNull(at, kind, reference, target));
        code.loadLocal(kind.jvm, reference);
        operands.push(kind);
    }

    /** The reference is the last of what the branch carries. */
    private void branchOnNonNull(Block block) {
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

    private void fused(Numbers.Test test, AnnotatedInstruction next, int index) {
        operands.only(test.params().size());
        operands.popped(test.params().size());
        if (next.opcode() == OpCode.BR_IF) {
            branchIf(
                    block(next.operand(0)),
                    (at, target) -> test.jump(at, true, target),
                    (at, target) -> test.jump(at, false, target));
            return;
        }
        var otherwise = code.newLabel();
        test.jump(code, false, otherwise);
        open(next, index, Block.Form.IF);
        open.getLast().otherwise = otherwise;
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

    private void table(AnnotatedInstruction instruction) {
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
            piece(GOTO);
            code.labelBinding(label);
            fresh.load(depth);
            branch(block(depth));
        });
        reachable = false;
    }

    /** The innermost loop that is open, by id; 0 if there is none. */
    private int loop() {
        for (var block : open.reversed()) {
            if (block.form == Block.Form.LOOP) {
                return block.id;
            }
        }
        return 0;
    }

    private FreshLocals fresh(Set<Long> depths) {
        var reads = new TreeMap<Long, BitSet>();
        if (depths.size() >= FreshLocals.CASES_MIN && ++large <= LARGE_MAX && !resumptions.containsKey(loop())) {
            for (var depth : depths) {
                var block = block(depth);
                if (block.label != null && block.form != Block.Form.LOOP && block.form != Block.Form.FUNCTION) {
                    reads.put(depth, function.splits.readsBehind(block.id - 1, block(depth + 1).id - 1));
                }
            }
        }
        return FreshLocals.of(reads, function.locals, locals, code, instance);
    }

    /** Returns from the function. */
    private void giveBack() {
        var results = function.signature.results();
        operands.need(results.size());
        for (var i = results.size() - 1; i > 0; i--) {
            var kind = results.get(i);
            var value = operands.scratch(2, kind);
            code.storeLocal(kind.jvm, value);
            Results.put(code, instance, i, kind, () -> code.loadLocal(kind.jvm, value));
        }
        if (function.hasFrame()) {
            code.aload(instance).iload(frames).putfield(Names.INSTANCE, "frames", ConstantDescs.CD_int);
        }
        code.return_(results.isEmpty() ? TypeKind.VOID : results.getFirst().jvm);
        operands.inLocals();
    }

    private void called(Signature signature, int popped) {
        operands.popped(popped);
        var results = signature.results();
        for (var i = 0; i < results.size(); i++) {
            if (i > 0) {
                Results.take(code, instance, i, results.get(i));
            }
            operands.push(results.get(i));
        }
        loadMemory();
    }

    private void loadTable(int index) {
        PlainEmitter.loadTable(code, instance, index);
    }

    // Ranges.

    private void call(int start, int end) {
        operands.flush();
        var isBlock = function.splits.isBlock(start, end);
        var first = function.instructions.get(start);
        var signature = isBlock ? layout.ofBlock(first.operand(0)) : null;
        var params = signature == null
                ? operands.size() - open.getLast().height()
                : signature.params().size() + (first.opcode() == OpCode.IF ? 1 : 0);
        var range = new Entry(start, end, open.stream().map(Block::outside).toList(), operands.from(0), params);
        function.entered(range);
        function.note(operands.size());
        var effects = function.splits.effects(start, end);
        var handed = new BitSet();
        handed.or(effects.uses());
        handed.or(effects.writes());
        handed.and(written);
        handed.stream().forEach(this::storeLocal);
        for (var i = operands.size() - params; i < operands.size(); i++) {
            toFrame(i, operands.kind(i));
        }
        var from = code.newBoundLabel();
        code.aload(frame)
                .aload(instance)
                .invokestatic(function.owner(), function.method(start), function.rangeType())
                .istore(outcome);
        if (Tries.isGuarded(open)) {
            var over = code.newLabel();
            code.goto_(over);
            tries.passing(from, () -> effects.writes().stream().forEach(this::loadLocal));
            code.labelBinding(over);
        }
        effects.writes().stream().forEach(this::loadLocal);
        loadMemory();
        goOn(effects.exits());
        var block = open.getLast();
        var height = signature == null ? block.height() : operands.size() - params;
        var results = signature == null ? block.signature.results() : signature.results();
        operands.reset(operands.from(0).subList(0, height), results);
        for (var i = height; i < operands.size(); i++) {
            fromFrame(i, operands.kind(i));
        }
    }

    /** Goes where a range has left to; behind it, if it has not. */
    private void goOn(Iterable<Integer> numbers) {
        var blocks = new HashMap<Integer, Block>();
        open.forEach(block -> blocks.put(Splits.branch(block.id), block));
        var cases = new ArrayList<SwitchCase>();
        var behind = code.newLabel();
        for (var number : numbers) {
            piece(SWITCH_CASE);
            var block = blocks.get(number);
            var isOut = entry != null && (block == null || block.label == null);
            cases.add(SwitchCase.of(number, isOut ? passing() : code.newLabel()));
        }
        if (cases.isEmpty()) {
            return;
        }
        code.iload(outcome).lookupswitch(behind, cases);
        for (var one : cases) {
            if (one.target() == passing) {
                continue;
            }
            code.labelBinding(one.target());
            if (one.caseValue() == Splits.TAIL) {
                leave();
            } else {
                arrive(Objects.requireNonNull(blocks.get(one.caseValue())));
            }
        }
        code.labelBinding(behind);
    }

    /** Where a range hands on what another has returned to it. */
    private Label passing() {
        var label = passing;
        if (label == null) {
            label = code.newLabel();
            passing = label;
        }
        return label;
    }

    private void arrive(Block block) {
        for (var i = 0; i < block.carried().size(); i++) {
            fromFrame(block.height() + i, block.carried().get(i));
        }
        if (block.form == Block.Form.FUNCTION) {
            var here = operands.from(0);
            operands.reset(block.below, block.carried());
            giveBack();
            operands.reset(here, List.of());
        } else {
            block.branchedTo = true;
            code.goto_(block.label);
        }
    }

    private void exit(int number, List<Kind> carried, int height) {
        for (var i = 0; i < carried.size(); i++) {
            toFrame(height + i, carried.get(i));
        }
        code.goto_(exits.computeIfAbsent(number, wanted -> code.newLabel()));
    }

    private void piece(int size) {
        function.note(1);
        bytes += size;
        if (bytes > CODE_MAX) {
            throw new IllegalArgumentException("a method with too many branches or locals");
        }
    }

    private void toFrame(int position, Kind kind) {
        piece(FIELD_COPY);
        code.aload(frame)
                .loadLocal(kind.jvm, operands.slot(position, kind))
                .putfield(function.frame, function.operandField(position, kind), kind.desc);
    }

    private void fromFrame(int position, Kind kind) {
        piece(FIELD_COPY);
        code.aload(frame)
                .getfield(function.frame, function.operandField(position, kind), kind.desc)
                .storeLocal(kind.jvm, operands.slot(position, kind));
    }

    private void loadLocal(int index) {
        var kind = function.locals.get(index);
        code.aload(frame)
                .getfield(function.frame, function.localField(index), kind.desc)
                .storeLocal(kind.jvm, locals[index]);
    }

    private void storeLocal(int index) {
        var kind = function.locals.get(index);
        code.aload(frame)
                .loadLocal(kind.jvm, locals[index])
                .putfield(function.frame, function.localField(index), kind.desc);
    }
}
