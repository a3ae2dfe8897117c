package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType.Primitive;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Numbers, booleans and characters. */
final class Scalar extends Shape {
    private static final Map<Primitive, Scalar> ALL = new EnumMap<>(Primitive.class);

    static {
        for (var type : Primitive.values()) {
            ALL.put(type, new Scalar(type));
        }
    }

    final Primitive type;

    private Scalar(Primitive type) {
        this.type = type;
        super(sizeOf(type), sizeOf(type), List.of(kindOf(type)), 16);
    }

    static Scalar of(Primitive type) {
        return Objects.requireNonNull(ALL.get(type));
    }

    @Override
    Object load(Frame from, int at) {
        return value(Bits.read(from.bytes(), at, size));
    }

    @Override
    void store(Frame to, int at, Object value) {
        Bits.write(to.bytes(), at, size, bits(value));
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return value(slots[at]);
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        slots[at] = bits(value);
    }

    /** Bits beyond the type's width are ignored, so that one rule serves memory and slots. */
    private Object value(long bits) {
        return switch (type) {
            case BOOL -> (int) bits != 0;
            case S8 -> (int) (byte) bits;
            case U8 -> (int) bits & 0xFF;
            case S16 -> (int) (short) bits;
            case U16 -> (int) bits & 0xFFFF;
            case S32 -> (int) bits;
            case U32 -> bits & 0xFFFF_FFFFL;
            case S64, U64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            case CHAR -> character((int) bits);
            case STRING -> throw new IllegalStateException("strings are not scalars");
        };
    }

    private long bits(Object value) {
        return switch (type) {
            case BOOL -> value instanceof Boolean b ? (b ? 1 : 0) : wrong(value);
            case S8 -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case U8 -> integer(value, 0, 0xFF);
            case S16 -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case U16 -> integer(value, 0, 0xFFFF);
            case S32 -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case U32 -> value instanceof Long l && l >= 0 && l <= 0xFFFF_FFFFL ? l : wrong(value);
            case S64, U64 -> value instanceof Long l ? l : wrong(value);
            case F32 -> value instanceof Float f ? Integer.toUnsignedLong(Float.floatToRawIntBits(f)) : wrong(value);
            case F64 -> value instanceof Double d ? Double.doubleToRawLongBits(d) : wrong(value);
            case CHAR -> value instanceof Integer c && isScalarValue(c) ? c : wrong(value);
            case STRING -> throw new IllegalStateException("strings are not scalars");
        };
    }

    private long integer(Object value, int min, int max) {
        return value instanceof Integer i && i >= min && i <= max ? Integer.toUnsignedLong(i) : wrong(value);
    }

    private long wrong(Object value) {
        throw mismatch(type.name().toLowerCase(Locale.ROOT), value);
    }

    private static Integer character(int bits) {
        if (!isScalarValue(bits)) {
            throw new TrapException("invalid char 0x" + Integer.toHexString(bits));
        }
        return bits;
    }

    private static boolean isScalarValue(int c) {
        return c >= 0 && c <= Character.MAX_CODE_POINT && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    private static int sizeOf(Primitive type) {
        return switch (type) {
            case BOOL, S8, U8 -> 1;
            case S16, U16 -> 2;
            case S32, U32, F32, CHAR, STRING -> 4;
            case S64, U64, F64 -> 8;
        };
    }

    private static ValueKind kindOf(Primitive type) {
        return switch (type) {
            case BOOL, S8, U8, S16, U16, S32, U32, CHAR, STRING -> ValueKind.I32;
            case S64, U64 -> ValueKind.I64;
            case F32 -> ValueKind.F32;
            case F64 -> ValueKind.F64;
        };
    }
}
