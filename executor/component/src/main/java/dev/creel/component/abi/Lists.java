package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What generated code does with lists and with the pairs of address and length that stand for lists and strings. A pair travels
 * in one long: the address in the low half, the length in the high. Generated code finds these methods by name.
 */
final class Lists {
    private Lists() {}

    /** Traps unless a guest's list may be read; counts what its elements take in Java. */
    static void check(Frame from, int address, int length, int elementSize, int align, int heap) {
        bytes(from, address, length, elementSize, align);
        from.charge(24 + length * (4L + heap));
    }

    /** Copies a list whose elements are the same bits everywhere. */
    static long copy(Frame from, Frame to, int address, int length, int elementSize, int align) {
        int size = bytes(from, address, length, elementSize, align);
        from.charge(16L + size);
        int target = to.allocate(align, size);
        System.arraycopy(from.bytes(), address, to.bytes(), target, size);
        return packed(target, length);
    }

    private static int bytes(Frame from, int address, int length, int elementSize, int align) {
        long size = Integer.toUnsignedLong(length) * elementSize;
        if (size > ListShape.BYTES_MAX) {
            throw new TrapException("list of " + size + " bytes");
        }
        from.check(address, align, size);
        return (int) size;
    }

    /** A value that has to be a list. */
    static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw Shape.mismatch("List", value);
    }

    static int length(List<?> list) {
        return list.size();
    }

    static Iterator<?> elements(List<?> list) {
        return list.iterator();
    }

    static Object next(Iterator<?> elements) {
        @Nullable Object value = elements.next();
        if (value == null) {
            throw Shape.mismatch("an element", null);
        }
        return value;
    }

    /** The list of these values. */
    static Object made(Object[] values) {
        return Arrays.asList(values);
    }

    /** Room in a guest for {@code length} elements. */
    static int allocate(Frame to, int length, int elementSize, int align) {
        long size = (long) length * elementSize;
        if (size > ListShape.BYTES_MAX) {
            throw new TrapException("list of " + size + " bytes");
        }
        return to.allocate(align, (int) size);
    }

    /** Writes {@code list<u8>} into a guest. */
    static long writeBytes(Frame to, Object value) {
        var content = BytesShape.content(value);
        return packed(BytesShape.write(to, content), content.length);
    }

    /** Reads {@code list<u8>} out of a guest. */
    static Object readBytes(Frame from, int address, int length) {
        return BytesShape.copy(from, address, length);
    }

    static long packed(int address, int length) {
        return Integer.toUnsignedLong(address) | (long) length << 32;
    }

    /** Puts a pair into memory as it is after the pair was made. */
    static void store(Frame to, int at, long pair) {
        Bits.writeLong(to.bytes(), at, pair);
    }

    /** Puts a pair into two slots. */
    static void lower(long[] slots, int at, long pair) {
        slots[at] = pair & 0xFFFF_FFFFL;
        slots[at + 1] = pair >>> 32;
    }

    /** An i32 or f32 in a slot. */
    static long slot(int bits) {
        return Integer.toUnsignedLong(bits);
    }

    /** Copies bytes that are the same everywhere. */
    static void block(byte[] source, int at, byte[] target, int to, int size) {
        System.arraycopy(source, at, target, to, size);
    }
}
