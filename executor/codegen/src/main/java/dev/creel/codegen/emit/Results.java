package dev.creel.codegen.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Values as raw bits: the second and further results of functions, and what goes to the host and comes from it. */
final class Results {
    private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();

    private Results() {}

    /** Puts result number {@code index}, which {@code value} loads, into the instance. */
    static void put(CodeBuilder code, int instance, int index, Kind kind, Runnable value) {
        code.aload(instance);
        if (kind.reference()) {
            code.getfield(Names.INSTANCE, "referenceResults", OBJECTS).loadConstant(index - 1);
            value.run();
            code.aastore();
            return;
        }
        code.getfield(Names.INSTANCE, "results", Names.LONGS).loadConstant(index - 1);
        value.run();
        toBits(code, kind);
        code.lastore();
    }

    /** Takes result number {@code index} out of the instance. */
    static void take(CodeBuilder code, int instance, int index, Kind kind) {
        code.aload(instance);
        if (kind.reference()) {
            code.getfield(Names.INSTANCE, "referenceResults", OBJECTS)
                    .loadConstant(index - 1)
                    .aaload()
                    .checkcast(kind.desc);
            return;
        }
        code.getfield(Names.INSTANCE, "results", Names.LONGS)
                .loadConstant(index - 1)
                .laload();
        fromBits(code, kind, instance);
    }

    static void toBits(CodeBuilder code, Kind kind) {
        switch (kind) {
            case I32, EXTERN -> code.i2l();
            case I64 -> {}
            case F32 ->
                code.invokestatic(
                                Names.of(Float.class),
                                "floatToRawIntBits",
                                MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float))
                        .i2l();
            case F64 ->
                code.invokestatic(
                        Names.of(Double.class),
                        "doubleToRawLongBits",
                        MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double));
            case FUNC ->
                code.invokestatic(Names.CROSSING, "bits", MethodTypeDesc.of(ConstantDescs.CD_long, Names.FUNCTION));
            // The lower half; see into().
            case V128 -> code.invokevirtual(Names.VECTOR, "low", MethodTypeDesc.of(ConstantDescs.CD_long));
            case EXN ->
                code.invokestatic(Names.CROSSING, "bits", MethodTypeDesc.of(ConstantDescs.CD_long, Names.THROWN));
        }
    }

    static void fromBits(CodeBuilder code, Kind kind, int instance) {
        switch (kind) {
            case I32, EXTERN -> code.l2i();
            case I64 -> {}
            case F32 ->
                code.l2i()
                        .invokestatic(
                                Names.of(Float.class),
                                "intBitsToFloat",
                                MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int));
            case F64 ->
                code.invokestatic(
                        Names.of(Double.class),
                        "longBitsToDouble",
                        MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long));
            case FUNC ->
                code.aload(instance)
                        .invokestatic(
                                Names.CROSSING,
                                "function",
                                MethodTypeDesc.of(Names.FUNCTION, ConstantDescs.CD_long, Names.INSTANCE));
            case V128 -> throw new IllegalArgumentException("a vector has two halves");
            case EXN ->
                code.invokestatic(Names.CROSSING, "exception", MethodTypeDesc.of(Names.THROWN, ConstantDescs.CD_long));
        }
    }

    /** Puts the bits of what {@code value} loads into an array that {@code array} loads. */
    static void into(CodeBuilder code, Kind kind, int index, Runnable array, Runnable value) {
        array.run();
        code.loadConstant(index);
        value.run();
        toBits(code, kind);
        code.lastore();
        if (kind == Kind.V128) {
            array.run();
            code.loadConstant(index + 1);
            value.run();
            code.invokevirtual(Names.VECTOR, "high", MethodTypeDesc.of(ConstantDescs.CD_long))
                    .lastore();
        }
    }

    /** Loads a value from its bits in an array that {@code array} loads. */
    static void outOf(CodeBuilder code, Kind kind, int index, int instance, Runnable array) {
        array.run();
        code.loadConstant(index).laload();
        if (kind == Kind.V128) {
            array.run();
            code.loadConstant(index + 1)
                    .laload()
                    .invokestatic(
                            Names.VECTOR,
                            "of",
                            MethodTypeDesc.of(Names.VECTOR, ConstantDescs.CD_long, ConstantDescs.CD_long));
        } else {
            fromBits(code, kind, instance);
        }
    }

    /** How many numbers values are for the host. */
    static int words(List<Kind> kinds) {
        return kinds.stream().mapToInt(Kind::words).sum();
    }
}
