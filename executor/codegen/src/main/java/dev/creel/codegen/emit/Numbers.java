package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Instructions that take numbers from the stack and leave one, whatever stands around them. */
final class Numbers {
    private static final Map<OpCode, Plain> PLAIN = new EnumMap<>(OpCode.class);
    private static final Map<OpCode, Test> TESTS = new EnumMap<>(OpCode.class);
    private static final ClassDesc INT = Names.of(Integer.class);
    private static final ClassDesc LONG = Names.of(Long.class);
    private static final ClassDesc FLOAT = Names.of(Float.class);
    private static final ClassDesc DOUBLE = Names.of(Double.class);
    private static final ClassDesc MATH = Names.of(Math.class);

    /** An instruction without branches. */
    record Plain(List<Kind> params, Kind result, Consumer<CodeBuilder> code) {}

    /**
     * A comparison.
     *
     * @param prepare leaves what {@code whenTrue} tests
     * @param whenTrue jumps if it holds
     * @param whenFalse jumps if it does not
     */
    record Test(
            List<Kind> params,
            Consumer<CodeBuilder> prepare,
            BiConsumer<CodeBuilder, Label> whenTrue,
            BiConsumer<CodeBuilder, Label> whenFalse) {
        void jump(CodeBuilder code, boolean sense, Label target) {
            prepare.accept(code);
            (sense ? whenTrue : whenFalse).accept(code, target);
        }
    }

    private Numbers() {}

    static @Nullable Plain plain(OpCode op) {
        return PLAIN.get(op);
    }

    static @Nullable Test test(OpCode op) {
        return TESTS.get(op);
    }

    static {
        integers(Kind.I32, INT);
        integers(Kind.I64, LONG);
        floats();
        conversions();
        tests();
    }

    /** Both widths have the same; what the JVM has in int only is narrowed before, and widened behind. */
    private static void integers(Kind kind, ClassDesc owner) {
        count(kind, "CLZ", owner, "numberOfLeadingZeros");
        count(kind, "CTZ", owner, "numberOfTrailingZeros");
        count(kind, "POPCNT", owner, "bitCount");
        operator(kind, "ADD", "ADD");
        operator(kind, "SUB", "SUB");
        operator(kind, "MUL", "MUL");
        binary(op(kind, "DIV_S"), kind, Names.NUMERIC, "div");
        binary(op(kind, "DIV_U"), kind, owner, "divideUnsigned");
        operator(kind, "REM_S", "REM");
        binary(op(kind, "REM_U"), kind, owner, "remainderUnsigned");
        operator(kind, "AND", "AND");
        operator(kind, "OR", "OR");
        operator(kind, "XOR", "XOR");
        shift(kind, "SHL", "SHL");
        shift(kind, "SHR_S", "SHR");
        shift(kind, "SHR_U", "USHR");
        rotate(kind, "ROTL", owner, "rotateLeft");
        rotate(kind, "ROTR", owner, "rotateRight");
        plain(
                op(kind, "EXTEND_8_S"),
                kind,
                kind,
                code -> widen(narrow(code, kind).i2b(), kind));
        plain(
                op(kind, "EXTEND_16_S"),
                kind,
                kind,
                code -> widen(narrow(code, kind).i2s(), kind));
    }

    private static void count(Kind kind, String name, ClassDesc owner, String method) {
        var type = MethodTypeDesc.of(ConstantDescs.CD_int, kind.desc);
        plain(op(kind, name), kind, kind, code -> widen(code.invokestatic(owner, method, type), kind));
    }

    private static void operator(Kind kind, String name, String jvm) {
        var operator = OperatorInstruction.of(jvm(kind, jvm));
        binary(op(kind, name), kind, code -> code.with(operator));
    }

    private static void shift(Kind kind, String name, String jvm) {
        var operator = OperatorInstruction.of(jvm(kind, jvm));
        binary(op(kind, name), kind, code -> narrow(code, kind).with(operator));
    }

    private static void rotate(Kind kind, String name, ClassDesc owner, String method) {
        var type = MethodTypeDesc.of(kind.desc, kind.desc, ConstantDescs.CD_int);
        binary(op(kind, name), kind, code -> narrow(code, kind).invokestatic(owner, method, type));
    }

    private static OpCode op(Kind kind, String name) {
        return OpCode.valueOf(kind + "_" + name);
    }

    /** The JVM's instruction for a kind of integers. */
    private static Opcode jvm(Kind kind, String name) {
        return Opcode.valueOf((kind == Kind.I64 ? "L" : "I") + name);
    }

    private static CodeBuilder narrow(CodeBuilder code, Kind kind) {
        return kind == Kind.I64 ? code.l2i() : code;
    }

    private static CodeBuilder widen(CodeBuilder code, Kind kind) {
        return kind == Kind.I64 ? code.i2l() : code;
    }

    private static void floats() {
        unary(OpCode.F32_ABS, Kind.F32, MATH, "abs");
        unary(OpCode.F32_NEG, Kind.F32, Names.NUMERIC, "neg");
        throughDouble(OpCode.F32_CEIL, Names.NUMERIC, "ceil");
        throughDouble(OpCode.F32_FLOOR, Names.NUMERIC, "floor");
        throughDouble(OpCode.F32_TRUNC, Names.NUMERIC, "trunc");
        throughDouble(OpCode.F32_NEAREST, Names.NUMERIC, "nearest");
        throughDouble(OpCode.F32_SQRT, MATH, "sqrt");
        binary(OpCode.F32_ADD, Kind.F32, CodeBuilder::fadd);
        binary(OpCode.F32_SUB, Kind.F32, CodeBuilder::fsub);
        binary(OpCode.F32_MUL, Kind.F32, CodeBuilder::fmul);
        binary(OpCode.F32_DIV, Kind.F32, CodeBuilder::fdiv);
        binary(OpCode.F32_MIN, Kind.F32, Names.NUMERIC, "min");
        binary(OpCode.F32_MAX, Kind.F32, Names.NUMERIC, "max");
        binary(OpCode.F32_COPYSIGN, Kind.F32, MATH, "copySign");
        unary(OpCode.F64_ABS, Kind.F64, MATH, "abs");
        unary(OpCode.F64_NEG, Kind.F64, Names.NUMERIC, "neg");
        unary(OpCode.F64_CEIL, Kind.F64, Names.NUMERIC, "ceil");
        unary(OpCode.F64_FLOOR, Kind.F64, Names.NUMERIC, "floor");
        unary(OpCode.F64_TRUNC, Kind.F64, Names.NUMERIC, "trunc");
        unary(OpCode.F64_NEAREST, Kind.F64, Names.NUMERIC, "nearest");
        unary(OpCode.F64_SQRT, Kind.F64, MATH, "sqrt");
        binary(OpCode.F64_ADD, Kind.F64, CodeBuilder::dadd);
        binary(OpCode.F64_SUB, Kind.F64, CodeBuilder::dsub);
        binary(OpCode.F64_MUL, Kind.F64, CodeBuilder::dmul);
        binary(OpCode.F64_DIV, Kind.F64, CodeBuilder::ddiv);
        binary(OpCode.F64_MIN, Kind.F64, Names.NUMERIC, "min");
        binary(OpCode.F64_MAX, Kind.F64, Names.NUMERIC, "max");
        binary(OpCode.F64_COPYSIGN, Kind.F64, MATH, "copySign");
    }

    private static void conversions() {
        plain(OpCode.I32_WRAP_I64, Kind.I64, Kind.I32, CodeBuilder::l2i);
        plain(OpCode.I64_EXTEND_32_S, Kind.I64, Kind.I64, code -> code.l2i().i2l());
        plain(OpCode.I64_EXTEND_I32_S, Kind.I32, Kind.I64, CodeBuilder::i2l);
        plain(OpCode.I64_EXTEND_I32_U, Kind.I32, Kind.I64, Numbers::unsigned);
        fromFloat(OpCode.I32_TRUNC_F32_S, OpCode.I32_TRUNC_F64_S, Kind.I32, "toInt");
        fromFloat(OpCode.I32_TRUNC_F32_U, OpCode.I32_TRUNC_F64_U, Kind.I32, "toUnsignedInt");
        fromFloat(OpCode.I64_TRUNC_F32_S, OpCode.I64_TRUNC_F64_S, Kind.I64, "toLong");
        fromFloat(OpCode.I64_TRUNC_F32_U, OpCode.I64_TRUNC_F64_U, Kind.I64, "toUnsignedLong");
        fromFloat(OpCode.I32_TRUNC_SAT_F32_U, OpCode.I32_TRUNC_SAT_F64_U, Kind.I32, "saturatedUnsignedInt");
        fromFloat(OpCode.I64_TRUNC_SAT_F32_U, OpCode.I64_TRUNC_SAT_F64_U, Kind.I64, "saturatedUnsignedLong");
        // Java's conversions saturate, and make zero of a NaN.
        plain(OpCode.I32_TRUNC_SAT_F32_S, Kind.F32, Kind.I32, CodeBuilder::f2i);
        plain(OpCode.I32_TRUNC_SAT_F64_S, Kind.F64, Kind.I32, CodeBuilder::d2i);
        plain(OpCode.I64_TRUNC_SAT_F32_S, Kind.F32, Kind.I64, CodeBuilder::f2l);
        plain(OpCode.I64_TRUNC_SAT_F64_S, Kind.F64, Kind.I64, CodeBuilder::d2l);
        plain(OpCode.F32_CONVERT_I32_S, Kind.I32, Kind.F32, CodeBuilder::i2f);
        plain(
                OpCode.F32_CONVERT_I32_U,
                Kind.I32,
                Kind.F32,
                code -> unsigned(code).l2f());
        plain(OpCode.F32_CONVERT_I64_S, Kind.I64, Kind.F32, CodeBuilder::l2f);
        call(OpCode.F32_CONVERT_I64_U, List.of(Kind.I64), Kind.F32, Names.NUMERIC, "toFloat");
        plain(OpCode.F32_DEMOTE_F64, Kind.F64, Kind.F32, CodeBuilder::d2f);
        plain(OpCode.F64_CONVERT_I32_S, Kind.I32, Kind.F64, CodeBuilder::i2d);
        plain(
                OpCode.F64_CONVERT_I32_U,
                Kind.I32,
                Kind.F64,
                code -> unsigned(code).l2d());
        plain(OpCode.F64_CONVERT_I64_S, Kind.I64, Kind.F64, CodeBuilder::l2d);
        call(OpCode.F64_CONVERT_I64_U, List.of(Kind.I64), Kind.F64, Names.NUMERIC, "toDouble");
        plain(OpCode.F64_PROMOTE_F32, Kind.F32, Kind.F64, CodeBuilder::f2d);
        call(OpCode.I32_REINTERPRET_F32, List.of(Kind.F32), Kind.I32, FLOAT, "floatToRawIntBits");
        call(OpCode.I64_REINTERPRET_F64, List.of(Kind.F64), Kind.I64, DOUBLE, "doubleToRawLongBits");
        call(OpCode.F32_REINTERPRET_I32, List.of(Kind.I32), Kind.F32, FLOAT, "intBitsToFloat");
        call(OpCode.F64_REINTERPRET_I64, List.of(Kind.I64), Kind.F64, DOUBLE, "longBitsToDouble");
    }

    private static void tests() {
        TESTS.put(OpCode.I32_EQZ, new Test(List.of(Kind.I32), code -> {}, CodeBuilder::ifeq, CodeBuilder::ifne));
        TESTS.put(
                OpCode.I64_EQZ,
                new Test(List.of(Kind.I64), code -> code.lconst_0().lcmp(), CodeBuilder::ifeq, CodeBuilder::ifne));
        TESTS.put(
                OpCode.REF_IS_NULL,
                new Test(List.of(Kind.FUNC), code -> {}, CodeBuilder::ifnull, CodeBuilder::ifnonnull));
        compareInts(OpCode.I32_EQ, CodeBuilder::if_icmpeq, CodeBuilder::if_icmpne);
        compareInts(OpCode.I32_NE, CodeBuilder::if_icmpne, CodeBuilder::if_icmpeq);
        compareInts(OpCode.I32_LT_S, CodeBuilder::if_icmplt, CodeBuilder::if_icmpge);
        compareInts(OpCode.I32_GT_S, CodeBuilder::if_icmpgt, CodeBuilder::if_icmple);
        compareInts(OpCode.I32_LE_S, CodeBuilder::if_icmple, CodeBuilder::if_icmpgt);
        compareInts(OpCode.I32_GE_S, CodeBuilder::if_icmpge, CodeBuilder::if_icmplt);
        Consumer<CodeBuilder> unsigned = code -> compareUnsigned(code, INT, Kind.I32);
        compare(Kind.I32, unsigned, OpCode.I32_LT_U, OpCode.I32_GT_U, OpCode.I32_LE_U, OpCode.I32_GE_U);
        zero(OpCode.I64_EQ, Kind.I64, CodeBuilder::lcmp, Opcode.IFEQ, Opcode.IFNE);
        zero(OpCode.I64_NE, Kind.I64, CodeBuilder::lcmp, Opcode.IFNE, Opcode.IFEQ);
        compare(Kind.I64, CodeBuilder::lcmp, OpCode.I64_LT_S, OpCode.I64_GT_S, OpCode.I64_LE_S, OpCode.I64_GE_S);
        Consumer<CodeBuilder> unsignedLong = code -> compareUnsigned(code, LONG, Kind.I64);
        compare(Kind.I64, unsignedLong, OpCode.I64_LT_U, OpCode.I64_GT_U, OpCode.I64_LE_U, OpCode.I64_GE_U);
        // A NaN compares so that the test fails.
        compareFloats(Kind.F32, CodeBuilder::fcmpl, CodeBuilder::fcmpg, "F32");
        compareFloats(Kind.F64, CodeBuilder::dcmpl, CodeBuilder::dcmpg, "F64");
    }

    private static void compareFloats(
            Kind kind, Consumer<CodeBuilder> nanLess, Consumer<CodeBuilder> nanGreater, String prefix) {
        zero(OpCode.valueOf(prefix + "_EQ"), kind, nanLess, Opcode.IFEQ, Opcode.IFNE);
        zero(OpCode.valueOf(prefix + "_NE"), kind, nanLess, Opcode.IFNE, Opcode.IFEQ);
        zero(OpCode.valueOf(prefix + "_LT"), kind, nanGreater, Opcode.IFLT, Opcode.IFGE);
        zero(OpCode.valueOf(prefix + "_LE"), kind, nanGreater, Opcode.IFLE, Opcode.IFGT);
        zero(OpCode.valueOf(prefix + "_GT"), kind, nanLess, Opcode.IFGT, Opcode.IFLE);
        zero(OpCode.valueOf(prefix + "_GE"), kind, nanLess, Opcode.IFGE, Opcode.IFLT);
    }

    private static void compareUnsigned(CodeBuilder code, ClassDesc owner, Kind kind) {
        code.invokestatic(owner, "compareUnsigned", MethodTypeDesc.of(ConstantDescs.CD_int, kind.desc, kind.desc));
    }

    private static void compareInts(
            OpCode op, BiConsumer<CodeBuilder, Label> whenTrue, BiConsumer<CodeBuilder, Label> whenFalse) {
        TESTS.put(op, new Test(List.of(Kind.I32, Kind.I32), code -> {}, whenTrue, whenFalse));
    }

    private static void compare(Kind kind, Consumer<CodeBuilder> prepare, OpCode lt, OpCode gt, OpCode le, OpCode ge) {
        zero(lt, kind, prepare, Opcode.IFLT, Opcode.IFGE);
        zero(gt, kind, prepare, Opcode.IFGT, Opcode.IFLE);
        zero(le, kind, prepare, Opcode.IFLE, Opcode.IFGT);
        zero(ge, kind, prepare, Opcode.IFGE, Opcode.IFLT);
    }

    /** Compares two, then the outcome with zero. */
    private static void zero(OpCode op, Kind kind, Consumer<CodeBuilder> prepare, Opcode whenTrue, Opcode whenFalse) {
        TESTS.put(
                op,
                new Test(
                        List.of(kind, kind),
                        prepare,
                        (code, label) -> code.branch(whenTrue, label),
                        (code, label) -> code.branch(whenFalse, label)));
    }

    private static CodeBuilder unsigned(CodeBuilder code) {
        return code.i2l().loadConstant(0xffff_ffffL).land();
    }

    private static void fromFloat(OpCode ofFloat, OpCode ofDouble, Kind result, String method) {
        call(ofDouble, List.of(Kind.F64), result, Names.NUMERIC, method);
        plain(
                ofFloat,
                Kind.F32,
                result,
                code -> code.f2d()
                        .invokestatic(Names.NUMERIC, method, MethodTypeDesc.of(result.desc, ConstantDescs.CD_double)));
    }

    /** Exact in double, and rounded to the same float. */
    private static void throughDouble(OpCode op, ClassDesc owner, String method) {
        plain(
                op,
                Kind.F32,
                Kind.F32,
                code -> code.f2d()
                        .invokestatic(
                                owner, method, MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double))
                        .d2f());
    }

    private static void unary(OpCode op, Kind kind, ClassDesc owner, String method) {
        call(op, List.of(kind), kind, owner, method);
    }

    private static void binary(OpCode op, Kind kind, ClassDesc owner, String method) {
        call(op, List.of(kind, kind), kind, owner, method);
    }

    private static void binary(OpCode op, Kind kind, Consumer<CodeBuilder> code) {
        PLAIN.put(op, new Plain(List.of(kind, kind), kind, code));
    }

    private static void plain(OpCode op, Kind param, Kind result, Consumer<CodeBuilder> code) {
        PLAIN.put(op, new Plain(List.of(param), result, code));
    }

    private static void call(OpCode op, List<Kind> params, Kind result, ClassDesc owner, String method) {
        var type = MethodTypeDesc.of(
                result.desc,
                Arrays.asList(params.stream().map(kind -> kind.desc).toArray(ClassDesc[]::new)));
        PLAIN.put(op, new Plain(params, result, code -> code.invokestatic(owner, method, type)));
    }
}
