package dev.creel.codegen.run;

/**
 * The same as {@link Cells} for memories whose arrays are exactly as long as they are ({@link GuestMemory#exactly}), so that the array's
 * check of the index is the check of the address: a base that is negative as an int is outside, and a sum that overflows is negative.
 */
public final class ExactCells {
    private ExactCells() {}

    private static int at(int base, int offset) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return base + offset;
    }

    /** Loads a byte. */
    public static byte getByte(int base, int offset, byte[] memory) {
        return memory[at(base, offset)];
    }

    /** Stores a byte. */
    public static void set(int base, byte value, int offset, byte[] memory) {
        memory[at(base, offset)] = value;
    }

    /** Loads a short. */
    public static short getShort(int base, int offset, byte[] memory) {
        return (short) Views.SHORT.get(memory, at(base, offset));
    }

    /** Stores a short. */
    public static void set(int base, short value, int offset, byte[] memory) {
        Views.SHORT.set(memory, at(base, offset), value);
    }

    /** Loads an int. */
    public static int getInt(int base, int offset, byte[] memory) {
        return (int) Views.INT.get(memory, at(base, offset));
    }

    /** Stores an int. */
    public static void set(int base, int value, int offset, byte[] memory) {
        Views.INT.set(memory, at(base, offset), value);
    }

    /** Loads a long. */
    public static long getLong(int base, int offset, byte[] memory) {
        return (long) Views.LONG.get(memory, at(base, offset));
    }

    /** Stores a long. */
    public static void set(int base, long value, int offset, byte[] memory) {
        Views.LONG.set(memory, at(base, offset), value);
    }

    /** Loads a float. */
    public static float getFloat(int base, int offset, byte[] memory) {
        return (float) Views.FLOAT.get(memory, at(base, offset));
    }

    /** Stores a float. */
    public static void set(int base, float value, int offset, byte[] memory) {
        Views.FLOAT.set(memory, at(base, offset), value);
    }

    /** Loads a double. */
    public static double getDouble(int base, int offset, byte[] memory) {
        return (double) Views.DOUBLE.get(memory, at(base, offset));
    }

    /** Stores a double. */
    public static void set(int base, double value, int offset, byte[] memory) {
        Views.DOUBLE.set(memory, at(base, offset), value);
    }
}
