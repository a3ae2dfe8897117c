package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Vector instructions, as calls of {@link dev.creel.codegen.run.Lanes}: by the parts of their names. */
final class Vectors {
    private static final int PREFIX = 0xfd;
    private static final ClassDesc VECTOR = Names.VECTOR;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;
    private static final String SIGNED = "_S";
    private static final String UNSIGNED = "_U";
    /** Where lanes are half as wide or twice: what stands before is the shape of the result. */
    private static final List<String> FROM = List.of("_I8X16", "_I16X8", "_I32X4", "_F32X4", "_F64X2");

    private final CodeBuilder code;
    private final Operands operands;
    private final IntConsumer memory;

    /** {@code memory} loads one. */
    Vectors(CodeBuilder code, Operands operands, IntConsumer memory) {
        this.code = code;
        this.operands = operands;
        this.memory = memory;
    }

    static boolean is(OpCode opcode) {
        return opcode.opcode() >> Byte.SIZE == PREFIX;
    }

    void emit(Instruction instruction) {
        var name = instruction.opcode().name().toUpperCase(Locale.ROOT);
        var shape = name.substring(0, name.indexOf('_'));
        var rest = name.substring(name.indexOf('_') + 1);
        if (!shape.equals("V128")) {
            lanes(shape, rest, instruction);
        } else if (rest.startsWith("LOAD") || rest.startsWith("STORE")) {
            memory(rest, instruction);
        } else {
            bits(rest, instruction);
        }
    }

    private void bits(String name, Instruction instruction) {
        switch (name) {
            case "CONST" -> {
                vector(instruction);
                operands.push(Kind.V128);
            }
            case "NOT" -> call("not", Kind.V128, Kind.V128);
            case "AND", "ANDNOT", "OR", "XOR" -> call(name.toLowerCase(Locale.ROOT), Kind.V128, Kind.V128, Kind.V128);
            case "BITSELECT" -> call("bitselect", Kind.V128, Kind.V128, Kind.V128, Kind.V128);
            case "ANY_TRUE" -> call("anyTrue", Kind.I32, Kind.V128);
            default -> throw none(name);
        }
    }

    private void vector(Instruction instruction) {
        code.loadConstant(instruction.operand(0))
                .loadConstant(instruction.operand(1))
                .invokestatic(VECTOR, "of", MethodTypeDesc.of(VECTOR, LONG, LONG));
    }

    /** What has the shape in its name. */
    private void lanes(String shape, String name, Instruction instruction) {
        var width = width(shape);
        var floats = shape.startsWith("F");
        var signed = !name.contains(UNSIGNED);
        var plain = name.replaceFirst("_[SU]$", "");
        for (var from : FROM) {
            if (name.contains(from)) {
                if (name.startsWith("TRUNC_SAT")) {
                    truncated(from, signed);
                } else {
                    across(shape, name.substring(0, name.indexOf(from)), width, signed);
                }
                return;
            }
        }
        switch (plain) {
            case "SHUFFLE" -> {
                operands.need(2);
                vector(instruction);
                invoke("shuffle", VECTOR, VECTOR, VECTOR, VECTOR);
                operands.popped(2);
                operands.push(Kind.V128);
            }
            case "SWIZZLE" -> call("swizzle", Kind.V128, Kind.V128, Kind.V128);
            case "SPLAT" -> splat(shape, width);
            case "EXTRACT_LANE" -> extract(shape, width, signed, (int) instruction.operand(0));
            case "REPLACE_LANE" -> replace(shape, width, (int) instruction.operand(0));
            case "ALL_TRUE" -> with("allTrue", Kind.I32, 1, () -> code.loadConstant(width), INT);
            case "BITMASK" -> with("bitmask", Kind.I32, 1, () -> code.loadConstant(width), INT);
            case "SHL", "SHR" -> shift(plain, width, signed);
            case "ADD_SAT", "SUB_SAT", "Q15MULR_SAT" -> binary("saturating", plain.replace("_SAT", ""), width, signed);
            default -> {
                if (floats) {
                    floats(shape, plain);
                } else if (plain.equals("ABS") || plain.equals("NEG") || plain.equals("POPCNT")) {
                    unary(plain, width);
                } else {
                    binary("binary", plain, width, signed);
                }
            }
        }
    }

    /** From lanes of one kind to lanes of another. */
    private void across(String shape, String name, int width, boolean signed) {
        switch (name) {
            case "NARROW" -> with("narrow", Kind.V128, 2, () -> flags(width, signed), INT, BOOLEAN);
            case "EXTEND_LOW", "EXTEND_HIGH" ->
                with("extend", Kind.V128, 1, () -> halves(name, width, signed), INT, BOOLEAN, BOOLEAN);
            case "EXTMUL_LOW", "EXTMUL_HIGH" ->
                with("extmul", Kind.V128, 2, () -> halves(name, width, signed), INT, BOOLEAN, BOOLEAN);
            case "EXTADD_PAIRWISE" -> with("extadd", Kind.V128, 1, () -> flags(width, signed), INT, BOOLEAN);
            case "DOT" -> call("dot", Kind.V128, Kind.V128, Kind.V128);
            case "DEMOTE_LOW" -> call("demote", Kind.V128, Kind.V128);
            case "PROMOTE_LOW" -> call("promote", Kind.V128, Kind.V128);
            case "CONVERT", "CONVERT_LOW" ->
                with(
                        shape.equals("F32X4") ? "convertFloats" : "convertDoubles",
                        Kind.V128,
                        1,
                        () -> flag(signed),
                        BOOLEAN);
            default -> throw none(name);
        }
    }

    private void truncated(String from, boolean signed) {
        with(from.equals("_F32X4") ? "truncFloats" : "truncDoubles", Kind.V128, 1, () -> flag(signed), BOOLEAN);
    }

    private void halves(String name, int width, boolean signed) {
        code.loadConstant(width);
        flag(name.endsWith("HIGH"));
        flag(signed);
    }

    private void flags(int width, boolean signed) {
        code.loadConstant(width);
        flag(signed);
    }

    private void flag(boolean value) {
        code.loadConstant(value ? 1 : 0);
    }

    private void splat(String shape, int width) {
        operands.need(1);
        widen(shape);
        code.loadConstant(width);
        invoke("splat", VECTOR, LONG, INT);
        operands.popped(1);
        operands.push(Kind.V128);
    }

    /** Bits of a lane. */
    private static int width(String shape) {
        return switch (shape) {
            case "I8X16" -> Byte.SIZE;
            case "I16X8" -> Short.SIZE;
            case "I32X4", "F32X4" -> Integer.SIZE;
            case "I64X2", "F64X2" -> Long.SIZE;
            default -> throw none(shape);
        };
    }

    private static Kind kind(String shape) {
        return switch (shape) {
            case "I64X2" -> Kind.I64;
            case "F32X4" -> Kind.F32;
            case "F64X2" -> Kind.F64;
            default -> Kind.I32;
        };
    }

    private void widen(String shape) {
        Results.toBits(code, kind(shape));
    }

    private void extract(String shape, int width, boolean signed, int lane) {
        operands.need(1);
        code.loadConstant(lane);
        flags(width, signed);
        invoke("extract", LONG, VECTOR, INT, INT, BOOLEAN);
        Results.fromBits(code, kind(shape), 0);
        operands.popped(1);
        operands.push(kind(shape));
    }

    private void replace(String shape, int width, int lane) {
        operands.need(2);
        widen(shape);
        code.loadConstant(lane).loadConstant(width);
        invoke("replace", VECTOR, VECTOR, LONG, INT, INT);
        operands.popped(2);
        operands.push(Kind.V128);
    }

    private void shift(String name, int width, boolean signed) {
        operands.need(2);
        flags(width, signed);
        operator(name, LongBinaryOperator.class);
        invoke("shift", VECTOR, VECTOR, INT, INT, BOOLEAN, Names.of(LongBinaryOperator.class));
        operands.popped(2);
        operands.push(Kind.V128);
    }

    private void binary(String method, String name, int width, boolean signed) {
        with(
                method,
                Kind.V128,
                2,
                () -> {
                    flags(width, signed);
                    operator(name, LongBinaryOperator.class);
                },
                INT,
                BOOLEAN,
                Names.of(LongBinaryOperator.class));
    }

    private void unary(String name, int width) {
        with(
                "unary",
                Kind.V128,
                1,
                () -> {
                    code.loadConstant(width);
                    operator(name, LongUnaryOperator.class);
                },
                INT,
                Names.of(LongUnaryOperator.class));
    }

    private void floats(String shape, String name) {
        var single = shape.equals("F32X4");
        var method = single ? "floats" : "doubles";
        var prefix = single ? "F32_" : "F64_";
        switch (name) {
            case "ABS", "NEG" -> unary(prefix + name, width(shape));
            case "SQRT", "CEIL", "FLOOR", "TRUNC", "NEAREST" -> operated(method, 1, name, DoubleUnaryOperator.class);
            case "EQ", "NE", "LT", "GT", "LE", "GE" ->
                operated(single ? "compareFloats" : "compareDoubles", 2, "FLOAT_" + name, Names.COMPARISON);
            default ->
                operated(
                        method, 2, prefix + name, single ? Names.FLOAT_OPERATOR : Names.of(DoubleBinaryOperator.class));
        }
    }

    private void operated(String method, int vectors, String name, Class<?> type) {
        operated(method, vectors, name, Names.of(type));
    }

    private void operated(String method, int vectors, String name, ClassDesc type) {
        with(method, Kind.V128, vectors, () -> code.getstatic(Names.LANES, name, type), type);
    }

    private void operator(String name, Class<?> type) {
        code.getstatic(Names.LANES, name, Names.of(type));
    }

    private void memory(String name, Instruction instruction) {
        var digits = name.replaceAll("\\D*(\\d*).*", "$1");
        var bits = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        var stores = name.startsWith("STORE");
        var lane = name.endsWith("LANE");
        var count = stores || lane ? 2 : 1;
        operands.need(count);
        code.loadConstant(offset(instruction.operand(1)));
        memory.accept((int) instruction.operand(2));
        var params = new ArrayList<ClassDesc>();
        params.add(INT);
        if (count == 2) {
            params.add(VECTOR);
        }
        params.add(INT);
        params.add(Names.MEMORY);
        var method = stores ? "store" : "load";
        if (lane) {
            code.loadConstant(bits).loadConstant((int) instruction.operand(3));
            params.addAll(List.of(INT, INT));
            method += "Lane";
        } else if (name.endsWith("SPLAT") || name.endsWith("ZERO")) {
            code.loadConstant(bits);
            params.add(INT);
            method += name.endsWith("ZERO") ? "Zero" : "Splat";
        } else if (bits > 0) {
            flags(2 * bits, name.endsWith(SIGNED));
            params.addAll(List.of(INT, BOOLEAN));
            method += "Extended";
        }
        code.invokestatic(Names.LANES, method, MethodTypeDesc.of(stores ? ConstantDescs.CD_void : VECTOR, params));
        operands.popped(count);
        if (!stores) {
            operands.push(Kind.V128);
        }
    }

    /** No memory has anything at a negative offset. */
    private static int offset(long offset) {
        return offset > Integer.MAX_VALUE ? -1 : (int) offset;
    }

    private void call(String method, Kind result, Kind... params) {
        operands.need(params.length);
        var types = new ArrayList<ClassDesc>();
        for (var param : params) {
            types.add(param.desc);
        }
        code.invokestatic(Names.LANES, method, MethodTypeDesc.of(result.desc, types));
        operands.popped(params.length);
        operands.push(result);
    }

    /** A call with constants behind the vectors. */
    private void with(String method, Kind result, int vectors, Runnable constants, ClassDesc... more) {
        operands.need(vectors);
        constants.run();
        var types = new ArrayList<ClassDesc>();
        for (var i = 0; i < vectors; i++) {
            types.add(VECTOR);
        }
        types.addAll(List.of(more));
        code.invokestatic(Names.LANES, method, MethodTypeDesc.of(result.desc, types));
        operands.popped(vectors);
        operands.push(result);
    }

    private void invoke(String method, ClassDesc result, ClassDesc... params) {
        code.invokestatic(Names.LANES, method, MethodTypeDesc.of(result, params));
    }

    private static IllegalStateException none(String name) {
        return new IllegalStateException("no code for a vector's " + name);
    }
}
