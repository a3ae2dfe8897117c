package dev.creel.codegen.fuzz;

import java.util.Random;

/** Numbers that programs stumble over, and others. */
final class Constants {
    private static final long[] WHOLE = {
        0,
        1,
        -1,
        2,
        7,
        8,
        31,
        32,
        33,
        63,
        64,
        127,
        128,
        255,
        256,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x7fff_ffff,
        0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -128,
        -129,
        -0x8000,
        -0x8001,
        Integer.MIN_VALUE
    };
    private static final double[] REAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        0.9999999,
        1e9,
        -1e9,
        2147483647,
        2147483648.0,
        -2147483648.0,
        -2147483649.0,
        4294967295.0,
        4294967296.0,
        9.223372036854776e18,
        -9.223372036854776e18,
        1.8446744073709552e19,
        8388608.5,
        4503599627370495.5,
        1e300,
        -1e300,
        1e-300,
        1e-45,
        3.4e38,
        3.5e38,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    private static final long LOW = 0xffff_ffffL;

    private final Random random;

    Constants(Random random) {
        this.random = random;
    }

    /** Bits of a value, of vectors the lower half; a NaN is the canonical one. */
    long of(Kind kind) {
        return switch (kind.value()) {
            case I32 -> (int) whole() & LOW;
            case I64 -> whole();
            case F32 -> Float.floatToIntBits((float) real()) & LOW;
            case F64 -> Double.doubleToLongBits(real());
            case V128 -> half();
            case FUNCREF, EXTERNREF, EXNREF -> 0;
        };
    }

    /** Half a vector, as lanes of some width. */
    long half() {
        return switch (random.nextInt(5)) {
            case 0 -> of(Kind.I64);
            case 1 -> of(Kind.I32) << Integer.SIZE | of(Kind.I32);
            case 2 -> of(Kind.F32) << Integer.SIZE | of(Kind.F32);
            case 3 -> of(Kind.F64);
            default -> random.nextLong() << random.nextInt(Long.SIZE);
        };
    }

    private long whole() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100);
            default -> WHOLE[random.nextInt(WHOLE.length)];
        };
    }

    private double real() {
        return switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> Float.intBitsToFloat(random.nextInt());
            case 2 -> random.nextInt(2000) / 8.0 - 100;
            default -> REAL[random.nextInt(REAL.length)];
        };
    }
}
