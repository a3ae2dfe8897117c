package dev.creel.codegen.run;

import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Vector instructions: what they do to lanes of any width, and what of it they are put together from. */
public final class Lanes {
    private static final int BYTES = 16;
    private static final int BITS = 128;
    private static final int Q15_ROUND = 0x4000;
    private static final int Q15 = 15;

    /** An operation on two floats. */
    public interface FloatOperator {
        /** The result. */
        float apply(float left, float right);
    }

    /** A comparison of two floats or doubles. */
    public interface Comparison {
        /** Whether it holds. */
        boolean test(double left, double right);
    }

    // Operations on lanes of whole numbers, which are extended to 64 bits.

    /** Addition. */
    public static final LongBinaryOperator ADD = (x, y) -> x + y;

    /** Subtraction. */
    public static final LongBinaryOperator SUB = (x, y) -> x - y;

    /** Multiplication. */
    public static final LongBinaryOperator MUL = (x, y) -> x * y;

    /** Equality. */
    public static final LongBinaryOperator EQ = (x, y) -> x == y ? -1 : 0;

    /** Inequality. */
    public static final LongBinaryOperator NE = (x, y) -> x != y ? -1 : 0;

    /** Less. */
    public static final LongBinaryOperator LT = (x, y) -> x < y ? -1 : 0;

    /** Greater. */
    public static final LongBinaryOperator GT = (x, y) -> x > y ? -1 : 0;

    /** Less or equal. */
    public static final LongBinaryOperator LE = (x, y) -> x <= y ? -1 : 0;

    /** Greater or equal. */
    public static final LongBinaryOperator GE = (x, y) -> x >= y ? -1 : 0;

    /** Minimum. */
    public static final LongBinaryOperator MIN = Math::min;

    /** Maximum. */
    public static final LongBinaryOperator MAX = Math::max;

    /** Average, rounded up. */
    public static final LongBinaryOperator AVGR = (x, y) -> (x + y + 1) >>> 1;

    /** Multiplication of fractions, rounded. */
    public static final LongBinaryOperator Q15MULR = (x, y) -> (x * y + Q15_ROUND) >> Q15;

    /** Shift to the left. */
    public static final LongBinaryOperator SHL = (x, y) -> x << y;

    /** Shift to the right. */
    public static final LongBinaryOperator SHR = (x, y) -> x >> y;

    /** Absolute value. */
    public static final LongUnaryOperator ABS = Math::abs;

    /** Negation. */
    public static final LongUnaryOperator NEG = x -> -x;

    /** Bits that are set, of eight. */
    public static final LongUnaryOperator POPCNT = x -> Long.bitCount(x & 0xff);

    /** A float without its sign. */
    public static final LongUnaryOperator F32_ABS = x -> x & 0x7fff_ffffL;

    /** A float with the other sign. */
    public static final LongUnaryOperator F32_NEG = x -> x ^ 0x8000_0000L;

    /** A double without its sign. */
    public static final LongUnaryOperator F64_ABS = x -> x & Long.MAX_VALUE;

    /** A double with the other sign. */
    public static final LongUnaryOperator F64_NEG = x -> x ^ Long.MIN_VALUE;

    // Operations on floats and doubles.

    /** Addition. */
    public static final FloatOperator F32_ADD = (x, y) -> x + y;

    /** Subtraction. */
    public static final FloatOperator F32_SUB = (x, y) -> x - y;

    /** Multiplication. */
    public static final FloatOperator F32_MUL = (x, y) -> x * y;

    /** Division. */
    public static final FloatOperator F32_DIV = (x, y) -> x / y;

    /** Minimum. */
    public static final FloatOperator F32_MIN = Numeric::min;

    /** Maximum. */
    public static final FloatOperator F32_MAX = Numeric::max;

    /** Minimum as C++ has it. */
    public static final FloatOperator F32_PMIN = (x, y) -> y < x ? y : x;

    /** Maximum as C++ has it. */
    public static final FloatOperator F32_PMAX = (x, y) -> x < y ? y : x;

    /** Addition. */
    public static final DoubleBinaryOperator F64_ADD = (x, y) -> x + y;

    /** Subtraction. */
    public static final DoubleBinaryOperator F64_SUB = (x, y) -> x - y;

    /** Multiplication. */
    public static final DoubleBinaryOperator F64_MUL = (x, y) -> x * y;

    /** Division. */
    public static final DoubleBinaryOperator F64_DIV = (x, y) -> x / y;

    /** Minimum. */
    public static final DoubleBinaryOperator F64_MIN = Numeric::min;

    /** Maximum. */
    public static final DoubleBinaryOperator F64_MAX = Numeric::max;

    /** Minimum as C++ has it. */
    public static final DoubleBinaryOperator F64_PMIN = (x, y) -> y < x ? y : x;

    /** Maximum as C++ has it. */
    public static final DoubleBinaryOperator F64_PMAX = (x, y) -> x < y ? y : x;

    /** Square root. */
    public static final DoubleUnaryOperator SQRT = Math::sqrt;

    /** The next whole number above. */
    public static final DoubleUnaryOperator CEIL = Numeric::ceil;

    /** The next whole number below. */
    public static final DoubleUnaryOperator FLOOR = Numeric::floor;

    /** The next whole number towards zero. */
    public static final DoubleUnaryOperator TRUNC = Numeric::trunc;

    /** The nearest whole number. */
    public static final DoubleUnaryOperator NEAREST = Numeric::nearest;

    /** Equality. */
    public static final Comparison FLOAT_EQ = (x, y) -> x == y;

    /** Inequality. */
    public static final Comparison FLOAT_NE = (x, y) -> x != y;

    /** Less. */
    public static final Comparison FLOAT_LT = (x, y) -> x < y;

    /** Greater. */
    public static final Comparison FLOAT_GT = (x, y) -> x > y;

    /** Less or equal. */
    public static final Comparison FLOAT_LE = (x, y) -> x <= y;

    /** Greater or equal. */
    public static final Comparison FLOAT_GE = (x, y) -> x >= y;

    private Lanes() {}

    private static long lane(V128 of, int lane, int width, boolean signed) {
        return signed ? of.signed(lane, width) : of.unsigned(lane, width);
    }

    /** Lane by lane. */
    public static V128 binary(V128 a, V128 b, int width, boolean signed, LongBinaryOperator operator) {
        return V128.fill(width, i -> operator.applyAsLong(lane(a, i, width, signed), lane(b, i, width, signed)));
    }

    /** Lane by lane; what does not fit becomes the next number that does. */
    public static V128 saturating(V128 a, V128 b, int width, boolean signed, LongBinaryOperator operator) {
        return V128.fill(
                width,
                i -> clamp(operator.applyAsLong(lane(a, i, width, signed), lane(b, i, width, signed)), width, signed));
    }

    private static long clamp(long value, int width, boolean signed) {
        var most = signed ? (1L << (width - 1)) - 1 : (1L << width) - 1;
        var least = signed ? -(1L << (width - 1)) : 0;
        return Math.max(least, Math.min(most, value));
    }

    /** Lane by lane, by the same count. */
    public static V128 shift(V128 a, int count, int width, boolean signed, LongBinaryOperator operator) {
        if (!signed && width == Long.SIZE) {
            return V128.fill(width, i -> a.signed(i, width) >>> (count & (width - 1)));
        }
        return V128.fill(width, i -> operator.applyAsLong(lane(a, i, width, signed), count & (width - 1)));
    }

    /** Lane by lane. */
    public static V128 unary(V128 a, int width, LongUnaryOperator operator) {
        return V128.fill(width, i -> operator.applyAsLong(a.signed(i, width)));
    }

    /** Whether no lane is zero. */
    public static int allTrue(V128 a, int width) {
        for (var i = 0; i < BITS / width; i++) {
            if (a.signed(i, width) == 0) {
                return 0;
            }
        }
        return 1;
    }

    /** Whether any bit is set. */
    public static int anyTrue(V128 a) {
        return (a.low() | a.high()) == 0 ? 0 : 1;
    }

    /** The signs of all lanes. */
    public static int bitmask(V128 a, int width) {
        var mask = 0;
        for (var i = 0; i < BITS / width; i++) {
            mask |= a.signed(i, width) < 0 ? 1 << i : 0;
        }
        return mask;
    }

    /** The bits that are not set. */
    public static V128 not(V128 a) {
        return new V128(~a.low(), ~a.high());
    }

    /** Bits of both. */
    public static V128 and(V128 a, V128 b) {
        return new V128(a.low() & b.low(), a.high() & b.high());
    }

    /** Bits of the first that the second lacks. */
    public static V128 andnot(V128 a, V128 b) {
        return new V128(a.low() & ~b.low(), a.high() & ~b.high());
    }

    /** Bits of either. */
    public static V128 or(V128 a, V128 b) {
        return new V128(a.low() | b.low(), a.high() | b.high());
    }

    /** Bits of one only. */
    public static V128 xor(V128 a, V128 b) {
        return new V128(a.low() ^ b.low(), a.high() ^ b.high());
    }

    /** Bits of the first where the mask has one, of the second elsewhere. */
    public static V128 bitselect(V128 a, V128 b, V128 mask) {
        return or(and(a, mask), andnot(b, mask));
    }

    /** Lanes of both, half as wide; what does not fit becomes the next number that does. */
    public static V128 narrow(V128 a, V128 b, int width, boolean signed) {
        var half = BITS / width / 2;
        return V128.fill(
                width, i -> clamp(i < half ? a.signed(i, 2 * width) : b.signed(i - half, 2 * width), width, signed));
    }

    /** One half's lanes, twice as wide. */
    public static V128 extend(V128 a, int width, boolean high, boolean signed) {
        var from = high ? BITS / width : 0;
        return V128.fill(width, i -> lane(a, from + i, width / 2, signed));
    }

    /** Products of one half's lanes, twice as wide. */
    public static V128 extmul(V128 a, V128 b, int width, boolean high, boolean signed) {
        return binary(extend(a, width, high, signed), extend(b, width, high, signed), width, signed, MUL);
    }

    /** Sums of two neighbours each, twice as wide. */
    public static V128 extadd(V128 a, int width, boolean signed) {
        var half = width / 2;
        return V128.fill(width, i -> lane(a, 2 * i, half, signed) + lane(a, 2 * i + 1, half, signed));
    }

    /** Sums of the products of two neighbours each. */
    public static V128 dot(V128 a, V128 b) {
        return V128.fill(
                Integer.SIZE,
                i -> a.signed(2 * i, Short.SIZE) * b.signed(2 * i, Short.SIZE)
                        + a.signed(2 * i + 1, Short.SIZE) * b.signed(2 * i + 1, Short.SIZE));
    }

    /** Bytes of both, chosen by constants. */
    public static V128 shuffle(V128 a, V128 b, V128 choice) {
        return V128.fill(Byte.SIZE, i -> {
            var from = (int) choice.unsigned(i, Byte.SIZE);
            return from < BYTES ? a.signed(from, Byte.SIZE) : b.signed(from - BYTES, Byte.SIZE);
        });
    }

    /** Bytes chosen by bytes. */
    public static V128 swizzle(V128 a, V128 choice) {
        return V128.fill(Byte.SIZE, i -> {
            var from = (int) choice.unsigned(i, Byte.SIZE);
            return from < BYTES ? a.signed(from, Byte.SIZE) : 0;
        });
    }

    /** The same in each lane. */
    public static V128 splat(long value, int width) {
        return V128.fill(width, i -> value);
    }

    /** One lane. */
    public static long extract(V128 a, int lane, int width, boolean signed) {
        return lane(a, lane, width, signed);
    }

    /** Another value in one lane. */
    public static V128 replace(V128 a, long value, int lane, int width) {
        return a.with(lane, width, value);
    }

    private static long bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static V128 doubles(double low, double high) {
        return new V128(Double.doubleToRawLongBits(low), Double.doubleToRawLongBits(high));
    }

    /** Floats, lane by lane. */
    public static V128 floats(V128 a, V128 b, FloatOperator operator) {
        return V128.fill(Float.SIZE, i -> bits(operator.apply(a.f32(i), b.f32(i))));
    }

    /** Doubles, lane by lane. */
    public static V128 doubles(V128 a, V128 b, DoubleBinaryOperator operator) {
        return doubles(operator.applyAsDouble(a.f64(0), b.f64(0)), operator.applyAsDouble(a.f64(1), b.f64(1)));
    }

    /** Floats, lane by lane: each operation is exact or rounded once more without harm. */
    public static V128 floats(V128 a, DoubleUnaryOperator operator) {
        return V128.fill(Float.SIZE, i -> bits((float) operator.applyAsDouble(a.f32(i))));
    }

    /** Doubles, lane by lane. */
    public static V128 doubles(V128 a, DoubleUnaryOperator operator) {
        return doubles(operator.applyAsDouble(a.f64(0)), operator.applyAsDouble(a.f64(1)));
    }

    /** Floats, lane by lane. */
    public static V128 compareFloats(V128 a, V128 b, Comparison comparison) {
        return V128.fill(Float.SIZE, i -> comparison.test(a.f32(i), b.f32(i)) ? -1 : 0);
    }

    /** Doubles, lane by lane. */
    public static V128 compareDoubles(V128 a, V128 b, Comparison comparison) {
        return V128.fill(Double.SIZE, i -> comparison.test(a.f64(i), b.f64(i)) ? -1 : 0);
    }

    /** Floats as whole numbers, the next that fits. */
    public static V128 truncFloats(V128 a, boolean signed) {
        return V128.fill(Integer.SIZE, i -> signed ? (int) a.f32(i) : Numeric.saturatedUnsignedInt(a.f32(i)));
    }

    /** Doubles as whole numbers, the next that fits; zeros above. */
    public static V128 truncDoubles(V128 a, boolean signed) {
        return V128.fill(
                Integer.SIZE, i -> i > 1 ? 0 : signed ? (int) a.f64(i) : Numeric.saturatedUnsignedInt(a.f64(i)));
    }

    /** Whole numbers as floats. */
    public static V128 convertFloats(V128 a, boolean signed) {
        return V128.fill(Float.SIZE, i -> bits((float) lane(a, i, Integer.SIZE, signed)));
    }

    /** The lower whole numbers as doubles. */
    public static V128 convertDoubles(V128 a, boolean signed) {
        return doubles((double) lane(a, 0, Integer.SIZE, signed), (double) lane(a, 1, Integer.SIZE, signed));
    }

    /** Doubles as floats; zeros above. */
    public static V128 demote(V128 a) {
        return V128.fill(Float.SIZE, i -> i > 1 ? 0 : bits((float) a.f64(i)));
    }

    /** The lower floats as doubles. */
    public static V128 promote(V128 a) {
        return doubles((double) a.f32(0), (double) a.f32(1));
    }

    // Memory. Bases and offsets are unsigned.

    private static int address(int base, int offset) {
        return offset < 0 ? offset : Cells.far(base, offset);
    }

    private static long bytes(int base, int offset, GuestMemory memory, int width) {
        var address = address(base, offset);
        return switch (width) {
            case Byte.SIZE -> Cells.getByte(address, 0, memory.bytes, memory.size);
            case Short.SIZE -> Cells.getShort(address, 0, memory.bytes, memory.size);
            case Integer.SIZE -> Cells.getInt(address, 0, memory.bytes, memory.size);
            default -> Cells.getLong(address, 0, memory.bytes, memory.size);
        };
    }

    private static void range(int address, GuestMemory memory) {
        Objects.checkIndex(address, memory.size - (BYTES - 1));
    }

    /** Loads a vector. */
    public static V128 load(int base, int offset, GuestMemory memory) {
        var address = address(base, offset);
        range(address, memory);
        return new V128(
                Cells.getLong(address, 0, memory.bytes, memory.size),
                Cells.getLong(address, Long.BYTES, memory.bytes, memory.size));
    }

    /** Stores a vector. */
    public static void store(int base, V128 value, int offset, GuestMemory memory) {
        var address = address(base, offset);
        range(address, memory);
        Cells.set(address, value.low(), 0, memory.bytes, memory.size);
        Cells.set(address, value.high(), Long.BYTES, memory.bytes, memory.size);
    }

    /** Loads eight bytes as lanes twice as wide as they are, which {@code width} is. */
    public static V128 loadExtended(int base, int offset, GuestMemory memory, int width, boolean signed) {
        return extend(new V128(bytes(base, offset, memory, Long.SIZE), 0), width, false, signed);
    }

    /** Loads one value into all lanes. */
    public static V128 loadSplat(int base, int offset, GuestMemory memory, int width) {
        return splat(bytes(base, offset, memory, width), width);
    }

    /** Loads the lowest lane; zeros above. */
    public static V128 loadZero(int base, int offset, GuestMemory memory, int width) {
        return V128.ZERO.with(0, width, bytes(base, offset, memory, width));
    }

    /** Loads one lane. */
    public static V128 loadLane(int base, V128 vector, int offset, GuestMemory memory, int width, int lane) {
        return vector.with(lane, width, bytes(base, offset, memory, width));
    }

    /** Stores one lane. */
    public static void storeLane(int base, V128 vector, int offset, GuestMemory memory, int width, int lane) {
        var address = address(base, offset);
        var value = vector.signed(lane, width);
        switch (width) {
            case Byte.SIZE -> Cells.set(address, (byte) value, 0, memory.bytes, memory.size);
            case Short.SIZE -> Cells.set(address, (short) value, 0, memory.bytes, memory.size);
            case Integer.SIZE -> Cells.set(address, (int) value, 0, memory.bytes, memory.size);
            default -> Cells.set(address, value, 0, memory.bytes, memory.size);
        }
    }
}
