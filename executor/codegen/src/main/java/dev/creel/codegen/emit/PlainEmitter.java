package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Instructions that neither branch nor call. */
final class PlainEmitter {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;

    private final Method method;
    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    private final int instance;
    private final Memories memories;
    private final Tables tables;
    private final Vectors vectors;

    PlainEmitter(Method method, Memories memories, Tables tables) {
        this.method = method;
        this.layout = method.layout;
        this.code = method.code;
        this.operands = method.operands;
        this.instance = method.instance;
        this.memories = memories;
        this.tables = tables;
        this.vectors = new Vectors(code, operands, memories::memory);
    }

    void emit(Instruction instruction) {
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
            memories.access(access, instruction);
            return;
        }
        if (Vectors.is(instruction.opcode())) {
            vectors.emit(instruction);
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
                var kind = method.function.locals.get(first);
                code.loadLocal(kind.jvm, method.local(first));
                operands.push(kind);
            }
            case LOCAL_SET -> {
                operands.need(1);
                code.storeLocal(operands.top().jvm, method.local(first));
                operands.popped(1);
            }
            case LOCAL_TEE -> {
                operands.need(1);
                if (operands.top().wide()) {
                    code.dup2();
                } else {
                    code.dup();
                }
                code.storeLocal(operands.top().jvm, method.local(first));
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
            case MEMORY_SIZE -> memories.pages(first);
            case MEMORY_GROW -> memories.grow(first);
            case MEMORY_FILL -> memories.fill(first);
            case MEMORY_COPY -> memories.copy(first, second);
            case MEMORY_INIT -> memories.init(second, first);
            case DATA_DROP -> drop("dropData", first);
            case TABLE_GET -> tables.element(first);
            case TABLE_SET -> tables.set(first);
            case TABLE_SIZE -> tables.size(first);
            case TABLE_GROW -> tables.grow(first);
            case TABLE_FILL -> tables.fill(first);
            case TABLE_COPY -> tables.copy(first, second);
            case TABLE_INIT -> tables.init(second, first);
            case ELEM_DROP -> drop("dropElements", first);
            default -> throw new IllegalStateException("no code for " + instruction.opcode());
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

    private void drop(String name, int segment) {
        code.loadConstant(segment)
                .aload(instance)
                .invokestatic(Names.INSTANCE, name, MethodTypeDesc.of(VOID, INT, Names.INSTANCE));
    }
}
