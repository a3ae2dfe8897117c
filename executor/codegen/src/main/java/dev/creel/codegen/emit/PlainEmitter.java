package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Instructions that neither branch nor call.
 *
 * @param kinds of wasm locals
 * @param local from a wasm local to the JVM's
 * @param instance the local of the instance
 * @param inline whether accesses are written out: HotSpot stops inlining them in a method with very many
 */
record PlainEmitter(
        Layout layout,
        CodeBuilder code,
        Operands operands,
        List<Kind> kinds,
        IntUnaryOperator local,
        int instance,
        boolean inline) {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;

    /** The number of the locals that keep what is known of the first memory. */
    private static final int MEMORY = -1;

    void emit(AnnotatedInstruction instruction) {
        var plain = Numbers.plain(instruction.opcode());
        if (plain != null) {
            operands.need(plain.params().size());
            plain.code().accept(code);
            operands.popped(plain.params().size());
            operands.push(plain.result());
            return;
        }
        var access = Accesses.of(instruction.opcode());
        if (access != null) {
            access(access, instruction);
            return;
        }
        if (Vectors.is(instruction.opcode())) {
            new Vectors(code, operands, this::memory).emit(instruction);
            return;
        }
        var first = instruction.operandCount() > 0 ? (int) instruction.operand(0) : 0;
        var second = instruction.operandCount() > 1 ? (int) instruction.operand(1) : 0;
        switch (instruction.opcode()) {
            case NOP -> {}
            case DROP -> {
                var wide = operands.top().wide();
                operands.need(1);
                if (wide) {
                    code.pop2();
                } else {
                    code.pop();
                }
                operands.popped(1);
            }
            case SELECT, SELECT_T -> select();
            case LOCAL_GET -> {
                var kind = kinds.get(first);
                code.loadLocal(kind.jvm, local.applyAsInt(first));
                operands.push(kind);
            }
            case LOCAL_SET -> {
                operands.need(1);
                code.storeLocal(operands.top().jvm, local.applyAsInt(first));
                operands.popped(1);
            }
            case LOCAL_TEE -> {
                operands.need(1);
                if (operands.top().wide()) {
                    code.dup2();
                } else {
                    code.dup();
                }
                code.storeLocal(operands.top().jvm, local.applyAsInt(first));
            }
            case GLOBAL_GET -> {
                var kind = layout.global(first);
                var place = layout.privates().field(first);
                if (place >= 0) {
                    code.aload(instance).getfield(Names.INSTANCE, field(kind) + "Global" + place, kind.desc);
                } else {
                    global(first);
                    code.getfield(Names.GLOBAL, field(kind), kind.desc);
                }
                operands.push(kind);
            }
            case GLOBAL_SET -> {
                var kind = layout.global(first);
                operands.need(1);
                var place = layout.privates().field(first);
                var value = operands.scratch(0, kind);
                code.storeLocal(kind.jvm, value);
                if (place >= 0) {
                    code.aload(instance)
                            .loadLocal(kind.jvm, value)
                            .putfield(Names.INSTANCE, field(kind) + "Global" + place, kind.desc);
                } else {
                    global(first);
                    code.loadLocal(kind.jvm, value).putfield(Names.GLOBAL, field(kind), kind.desc);
                }
                operands.popped(1);
            }
            case I32_CONST -> {
                code.loadConstant(first);
                operands.push(Kind.I32);
            }
            case I64_CONST -> {
                code.loadConstant(instruction.operand(0));
                operands.push(Kind.I64);
            }
            case F32_CONST -> {
                floatConstant(first);
                operands.push(Kind.F32);
            }
            case F64_CONST -> {
                doubleConstant(instruction.operand(0));
                operands.push(Kind.F64);
            }
            case REF_NULL -> {
                var kind = Kind.ofHeap(first);
                if (kind.reference()) {
                    code.aconst_null();
                } else {
                    code.iconst_m1();
                }
                operands.push(kind);
            }
            case REF_FUNC -> {
                code.loadConstant(first)
                        .aload(instance)
                        .invokestatic(
                                Names.INSTANCE, "function", MethodTypeDesc.of(Names.FUNCTION, INT, Names.INSTANCE));
                operands.push(Kind.FUNC);
            }
            case MEMORY_SIZE -> {
                memory(first);
                code.invokevirtual(Names.MEMORY, "pages", MethodTypeDesc.of(INT));
                operands.push(Kind.I32);
            }
            case MEMORY_GROW -> {
                operands.need(1);
                memory(first);
                code.swap().invokevirtual(Names.MEMORY, "grow", MethodTypeDesc.of(INT, INT));
                operands.popped(1);
                operands.push(Kind.I32);
                loadMemory();
            }
            case MEMORY_FILL -> bulk(Names.MEMORY, "fill", () -> memory(first), Names.MEMORY);
            case MEMORY_COPY ->
                bulk(
                        Names.MEMORY,
                        "copy",
                        () -> {
                            memory(first);
                            memory(second);
                        },
                        Names.MEMORY,
                        Names.MEMORY);
            case MEMORY_INIT ->
                bulk(
                        Names.MEMORY,
                        "init",
                        () -> {
                            memory(second);
                            code.aload(instance)
                                    .getfield(Names.INSTANCE, "data", Names.BYTES.arrayType())
                                    .loadConstant(first)
                                    .aaload();
                        },
                        Names.MEMORY,
                        Names.BYTES);
            case DATA_DROP -> drop("dropData", first);
            case ELEM_DROP -> drop("dropElements", first);
            case TABLE_GET -> {
                var kind = layout.table(first);
                operands.need(1);
                loadTable(code, instance, first);
                code.swap()
                        .invokevirtual(
                                Names.TABLE,
                                kind == Kind.FUNC ? "function" : "external",
                                MethodTypeDesc.of(kind.desc, INT));
                operands.popped(1);
                operands.push(kind);
            }
            case TABLE_SET -> {
                var kind = layout.table(first);
                var name = kind == Kind.FUNC ? "setFunction" : "setExternal";
                onTable(first, name, MethodTypeDesc.of(VOID, INT, kind.desc));
            }
            case TABLE_FILL -> {
                var kind = layout.table(first);
                var name = kind == Kind.FUNC ? "fillFunctions" : "fillExternals";
                onTable(first, name, MethodTypeDesc.of(VOID, INT, kind.desc, INT));
            }
            case TABLE_GROW -> {
                var kind = layout.table(first);
                var name = kind == Kind.FUNC ? "growFunctions" : "growExternals";
                onTable(first, name, MethodTypeDesc.of(INT, kind.desc, INT));
                operands.push(Kind.I32);
            }
            case TABLE_SIZE -> {
                loadTable(code, instance, first);
                code.invokevirtual(Names.TABLE, "size", MethodTypeDesc.of(INT));
                operands.push(Kind.I32);
            }
            case TABLE_COPY ->
                bulk(
                        Names.TABLE,
                        "copy",
                        () -> {
                            loadTable(code, instance, first);
                            loadTable(code, instance, second);
                        },
                        Names.TABLE,
                        Names.TABLE);
            case TABLE_INIT ->
                bulk(
                        Names.TABLE,
                        "init",
                        () -> {
                            loadTable(code, instance, second);
                            code.aload(instance)
                                    .getfield(Names.INSTANCE, "elements", Names.ELEMENTS.arrayType())
                                    .loadConstant(first)
                                    .aaload();
                        },
                        Names.TABLE,
                        Names.ELEMENTS);
            default -> throw new IllegalStateException("no code for " + instruction.opcode());
        }
    }

    private void access(Accesses.Access access, AnnotatedInstruction instruction) {
        var count = access.store() ? 2 : 1;
        operands.need(count);
        var index = (int) instruction.operand(2);
        var exact = layout.exact();
        var place = index == 0
                ? new Accesses.Place(
                        instruction.operand(1),
                        layout.leastBytes(index),
                        exact,
                        at -> at.aload(array()),
                        at -> at.iload(size()))
                : new Accesses.Place(
                        instruction.operand(1), layout.leastBytes(index), exact, at -> bytes(index), at -> size(index));
        if (inline) {
            Accesses.emit(access, place, code, operands);
        } else {
            Accesses.call(access, place, code, operands);
        }
        operands.popped(count);
        if (!access.store()) {
            operands.push(access.value());
        }
    }

    /** Of the first two, the first if the third is not zero: they are exchanged if it is, and the upper one dropped. */
    private void select() {
        operands.need(3);
        var kind = operands.kind(operands.size() - 2);
        var keep = code.newLabel();
        code.ifne(keep);
        if (kind.wide()) {
            code.dup2_x2().pop2().labelBinding(keep).pop2();
        } else {
            code.swap().labelBinding(keep).pop();
        }
        operands.popped(3);
        operands.push(kind);
    }

    private void global(int index) {
        code.aload(instance)
                .getfield(Names.INSTANCE, "globals", Names.GLOBAL.arrayType())
                .loadConstant(index)
                .aaload();
    }

    private static String field(Kind kind) {
        return switch (kind) {
            case I32, EXTERN -> "i32";
            case I64 -> "i64";
            case F32 -> "f32";
            case F64 -> "f64";
            case FUNC -> "function";
            case EXN -> "exception";
            case V128 -> "vector";
        };
    }

    /** A NaN keeps its bits. */
    private void floatConstant(int bits) {
        var value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            code.loadConstant(bits)
                    .invokestatic(
                            Names.of(Float.class), "intBitsToFloat", MethodTypeDesc.of(ConstantDescs.CD_float, INT));
        } else {
            code.loadConstant(value);
        }
    }

    private void doubleConstant(long bits) {
        var value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value)) {
            code.loadConstant(bits)
                    .invokestatic(
                            Names.of(Double.class),
                            "longBitsToDouble",
                            MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long));
        } else {
            code.loadConstant(value);
        }
    }

    /** The local of the first memory's array. */
    private int array() {
        return operands.scratch(MEMORY, Kind.FUNC);
    }

    /** The local of the first memory's size. */
    private int size() {
        return operands.scratch(MEMORY, Kind.I32);
    }

    /** Reads them anew. */
    void loadMemory() {
        memory(0);
        if (!layout.exact()) {
            code.dup().getfield(Names.MEMORY, "size", INT).istore(size());
        }
        code.getfield(Names.MEMORY, "bytes", Names.BYTES).astore(array());
    }

    private void bytes(int index) {
        memory(index);
        code.getfield(Names.MEMORY, "bytes", Names.BYTES);
    }

    private void size(int index) {
        memory(index);
        code.getfield(Names.MEMORY, "size", INT);
    }

    private void memory(int index) {
        if (index == 0) {
            code.aload(instance).getfield(Names.INSTANCE, "memory", Names.MEMORY);
        } else {
            code.aload(instance)
                    .getfield(Names.INSTANCE, "memories", Names.MEMORY.arrayType())
                    .loadConstant(index)
                    .aaload();
        }
    }

    static void loadTable(CodeBuilder code, int instance, int index) {
        if (index == 0) {
            code.aload(instance).getfield(Names.INSTANCE, "table", Names.TABLE);
        } else {
            code.aload(instance)
                    .getfield(Names.INSTANCE, "tables", Names.TABLE.arrayType())
                    .loadConstant(index)
                    .aaload();
        }
    }

    /** An instruction of three numbers, behind which {@code load} puts what it works on. */
    private void bulk(ClassDesc owner, String name, Runnable load, ClassDesc... loaded) {
        operands.need(3);
        load.run();
        code.invokestatic(owner, name, MethodTypeDesc.of(VOID, INT, INT, INT).insertParameterTypes(3, loaded));
        operands.popped(3);
    }

    private void drop(String name, int segment) {
        code.loadConstant(segment)
                .aload(instance)
                .invokestatic(Names.INSTANCE, name, MethodTypeDesc.of(VOID, INT, Names.INSTANCE));
    }

    /** Calls a table with what is on the stack. */
    private void onTable(int table, String name, MethodTypeDesc type) {
        var count = type.parameterCount();
        operands.need(count);
        var first = operands.size() - count;
        var values = new int[count];
        for (var i = count - 1; i >= 0; i--) {
            var kind = operands.kind(first + i);
            values[i] = operands.scratch(3 + i, kind);
            code.storeLocal(kind.jvm, values[i]);
        }
        loadTable(code, instance, table);
        for (var i = 0; i < count; i++) {
            code.loadLocal(operands.kind(first + i).jvm, values[i]);
        }
        code.invokevirtual(Names.TABLE, name, type);
        operands.popped(count);
    }
}
