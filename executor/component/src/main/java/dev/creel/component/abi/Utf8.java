package dev.creel.component.abi;

import dev.creel.component.core.TrapException;

/** UTF-8 in a guest's memory, read without Java strings. Strict: what is ill-formed traps. */
final class Utf8 {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** First byte from {@code at} that is not ASCII, or {@code end}. */
    static int ascii(byte[] bytes, int at, int end) {
        int i = at;
        while (i <= end - 32
                && ((Bits.readLong(bytes, i)
                                        | Bits.readLong(bytes, i + 8)
                                        | Bits.readLong(bytes, i + 16)
                                        | Bits.readLong(bytes, i + 24))
                                & HIGH_BITS)
                        == 0) {
            i += 32;
        }
        while (i <= end - 8 && (Bits.readLong(bytes, i) & HIGH_BITS) == 0) {
            i += 8;
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** How many UTF-16 code units the bytes say; traps if they are not well-formed. */
    static int utf16Units(byte[] bytes, int at, int length) {
        int end = at + length;
        int units = 0;
        int i = at;
        while (true) {
            int plain = ascii(bytes, i, end);
            units += plain - i;
            i = plain;
            if (i == end) {
                return units;
            }
            while (i < end && bytes[i] < 0) {
                int width = width(bytes, i, end);
                units += width == 4 ? 2 : 1;
                i += width;
            }
        }
    }

    /** Bytes of the character at {@code at}, which is not ASCII. */
    private static int width(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int room = end - at;
        if (lead >= 0xC2 && lead <= 0xDF && room >= 2 && continues(bytes[at + 1])) {
            return 2;
        }
        // The second byte excludes what has a shorter form, surrogates, and what lies beyond Unicode.
        if (lead >= 0xE0
                && lead <= 0xEF
                && room >= 3
                && within(bytes[at + 1], lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF)
                && continues(bytes[at + 2])) {
            return 3;
        }
        if (lead >= 0xF0
                && lead <= 0xF4
                && room >= 4
                && within(bytes[at + 1], lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF)
                && continues(bytes[at + 2])
                && continues(bytes[at + 3])) {
            return 4;
        }
        throw new TrapException("string is not well-formed UTF-8");
    }

    private static boolean continues(byte one) {
        return (one & 0xC0) == 0x80;
    }

    private static boolean within(byte one, int low, int high) {
        return (one & 0xFF) >= low && (one & 0xFF) <= high;
    }

    /** The character at {@code at} of well-formed bytes. */
    static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        if ((lead & 0xE0) == 0xC0) {
            return ((lead & 0x1F) << 6) | low(bytes[at + 1]);
        }
        if ((lead & 0xF0) == 0xE0) {
            return ((lead & 0x0F) << 12) | (low(bytes[at + 1]) << 6) | low(bytes[at + 2]);
        }
        return ((lead & 0x07) << 18) | (low(bytes[at + 1]) << 12) | (low(bytes[at + 2]) << 6) | low(bytes[at + 3]);
    }

    /** What a continuation byte carries. */
    private static int low(int one) {
        return one & 0x3F;
    }

    /** Bytes that a character takes. */
    static int size(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Writes a character and returns where the next goes. */
    static int write(byte[] bytes, int at, int codePoint) {
        switch (size(codePoint)) {
            case 1 -> bytes[at] = (byte) codePoint;
            case 2 -> {
                bytes[at] = (byte) (0xC0 | codePoint >> 6);
                bytes[at + 1] = continuation(codePoint);
            }
            case 3 -> {
                bytes[at] = (byte) (0xE0 | codePoint >> 12);
                bytes[at + 1] = continuation(codePoint >> 6);
                bytes[at + 2] = continuation(codePoint);
            }
            default -> {
                bytes[at] = (byte) (0xF0 | codePoint >> 18);
                bytes[at + 1] = continuation(codePoint >> 12);
                bytes[at + 2] = continuation(codePoint >> 6);
                bytes[at + 3] = continuation(codePoint);
            }
        }
        return at + size(codePoint);
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | low(bits));
    }
}
