package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
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

    /** Whether an instruction wants the first memory's array at hand. */
    static boolean isFirstMemory(AnnotatedInstruction instruction) {
        return ALL.containsKey(instruction.opcode()) && instruction.operand(2) == 0;
    }

    /**
     * The same by a method of {@link dev.creel.codegen.run.Cells}: a fourth of the code, as fast once HotSpot has inlined it, and
     * faster as long as it has not.
     */
    static void call(Access access, long offset, CodeBuilder code, Operands operands, Consumer<CodeBuilder> array) {
        if (offset > Integer.MAX_VALUE) {
            emit(access, offset, code, operands, array);
            return;
        }
        var params = new ArrayList<ClassDesc>();
        params.add(ConstantDescs.CD_int);
        if (access.store) {
            access.convert.accept(code);
            params.add(access.element);
        }
        if (offset != 0) {
            code.loadConstant((int) offset);
            params.add(ConstantDescs.CD_int);
        }
        array.accept(code);
        params.add(Names.BYTES);
        if (access.store) {
            code.invokestatic(Names.CELLS, "set", MethodTypeDesc.of(ConstantDescs.CD_void, params));
        } else {
            code.invokestatic(Names.CELLS, getter(access.view), MethodTypeDesc.of(access.element, params));
            access.convert.accept(code);
        }
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

    /** The address and, for a store, the value are on the JVM's stack; {@code array} loads the memory's. */
    static void emit(Access access, long offset, CodeBuilder code, Operands operands, Consumer<CodeBuilder> array) {
        if (access.store) {
            var value = operands.scratch(0, access.value);
            code.storeLocal(access.value.jvm, value);
            address(offset, code, operands, access, array);
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
        address(offset, code, operands, access, array);
        if (access.view == null) {
            code.baload();
        } else {
            code.invokevirtual(VIEW, "get", MethodTypeDesc.of(access.element, Names.BYTES, ConstantDescs.CD_int));
        }
        access.convert.accept(code);
    }

    private static void address(
            long offset, CodeBuilder code, Operands operands, Access access, Consumer<CodeBuilder> array) {
        if (offset != 0) {
            offset(offset, code);
        }
        var address = operands.scratch(1, Kind.I32);
        code.istore(address);
        if (access.view != null) {
            code.getstatic(Names.VIEWS, access.view, VIEW);
        }
        array.accept(code);
        code.iload(address);
    }

    /** Adds the offset; a sum of two that are not negative is negative if it is too large, and found by the array's check. */
    private static void offset(long offset, CodeBuilder code) {
        if (offset > Integer.MAX_VALUE) {
            // No memory is that long: any negative index will do.
            code.pop().iconst_m1();
            return;
        }
        var inside = code.newLabel();
        code.dup()
                .ifge(inside)
                .invokestatic(Names.TRAPS, "outOfBounds", MethodTypeDesc.of(Names.EXCEPTION))
                .athrow()
                .labelBinding(inside)
                .loadConstant((int) offset)
                .iadd();
    }
}
