package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loads and stores. */
final class Accesses {
    private static final Map<OpCode, Access> ALL = new EnumMap<>(OpCode.class);
    private static final ClassDesc VIEW = ClassDesc.of("java.lang.invoke.VarHandle");

    /**
     * A load or store.
     *
     * @param value what is loaded or stored
     * @param view the handle, or null for single bytes
     * @param element what the handle takes
     * @param convert from the element to the value, or the other way for a store
     */
    record Access(boolean store, Kind value, @Nullable String view, ClassDesc element, Consumer<CodeBuilder> convert) {}

    /**
     * What is accessed.
     *
     * @param offset of the instruction
     * @param least the bytes that the memory has from the beginning
     * @param exact whether the array is as long as the memory
     * @param array loads it
     * @param size loads the memory's
     */
    record Place(long offset, long least, boolean exact, Consumer<CodeBuilder> array, Consumer<CodeBuilder> size) {}

    private Accesses() {}

    static {
        Consumer<CodeBuilder> same = code -> {};
        load(OpCode.I32_LOAD, Kind.I32, "INT", same);
        load(OpCode.I64_LOAD, Kind.I64, "LONG", same);
        load(OpCode.F32_LOAD, Kind.F32, "FLOAT", same);
        load(OpCode.F64_LOAD, Kind.F64, "DOUBLE", same);
        load(OpCode.I32_LOAD8_S, Kind.I32, null, same);
        load(OpCode.I32_LOAD8_U, Kind.I32, null, code -> code.loadConstant(0xff).iand());
        load(OpCode.I32_LOAD16_S, Kind.I32, "SHORT", same);
        load(OpCode.I32_LOAD16_U, Kind.I32, "SHORT", CodeBuilder::i2c);
        load(OpCode.I64_LOAD8_S, Kind.I64, null, CodeBuilder::i2l);
        load(
                OpCode.I64_LOAD8_U,
                Kind.I64,
                null,
                code -> code.loadConstant(0xff).iand().i2l());
        load(OpCode.I64_LOAD16_S, Kind.I64, "SHORT", CodeBuilder::i2l);
        load(OpCode.I64_LOAD16_U, Kind.I64, "SHORT", code -> code.i2c().i2l());
        load(OpCode.I64_LOAD32_S, Kind.I64, "INT", CodeBuilder::i2l);
        load(
                OpCode.I64_LOAD32_U,
                Kind.I64,
                "INT",
                code -> code.i2l().loadConstant(0xffff_ffffL).land());
        store(OpCode.I32_STORE, Kind.I32, "INT", same);
        store(OpCode.I64_STORE, Kind.I64, "LONG", same);
        store(OpCode.F32_STORE, Kind.F32, "FLOAT", same);
        store(OpCode.F64_STORE, Kind.F64, "DOUBLE", same);
        store(OpCode.I32_STORE8, Kind.I32, null, CodeBuilder::i2b);
        store(OpCode.I32_STORE16, Kind.I32, "SHORT", CodeBuilder::i2s);
        store(OpCode.I64_STORE8, Kind.I64, null, code -> code.l2i().i2b());
        store(OpCode.I64_STORE16, Kind.I64, "SHORT", code -> code.l2i().i2s());
        store(OpCode.I64_STORE32, Kind.I64, "INT", CodeBuilder::l2i);
    }

    private static void load(OpCode op, Kind value, @Nullable String view, Consumer<CodeBuilder> convert) {
        ALL.put(op, new Access(false, value, view, element(view), convert));
    }

    private static void store(OpCode op, Kind value, @Nullable String view, Consumer<CodeBuilder> convert) {
        ALL.put(op, new Access(true, value, view, element(view), convert));
    }

    private static ClassDesc element(@Nullable String view) {
        return switch (view) {
            case "SHORT" -> ConstantDescs.CD_short;
            case "INT" -> ConstantDescs.CD_int;
            case "LONG" -> ConstantDescs.CD_long;
            case "FLOAT" -> ConstantDescs.CD_float;
            case "DOUBLE" -> ConstantDescs.CD_double;
            case null, default -> ConstantDescs.CD_byte;
        };
    }

    static @Nullable Access of(OpCode op) {
        return ALL.get(op);
    }

    /** Whether an instruction wants the first memory at hand. */
    static boolean isFirstMemory(Instruction instruction) {
        return ALL.containsKey(instruction.opcode()) && instruction.operand(2) == 0;
    }

    /** How many bytes of an access are behind its first. */
    private static int width(Access access) {
        return switch (access.view) {
            case "SHORT" -> Short.BYTES;
            case "INT", "FLOAT" -> Integer.BYTES;
            case "LONG", "DOUBLE" -> Long.BYTES;
            case null, default -> Byte.BYTES;
        };
    }

    /**
     * The same by a method of {@link dev.creel.codegen.run.Cells}: a third of the code, as fast once HotSpot has inlined it, and
     * faster as long as it has not.
     */
    static void call(Access access, Place place, CodeBuilder code, Operands operands) {
        var params = new ArrayList<ClassDesc>();
        params.add(ConstantDescs.CD_int);
        var offset = base(access, place, code, operands);
        var cells = place.exact ? Names.EXACT_CELLS : Names.CELLS;
        if (access.store) {
            access.convert.accept(code);
            params.add(access.element);
        }
        code.loadConstant(offset);
        params.add(ConstantDescs.CD_int);
        place.array.accept(code);
        params.add(Names.BYTES);
        if (!place.exact) {
            place.size.accept(code);
            params.add(ConstantDescs.CD_int);
        }
        if (access.store) {
            code.invokestatic(cells, "set", MethodTypeDesc.of(ConstantDescs.CD_void, params));
        } else {
            code.invokestatic(cells, getter(access.view), MethodTypeDesc.of(access.element, params));
            access.convert.accept(code);
        }
    }

    /**
     * The offset to go on with: one that the memory may have no room for is added to the base, which is on the stack, below the
     * value of a store.
     */
    private static int base(Access access, Place place, CodeBuilder code, Operands operands) {
        if (place.offset + width(access) <= place.least || (place.exact && place.offset <= Integer.MAX_VALUE)) {
            return (int) place.offset;
        }
        var value = access.store ? operands.scratch(0, access.value) : 0;
        if (access.store) {
            code.storeLocal(access.value.jvm, value);
        }
        if (place.offset > Integer.MAX_VALUE) {
            // No memory is that long: any negative base will do.
            code.pop().iconst_m1();
        } else if (place.offset > 0) {
            code.loadConstant((int) place.offset)
                    .invokestatic(
                            Names.CELLS,
                            "far",
                            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        }
        if (access.store) {
            code.loadLocal(access.value.jvm, value);
        }
        return 0;
    }

    private static String getter(@Nullable String view) {
        return switch (view) {
            case "SHORT" -> "getShort";
            case "INT" -> "getInt";
            case "LONG" -> "getLong";
            case "FLOAT" -> "getFloat";
            case "DOUBLE" -> "getDouble";
            case null, default -> "getByte";
        };
    }

    /** The base and, for a store, the value are on the JVM's stack. */
    static void emit(Access access, Place place, CodeBuilder code, Operands operands) {
        var offset = base(access, place, code, operands);
        var value = access.store ? operands.scratch(0, access.value) : 0;
        if (access.store) {
            code.storeLocal(access.value.jvm, value);
        }
        var base = operands.scratch(1, Kind.I32);
        code.istore(base);
        if (access.view != null) {
            code.getstatic(Names.VIEWS, access.view, VIEW);
        }
        place.array.accept(code);
        index(base, offset, width(access), place, code);
        if (access.store) {
            code.loadLocal(access.value.jvm, value);
            access.convert.accept(code);
            if (access.view == null) {
                code.bastore();
            } else {
                code.invokevirtual(
                        VIEW,
                        "set",
                        MethodTypeDesc.of(ConstantDescs.CD_void, Names.BYTES, ConstantDescs.CD_int, access.element));
            }
            return;
        }
        if (access.view == null) {
            code.baload();
        } else {
            code.invokevirtual(VIEW, "get", MethodTypeDesc.of(access.element, Names.BYTES, ConstantDescs.CD_int));
        }
        access.convert.accept(code);
    }

    /** As {@code Cells} and {@code ExactCells} have it. */
    private static void index(int base, int offset, int width, Place place, CodeBuilder code) {
        code.iload(base);
        if (!place.exact) {
            place.size.accept(code);
            if (offset + width > 1) {
                code.loadConstant(offset + (width - 1)).isub();
            }
            code.invokestatic(
                    Names.of(Objects.class),
                    "checkIndex",
                    MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        } else if (offset > 0) {
            var inside = code.newLabel();
            code.dup()
                    .ifge(inside)
                    .invokestatic(Names.TRAPS, "outOfBounds", MethodTypeDesc.of(Names.EXCEPTION))
                    .athrow()
                    .labelBinding(inside);
        }
        if (offset > 0) {
            code.loadConstant(offset).iadd();
        }
    }
}
