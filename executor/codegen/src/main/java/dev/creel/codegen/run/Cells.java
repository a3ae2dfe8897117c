package dev.creel.codegen.run;

import java.util.Objects;

/**
 * Loads and stores in a memory. An address is a base, unsigned, and an offset that the memory's least size has room for together
 * with the value ({@link #far} makes one number of others): so one comparison of the base finds everything that is
 * outside, be it negative as an int.
 */
public final class Cells {
    private Cells() {}

    /** The sum of a base and an offset that the memory's least size may not have room for; negative if no memory is that long. */
    public static int far(int base, int offset) {
        return base < 0 ? base : base + offset;
    }

    /** The index in the array of {@code width} bytes. */
    private static int at(int base, int offset, int width, int size) {
        return Objects.checkIndex(base, size - (offset + (width - 1))) + offset;
    }

    /** Loads a byte. */
    public static byte getByte(int base, int offset, byte[] memory, int size) {
        return memory[at(base, offset, Byte.BYTES, size)];
    }

    /** Stores a byte. */
    public static void set(int base, byte value, int offset, byte[] memory, int size) {
        memory[at(base, offset, Byte.BYTES, size)] = value;
    }

    /** Loads a short. */
    public static short getShort(int base, int offset, byte[] memory, int size) {
        return (short) Views.SHORT.get(memory, at(base, offset, Short.BYTES, size));
    }

    /** Stores a short. */
    public static void set(int base, short value, int offset, byte[] memory, int size) {
        Views.SHORT.set(memory, at(base, offset, Short.BYTES, size), value);
    }

    /** Loads an int. */
    public static int getInt(int base, int offset, byte[] memory, int size) {
        return (int) Views.INT.get(memory, at(base, offset, Integer.BYTES, size));
    }

    /** Stores an int. */
    public static void set(int base, int value, int offset, byte[] memory, int size) {
        Views.INT.set(memory, at(base, offset, Integer.BYTES, size), value);
    }

    /** Loads a long. */
    public static long getLong(int base, int offset, byte[] memory, int size) {
        return (long) Views.LONG.get(memory, at(base, offset, Long.BYTES, size));
    }

    /** Stores a long. */
    public static void set(int base, long value, int offset, byte[] memory, int size) {
        Views.LONG.set(memory, at(base, offset, Long.BYTES, size), value);
    }

    /** Loads a float. */
    public static float getFloat(int base, int offset, byte[] memory, int size) {
        return (float) Views.FLOAT.get(memory, at(base, offset, Float.BYTES, size));
    }

    /** Stores a float. */
    public static void set(int base, float value, int offset, byte[] memory, int size) {
        Views.FLOAT.set(memory, at(base, offset, Float.BYTES, size), value);
    }

    /** Loads a double. */
    public static double getDouble(int base, int offset, byte[] memory, int size) {
        return (double) Views.DOUBLE.get(memory, at(base, offset, Double.BYTES, size));
    }

    /** Stores a double. */
    public static void set(int base, double value, int offset, byte[] memory, int size) {
        Views.DOUBLE.set(memory, at(base, offset, Double.BYTES, size), value);
    }
}
