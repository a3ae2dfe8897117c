package dev.creel.codegen.run;

/**
 * A vector of 128 bits.
 *
 * @param low the lower lanes
 * @param high the upper lanes
 */
public record V128(long low, long high) {
    /** All bits zero. */
    public static final V128 ZERO = new V128(0, 0);

    private static final int WORD = Long.SIZE;

    /** From its halves. */
    public static V128 of(long low, long high) {
        return new V128(low, high);
    }

    /** A lane of {@code width} bits, its sign extended. */
    long signed(int lane, int width) {
        var bit = lane * width;
        return (bit < WORD ? low : high) << (WORD - width - (bit & (WORD - 1))) >> (WORD - width);
    }

    /** A lane of {@code width} bits, filled up with zeros. */
    long unsigned(int lane, int width) {
        var bit = lane * width;
        return (bit < WORD ? low : high) << (WORD - width - (bit & (WORD - 1))) >>> (WORD - width);
    }

    float f32(int lane) {
        return Float.intBitsToFloat((int) signed(lane, Float.SIZE));
    }

    double f64(int lane) {
        return Double.longBitsToDouble(lane == 0 ? low : high);
    }

    /** The same but for one lane. */
    V128 with(int lane, int width, long value) {
        var bit = lane * width;
        var shift = bit & (WORD - 1);
        var mask = (-1L >>> (WORD - width)) << shift;
        var bits = (value << shift) & mask;
        return bit < WORD ? new V128((low & ~mask) | bits, high) : new V128(low, (high & ~mask) | bits);
    }

    /** What computes a lane. */
    interface Lane {
        long at(int lane);
    }

    /** A vector of lanes of {@code width} bits. */
    static V128 fill(int width, Lane lanes) {
        var half = WORD / width;
        var mask = -1L >>> (WORD - width);
        var low = 0L;
        var high = 0L;
        for (var i = 0; i < half; i++) {
            low |= (lanes.at(i) & mask) << (i * width);
            high |= (lanes.at(half + i) & mask) << (i * width);
        }
        return new V128(low, high);
    }
}
