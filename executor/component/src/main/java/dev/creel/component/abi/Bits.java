package dev.creel.component.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian integers of 1, 2, 4 or 8 bytes in a byte array. */
final class Bits {
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bits() {}

    /** Reads {@code size} bytes, zero-extended. */
    static long read(byte[] bytes, int at, int size) {
        return switch (size) {
            case 1 -> bytes[at] & 0xFFL;
            case 2 -> (short) SHORT.get(bytes, at) & 0xFFFFL;
            case 4 -> (int) INT.get(bytes, at) & 0xFFFF_FFFFL;
            default -> (long) LONG.get(bytes, at);
        };
    }

    /** Writes the low {@code size} bytes of {@code bits}. */
    static void write(byte[] bytes, int at, int size, long bits) {
        switch (size) {
            case 1 -> bytes[at] = (byte) bits;
            case 2 -> SHORT.set(bytes, at, (short) bits);
            case 4 -> INT.set(bytes, at, (int) bits);
            default -> LONG.set(bytes, at, bits);
        }
    }

    static int readByte(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    static int readShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    static int readInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long readLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void writeByte(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
    }

    static void writeShort(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static void writeInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void writeLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }
}
