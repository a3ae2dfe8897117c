package dev.creel.component.abi;

import dev.creel.component.core.TrapException;

/**
 * Strings from one guest's memory into another's, without Java strings between. Every source is checked whole before the target
 * allocates; the calls of {@code realloc} are those of reference component-model §4.4. Both guests' memories are different
 * ones, and the source does not run meanwhile. Generated code finds these methods by name: source, "To", target.
 */
final class Transcoding {
    private static final int TAG = StringShape.TAG;
    private static final int LATIN1_END = 0x100;

    private Transcoding() {}

    static long utf8ToUtf8(Frame from, Frame to, int address, int units) {
        int length = StringShape.checked(from, address, 1, Integer.toUnsignedLong(units));
        var source = from.bytes();
        int end = address + length;
        int plain = Utf8.ascii(source, address, end);
        if (plain != end) {
            Utf8.utf16Units(source, plain, end - plain);
        }
        return copied(to, 1, source, address, length, units);
    }

    static long utf8ToUtf16(Frame from, Frame to, int address, int units) {
        int length = StringShape.checked(from, address, 1, Integer.toUnsignedLong(units));
        var source = from.bytes();
        int chars = Utf8.utf16Units(source, address, length);
        int worst = StringWriter.limited(2L * length);
        int target = to.allocate(2, worst);
        widen(source, address, length, to.bytes(), target);
        return shrunk(to, target, worst, 2 * chars, chars);
    }

    static long utf8ToLatin1OrUtf16(Frame from, Frame to, int address, int units) {
        int length = StringShape.checked(from, address, 1, Integer.toUnsignedLong(units));
        var source = from.bytes();
        int chars = Utf8.utf16Units(source, address, length);
        int target = to.allocate(2, length);
        var bytes = to.bytes();
        int at = address;
        int written = 0;
        while (at < address + length) {
            int c = Utf8.codePoint(source, at);
            if (c >= LATIN1_END) {
                int worst = StringWriter.limited(2L * length);
                target = to.reallocate(target, length, 2, worst);
                widen(source, address, length, to.bytes(), target);
                return shrunk(to, target, worst, 2 * chars, chars | TAG);
            }
            bytes[target + written++] = (byte) c;
            at += Utf8.size(c);
        }
        return shrunk(to, target, length, written, written);
    }

    static long utf16ToUtf8(Frame from, Frame to, int address, int units) {
        int length = StringShape.checked(from, address, 2, 2 * Integer.toUnsignedLong(units));
        var source = from.bytes();
        checkPairs(source, address, length);
        int target = to.allocate(1, units);
        var bytes = to.bytes();
        int plain = 0;
        while (plain < units && unit(source, address, plain) < 0x80) {
            bytes[target + plain] = (byte) unit(source, address, plain);
            plain++;
        }
        if (plain == units) {
            return Lists.packed(target, units);
        }
        long worst = 3L * units;
        target = to.reallocate(target, units, 1, StringWriter.limited(worst));
        bytes = to.bytes();
        int at = target + plain;
        for (int i = plain; i < units; i++) {
            char c = unit(source, address, i);
            at = Utf8.write(
                    bytes, at, Character.isHighSurrogate(c) ? Character.toCodePoint(c, unit(source, address, ++i)) : c);
        }
        return shrunk(to, 1, target, (int) worst, at - target, at - target);
    }

    static long utf16ToUtf16(Frame from, Frame to, int address, int units) {
        int length = StringShape.checked(from, address, 2, 2 * Integer.toUnsignedLong(units));
        var source = from.bytes();
        checkPairs(source, address, length);
        return copied(to, 2, source, address, length, units);
    }

    static long utf16ToLatin1OrUtf16(Frame from, Frame to, int address, int units) {
        int length = StringShape.checked(from, address, 2, 2 * Integer.toUnsignedLong(units));
        var source = from.bytes();
        checkPairs(source, address, length);
        int target = to.allocate(2, units);
        if (deflate(source, address, units, to.bytes(), target)) {
            return Lists.packed(target, units);
        }
        target = to.reallocate(target, units, 2, length);
        System.arraycopy(source, address, to.bytes(), target, length);
        return Lists.packed(target, units | TAG);
    }

    static long latin1OrUtf16ToUtf8(Frame from, Frame to, int address, int units) {
        if (units < 0) {
            return utf16ToUtf8(from, to, address, units & ~TAG);
        }
        int length = StringShape.checked(from, address, 2, units);
        var source = from.bytes();
        int target = to.allocate(1, length);
        int plain = Utf8.ascii(source, address, address + length) - address;
        System.arraycopy(source, address, to.bytes(), target, plain);
        if (plain == length) {
            return Lists.packed(target, length);
        }
        long worst = 2L * length;
        target = to.reallocate(target, length, 1, StringWriter.limited(worst));
        var bytes = to.bytes();
        int at = target + plain;
        for (int i = plain; i < length; i++) {
            at = Utf8.write(bytes, at, source[address + i] & 0xFF);
        }
        return shrunk(to, 1, target, (int) worst, at - target, at - target);
    }

    static long latin1OrUtf16ToUtf16(Frame from, Frame to, int address, int units) {
        if (units < 0) {
            return utf16ToUtf16(from, to, address, units & ~TAG);
        }
        int length = StringShape.checked(from, address, 2, units);
        var source = from.bytes();
        int target = to.allocate(2, StringWriter.limited(2L * length));
        var bytes = to.bytes();
        for (int i = 0; i < length; i++) {
            Bits.writeShort(bytes, target + 2 * i, source[address + i] & 0xFF);
        }
        return Lists.packed(target, length);
    }

    static long latin1OrUtf16ToLatin1OrUtf16(Frame from, Frame to, int address, int units) {
        if (units >= 0) {
            int length = StringShape.checked(from, address, 2, units);
            return copied(to, 2, from.bytes(), address, length, units);
        }
        int chars = units & ~TAG;
        int length = StringShape.checked(from, address, 2, 2L * chars);
        var source = from.bytes();
        checkPairs(source, address, length);
        int target = (int) copied(to, 2, source, address, length, chars);
        if (!isLatin1(source, address, chars)) {
            return Lists.packed(target, chars | TAG);
        }
        deflate(source, address, chars, to.bytes(), target);
        return Lists.packed(to.reallocate(target, length, 1, chars), chars);
    }

    private static long copied(Frame to, int align, byte[] source, int address, int length, int units) {
        int target = to.allocate(align, length);
        System.arraycopy(source, address, to.bytes(), target, length);
        return Lists.packed(target, units);
    }

    private static long shrunk(Frame to, int target, int room, int used, int units) {
        return shrunk(to, 2, target, room, used, units);
    }

    private static long shrunk(Frame to, int align, int target, int room, int used, int units) {
        return Lists.packed(used < room ? to.reallocate(target, room, align, used) : target, units);
    }

    /** Well-formed UTF-8 as UTF-16. */
    private static void widen(byte[] source, int address, int length, byte[] bytes, int target) {
        int out = target;
        int at = address;
        while (at < address + length) {
            int c = Utf8.codePoint(source, at);
            at += Utf8.size(c);
            if (c < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                Bits.writeShort(bytes, out, c);
                out += 2;
            } else {
                Bits.writeInt(bytes, out, Character.lowSurrogate(c) << 16 | Character.highSurrogate(c));
                out += 4;
            }
        }
    }

    /** UTF-16 as Latin-1, as far as it goes; whether that is all. */
    private static boolean deflate(byte[] source, int address, int units, byte[] bytes, int target) {
        for (int i = 0; i < units; i++) {
            char c = unit(source, address, i);
            if (c >= LATIN1_END) {
                return false;
            }
            bytes[target + i] = (byte) c;
        }
        return true;
    }

    private static boolean isLatin1(byte[] source, int address, int units) {
        for (int i = 0; i < units; i++) {
            if (unit(source, address, i) >= LATIN1_END) {
                return false;
            }
        }
        return true;
    }

    private static void checkPairs(byte[] source, int address, int length) {
        int units = length / 2;
        for (int i = 0; i < units; i++) {
            char c = unit(source, address, i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == units || !Character.isSurrogatePair(c, unit(source, address, i + 1))) {
                    throw new TrapException("string is not well-formed UTF-16");
                }
                i++;
            }
        }
    }

    private static char unit(byte[] source, int address, int index) {
        return (char) Bits.readShort(source, address + 2 * index);
    }
}
