package dev.creel.component.abi;

import dev.creel.component.core.TrapException;

/**
 * Scalars and flags between bits and Java objects, a method for each type. Called by generated code, which finds them by name;
 * return types are {@code Object} so that generated code need not know where classes meet.
 */
final class Boxes {
    private Boxes() {}

    static Object liftBool(int bits) {
        return bits != 0;
    }

    static Object liftS8(int bits) {
        return (int) (byte) bits;
    }

    static Object liftU8(int bits) {
        return bits & 0xFF;
    }

    static Object liftS16(int bits) {
        return (int) (short) bits;
    }

    static Object liftU16(int bits) {
        return bits & 0xFFFF;
    }

    static Object liftS32(int bits) {
        return bits;
    }

    static Object liftU32(int bits) {
        return Integer.toUnsignedLong(bits);
    }

    static Object liftS64(long bits) {
        return bits;
    }

    static Object liftU64(long bits) {
        return bits;
    }

    static Object liftF32(int bits) {
        return Float.intBitsToFloat(bits);
    }

    static Object liftF64(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static Object liftChar(int bits) {
        return character(bits);
    }

    static Object liftFlags(int bits, long mask) {
        return bits & mask;
    }

    static int lowerBool(Object value) {
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        throw Shape.mismatch("bool", value);
    }

    static int lowerS8(Object value) {
        if (value instanceof Integer i && i == (byte) (int) i) {
            return i;
        }
        throw Shape.mismatch("s8", value);
    }

    static int lowerU8(Object value) {
        if (value instanceof Integer i && (i & ~0xFF) == 0) {
            return i;
        }
        throw Shape.mismatch("u8", value);
    }

    static int lowerS16(Object value) {
        if (value instanceof Integer i && i == (short) (int) i) {
            return i;
        }
        throw Shape.mismatch("s16", value);
    }

    static int lowerU16(Object value) {
        if (value instanceof Integer i && (i & ~0xFFFF) == 0) {
            return i;
        }
        throw Shape.mismatch("u16", value);
    }

    static int lowerS32(Object value) {
        if (value instanceof Integer i) {
            return i;
        }
        throw Shape.mismatch("s32", value);
    }

    static int lowerU32(Object value) {
        if (value instanceof Long l && l >>> 32 == 0) {
            return l.intValue();
        }
        throw Shape.mismatch("u32", value);
    }

    static long lowerS64(Object value) {
        if (value instanceof Long l) {
            return l;
        }
        throw Shape.mismatch("s64", value);
    }

    static long lowerU64(Object value) {
        if (value instanceof Long l) {
            return l;
        }
        throw Shape.mismatch("u64", value);
    }

    static int lowerF32(Object value) {
        if (value instanceof Float f) {
            return Float.floatToRawIntBits(f);
        }
        throw Shape.mismatch("f32", value);
    }

    static long lowerF64(Object value) {
        if (value instanceof Double d) {
            return Double.doubleToRawLongBits(d);
        }
        throw Shape.mismatch("f64", value);
    }

    static int lowerChar(Object value) {
        if (value instanceof Integer c && isScalarValue(c)) {
            return c;
        }
        throw Shape.mismatch("char", value);
    }

    static int lowerFlags(Object value, long mask) {
        if (value instanceof Long bits && (bits & ~mask) == 0) {
            return bits.intValue();
        }
        throw Shape.mismatch("flags as Long within 0x" + Long.toHexString(mask), value);
    }

    /** A bool from one guest for another. */
    static int bool(int bits) {
        return bits == 0 ? 0 : 1;
    }

    /** A char from one guest for another. */
    static int character(int bits) {
        if (!isScalarValue(bits)) {
            throw new TrapException("invalid char 0x" + Integer.toHexString(bits));
        }
        return bits;
    }

    private static boolean isScalarValue(int c) {
        return c >= 0 && c <= Character.MAX_CODE_POINT && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }
}
