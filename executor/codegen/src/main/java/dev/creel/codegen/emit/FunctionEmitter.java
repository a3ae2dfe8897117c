package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One function: its method, those of its ranges, and the class of its frame if it has ranges. */
final class FunctionEmitter {
    static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(ConstantDescs.CD_void, Names.INSTANCE);
    private static final int FRAME_HEADER = 16;
    /** What real functions never reach. */
    private static final long NOTED_MAX = 3_000_000;

    final Layout layout;
    final int function;
    final Signature signature;
    final List<Instruction> instructions;
    final List<Kind> locals;
    final Splits splits;
    final boolean usesMemory;
    final boolean calls;
    final ClassDesc frame;

    private long noted;

    /** Fields of the frame that methods use. */
    private final Map<String, ClassDesc> fields = new TreeMap<>();

    /** Ranges that methods call, by start. */
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();

    /** A range as it is entered. */
    record Entry(int start, int end, List<Block> open, List<Kind> operands, int params) {}

    FunctionEmitter(Layout layout, int function, SplitSizes sizes) {
        this.layout = layout;
        this.function = function;
        this.signature = layout.ofFunction(function);
        var body = layout.body(function);
        this.instructions = body.instructions();
        this.locals = new ArrayList<>(signature.params());
        this.locals.addAll(Kind.of(body.localTypes()));
        this.splits = new Splits(instructions, sizes);
        this.usesMemory = instructions.stream().anyMatch(one -> Accesses.isFirstMemory(one));
        this.calls = instructions.stream()
                        .anyMatch(one -> one.opcode() == OpCode.CALL
                                || one.opcode() == OpCode.CALL_INDIRECT
                                || one.opcode() == OpCode.CALL_REF)
                || layout.tails().isCaller(function);
        this.frame = layout.desc("L" + function);
    }

    /** Writes the methods. */
    void methods(ClassBuilder builder) {
        builder.withMethodBody(
                layout.tails().method(function),
                signature.method(),
                Layout.STATIC,
                code -> MethodEmitter.function(this, code));
        if (layout.tails().isCaller(function)) {
            new Trampolines(layout).function(builder, function);
        }
        // Ranges are found while those around them are written, and start behind these.
        for (var next = entries.firstEntry(); next != null; next = entries.higherEntry(next.getKey())) {
            var entry = next.getValue();
            builder.withMethodBody(
                    method(entry.start), rangeType(), Layout.STATIC, code -> MethodEmitter.range(this, code, entry));
        }
    }

    boolean hasFrame() {
        return !splits.none();
    }

    /** Writes the frame's class, once the methods are written. */
    void frameClass(ClassFiles classes) {
        classes.write(frame, builder -> {
            fields.forEach((name, type) -> builder.withField(name, type, ClassFile.ACC_PUBLIC));
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    CONSTRUCTOR,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .aload(1)
                            .loadConstant(FRAME_HEADER + fields.size() * Long.BYTES)
                            .invokevirtual(
                                    Names.INSTANCE,
                                    "enter",
                                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int))
                            .return_());
        });
    }

    /**
     * Counts what is noted of operands and of ways out while the function is written.
     *
     * @throws IllegalArgumentException if it is out of proportion
     */
    void note(int count) {
        noted += count;
        if (noted > NOTED_MAX) {
            throw new IllegalArgumentException("a function with too many operands around blocks, or ways out of them");
        }
    }

    void entered(Entry entry) {
        entries.putIfAbsent(entry.start, entry);
    }

    String localField(int local) {
        return field("l" + local, locals.get(local));
    }

    String operandField(int position, Kind kind) {
        return field(new Operands.Slot(position, kind).field(), kind);
    }

    private String field(String name, Kind kind) {
        fields.put(name, kind.desc);
        return name;
    }

    ClassDesc owner() {
        return layout.owner(function);
    }

    String method(int range) {
        return Layout.method(function) + "_" + range;
    }

    MethodTypeDesc rangeType() {
        return MethodTypeDesc.of(ConstantDescs.CD_int, frame, Names.INSTANCE);
    }
}
