package dev.creel.codegen.run;

import dev.creel.component.core.TrapException;

/** Instructions on numbers that Java has no bytecode or method for. */
public final class Numeric {
    private static final double TWO_63 = 0x1p63;
    private static final double TWO_64 = 0x1p64;
    private static final double TWO_32 = 0x1p32;

    private Numeric() {}

    /** {@code i32.div_s}. */
    public static int div(int a, int b) {
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw overflow();
        }
        return a / b;
    }

    /** {@code i64.div_s}. */
    public static long div(long a, long b) {
        if (b == -1 && a == Long.MIN_VALUE) {
            throw overflow();
        }
        return a / b;
    }

    /** {@code i32.trunc_f32_s}, {@code i32.trunc_f64_s}. */
    public static int toInt(double x) {
        if (!(x > -0x1p31 - 1 && x < 0x1p31)) {
            throw unrepresentable(x);
        }
        return (int) x;
    }

    /** {@code i32.trunc_f32_u}, {@code i32.trunc_f64_u}. */
    public static int toUnsignedInt(double x) {
        if (!(x > -1 && x < TWO_32)) {
            throw unrepresentable(x);
        }
        return (int) (long) x;
    }

    /** {@code i64.trunc_f32_s}, {@code i64.trunc_f64_s}. */
    public static long toLong(double x) {
        if (!(x >= -TWO_63 && x < TWO_63)) {
            throw unrepresentable(x);
        }
        return (long) x;
    }

    /** {@code i64.trunc_f32_u}, {@code i64.trunc_f64_u}. */
    public static long toUnsignedLong(double x) {
        if (!(x > -1 && x < TWO_64)) {
            throw unrepresentable(x);
        }
        return unsigned(x);
    }

    /** {@code i32.trunc_sat_f32_u}, {@code i32.trunc_sat_f64_u}. */
    public static int saturatedUnsignedInt(double x) {
        return x >= TWO_32 ? -1 : x > 0 ? (int) (long) x : 0;
    }

    /** {@code i64.trunc_sat_f32_u}, {@code i64.trunc_sat_f64_u}. */
    public static long saturatedUnsignedLong(double x) {
        return x >= TWO_64 ? -1 : x > 0 ? unsigned(x) : 0;
    }

    private static long unsigned(double x) {
        return x < TWO_63 ? (long) x : (long) (x - TWO_63) ^ Long.MIN_VALUE;
    }

    private static TrapException overflow() {
        return new TrapException("integer overflow");
    }

    private static TrapException unrepresentable(double x) {
        return Double.isNaN(x) ? new TrapException("invalid conversion to integer") : overflow();
    }

    /** {@code f32.convert_i64_u}. */
    public static float toFloat(long x) {
        // Halved with the lost bit kept, so that rounding sees it.
        return x >= 0 ? (float) x : (float) ((x >>> 1) | (x & 1)) * 2;
    }

    /** {@code f64.convert_i64_u}. */
    public static double toDouble(long x) {
        return x >= 0 ? (double) x : (double) ((x >>> 1) | (x & 1)) * 2;
    }

    /** {@code f32.min}. */
    public static float min(float a, float b) {
        return quiet(Math.min(a, b));
    }

    /** {@code f32.max}. */
    public static float max(float a, float b) {
        return quiet(Math.max(a, b));
    }

    /** {@code f64.min}. */
    public static double min(double a, double b) {
        return quiet(Math.min(a, b));
    }

    /** {@code f64.max}. */
    public static double max(double a, double b) {
        return quiet(Math.max(a, b));
    }

    /** {@code ceil}. */
    public static double ceil(double x) {
        return quiet(Math.ceil(x));
    }

    /** {@code floor}. */
    public static double floor(double x) {
        return quiet(Math.floor(x));
    }

    /** {@code nearest}. */
    public static double nearest(double x) {
        return quiet(Math.rint(x));
    }

    /** {@code trunc}. */
    public static double trunc(double x) {
        return x < 0 ? Math.ceil(x) : floor(x);
    }

    /** {@code f32.neg}: the sign of a NaN, too. */
    public static float neg(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ Integer.MIN_VALUE);
    }

    /** {@code f64.neg}: the sign of a NaN, too. */
    public static double neg(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ Long.MIN_VALUE);
    }

    /** Arithmetic makes NaNs quiet; some of Java's methods hand them on as they are. */
    private static float quiet(float value) {
        return Float.isNaN(value) ? value + value : value;
    }

    private static double quiet(double value) {
        return Double.isNaN(value) ? value + value : value;
    }
}
