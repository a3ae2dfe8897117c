package dev.creel.codegen.run;

/**
 * Loads and stores in a memory's array, each with an address that is checked by the array, or with a base and an offset: a base
 * that is negative as an int is outside of every memory, and a sum that overflows is negative.
 */
public final class Cells {
    private Cells() {}

    /** Loads a byte. */
    public static byte getByte(int address, byte[] memory) {
        return memory[address];
    }

    /** Loads a byte at an offset. */
    public static byte getByte(int base, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return memory[base + offset];
    }

    /** Stores a byte. */
    public static void set(int address, byte value, byte[] memory) {
        memory[address] = value;
    }

    /** Stores a byte at an offset. */
    public static void set(int base, byte value, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        memory[base + offset] = value;
    }

    /** Loads a short. */
    public static short getShort(int address, byte[] memory) {
        return (short) Views.SHORT.get(memory, address);
    }

    /** Loads a short at an offset. */
    public static short getShort(int base, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return (short) Views.SHORT.get(memory, base + offset);
    }

    /** Stores a short. */
    public static void set(int address, short value, byte[] memory) {
        Views.SHORT.set(memory, address, value);
    }

    /** Stores a short at an offset. */
    public static void set(int base, short value, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        Views.SHORT.set(memory, base + offset, value);
    }

    /** Loads a int. */
    public static int getInt(int address, byte[] memory) {
        return (int) Views.INT.get(memory, address);
    }

    /** Loads a int at an offset. */
    public static int getInt(int base, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return (int) Views.INT.get(memory, base + offset);
    }

    /** Stores a int. */
    public static void set(int address, int value, byte[] memory) {
        Views.INT.set(memory, address, value);
    }

    /** Stores a int at an offset. */
    public static void set(int base, int value, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        Views.INT.set(memory, base + offset, value);
    }

    /** Loads a long. */
    public static long getLong(int address, byte[] memory) {
        return (long) Views.LONG.get(memory, address);
    }

    /** Loads a long at an offset. */
    public static long getLong(int base, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return (long) Views.LONG.get(memory, base + offset);
    }

    /** Stores a long. */
    public static void set(int address, long value, byte[] memory) {
        Views.LONG.set(memory, address, value);
    }

    /** Stores a long at an offset. */
    public static void set(int base, long value, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        Views.LONG.set(memory, base + offset, value);
    }

    /** Loads a float. */
    public static float getFloat(int address, byte[] memory) {
        return (float) Views.FLOAT.get(memory, address);
    }

    /** Loads a float at an offset. */
    public static float getFloat(int base, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return (float) Views.FLOAT.get(memory, base + offset);
    }

    /** Stores a float. */
    public static void set(int address, float value, byte[] memory) {
        Views.FLOAT.set(memory, address, value);
    }

    /** Stores a float at an offset. */
    public static void set(int base, float value, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        Views.FLOAT.set(memory, base + offset, value);
    }

    /** Loads a double. */
    public static double getDouble(int address, byte[] memory) {
        return (double) Views.DOUBLE.get(memory, address);
    }

    /** Loads a double at an offset. */
    public static double getDouble(int base, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        return (double) Views.DOUBLE.get(memory, base + offset);
    }

    /** Stores a double. */
    public static void set(int address, double value, byte[] memory) {
        Views.DOUBLE.set(memory, address, value);
    }

    /** Stores a double at an offset. */
    public static void set(int base, double value, int offset, byte[] memory) {
        if (base < 0) {
            throw Traps.outOfBounds();
        }
        Views.DOUBLE.set(memory, base + offset, value);
    }
}
