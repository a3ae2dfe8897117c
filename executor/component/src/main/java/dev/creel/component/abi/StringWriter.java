package dev.creel.component.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.component.core.TrapException;
import dev.creel.component.plan.StringEncoding;

/**
 * Writes strings into a guest. Its calls of {@code realloc} are observable and follow reference component-model §4.4 for each
 * pair of encodings. The host may choose what its own strings are encoded in, and chooses so that one exact allocation does.
 * Surrogates without a partner in a Java string are replaced as Java does it.
 */
final class StringWriter {
    private static final int TAG = 1 << 31;

    private StringWriter() {}

    /** Writes a {@link String} or {@link Text}; returns the address in the low half and the (tagged) code units in the high. */
    static long write(Frame to, Object value) {
        return switch (value) {
            case String chars -> fromHost(to, chars, to.canon.encoding);
            case Text text ->
                switch (to.canon.encoding) {
                    case UTF8 -> toUtf8(to, text);
                    case UTF16 -> toUtf16(to, text);
                    case LATIN1_UTF16 -> toLatin1OrUtf16(to, text);
                };
            default -> throw Shape.mismatch("String", value);
        };
    }

    static long fromHost(Frame to, String chars, StringEncoding encoding) {
        return switch (encoding) {
            case UTF8 -> {
                var bytes = chars.getBytes(UTF_8);
                yield exact(to, 1, bytes, bytes.length);
            }
            case UTF16 -> exact(to, 2, chars.getBytes(UTF_16LE), chars.length());
            case LATIN1_UTF16 ->
                isLatin1(chars)
                        ? exact(to, 2, chars.getBytes(ISO_8859_1), chars.length())
                        : exact(to, 2, chars.getBytes(UTF_16LE), chars.length() | TAG);
        };
    }

    private static long toUtf8(Frame to, Text text) {
        var bytes = text.chars().getBytes(UTF_8);
        return switch (text.source()) {
            case UTF8 -> exact(to, 1, bytes, bytes.length);
            case LATIN1 -> growing(to, bytes, text.units(), 2L * text.units());
            case UTF16, TAGGED_UTF16 -> growing(to, bytes, text.units(), 3L * text.units());
        };
    }

    /** Hopes for ASCII; at the first other character takes the worst case, and gives back the rest at the end. */
    private static long growing(Frame to, byte[] bytes, int units, long worst) {
        int address = to.allocate(1, units);
        int ascii = 0;
        while (ascii < bytes.length && bytes[ascii] >= 0) {
            ascii++;
        }
        System.arraycopy(bytes, 0, to.bytes(), address, ascii);
        if (ascii == bytes.length) {
            return packed(address, units);
        }
        address = to.reallocate(address, units, 1, limited(worst));
        System.arraycopy(bytes, ascii, to.bytes(), address + ascii, bytes.length - ascii);
        if (worst > bytes.length) {
            address = to.reallocate(address, (int) worst, 1, bytes.length);
        }
        return packed(address, bytes.length);
    }

    private static long toUtf16(Frame to, Text text) {
        var bytes = text.chars().getBytes(UTF_16LE);
        return switch (text.source()) {
            case UTF16, TAGGED_UTF16, LATIN1 -> exact(to, 2, bytes, bytes.length / 2);
            case UTF8 -> {
                int worst = limited(2L * text.units());
                int address = to.allocate(2, worst);
                System.arraycopy(bytes, 0, to.bytes(), address, bytes.length);
                if (bytes.length < worst) {
                    address = to.reallocate(address, worst, 2, bytes.length);
                }
                yield packed(address, bytes.length / 2);
            }
        };
    }

    private static long toLatin1OrUtf16(Frame to, Text text) {
        var chars = text.chars();
        return switch (text.source()) {
            case LATIN1 -> exact(to, 2, chars.getBytes(ISO_8859_1), chars.length());
            case UTF8, UTF16 -> hopingForLatin1(to, chars, text.units());
            case TAGGED_UTF16 -> hopingToDeflate(to, chars);
        };
    }

    private static long hopingForLatin1(Frame to, String chars, int units) {
        int address = to.allocate(2, units);
        int narrow = latin1Prefix(chars);
        var latin1 = chars.substring(0, narrow).getBytes(ISO_8859_1);
        System.arraycopy(latin1, 0, to.bytes(), address, narrow);
        if (narrow == chars.length()) {
            if (narrow < units) {
                address = to.reallocate(address, units, 2, narrow);
            }
            return packed(address, narrow);
        }
        int worst = limited(2L * units);
        address = to.reallocate(address, units, 2, worst);
        var bytes = chars.getBytes(UTF_16LE);
        System.arraycopy(bytes, 0, to.bytes(), address, bytes.length);
        if (worst > bytes.length) {
            address = to.reallocate(address, worst, 2, bytes.length);
        }
        return packed(address, bytes.length / 2 | TAG);
    }

    private static long hopingToDeflate(Frame to, String chars) {
        var bytes = chars.getBytes(UTF_16LE);
        int size = limited(bytes.length);
        int address = to.allocate(2, size);
        System.arraycopy(bytes, 0, to.bytes(), address, size);
        if (!isLatin1(chars)) {
            return packed(address, size / 2 | TAG);
        }
        var latin1 = chars.getBytes(ISO_8859_1);
        System.arraycopy(latin1, 0, to.bytes(), address, latin1.length);
        return packed(to.reallocate(address, size, 1, latin1.length), latin1.length);
    }

    private static long exact(Frame to, int align, byte[] bytes, int units) {
        int address = to.allocate(align, limited(bytes.length));
        System.arraycopy(bytes, 0, to.bytes(), address, bytes.length);
        return packed(address, units);
    }

    static int limited(long bytes) {
        if (bytes > ListShape.BYTES_MAX) {
            throw new TrapException("string of " + bytes + " bytes");
        }
        return (int) bytes;
    }

    private static boolean isLatin1(String chars) {
        return latin1Prefix(chars) == chars.length();
    }

    private static int latin1Prefix(String chars) {
        int i = 0;
        while (i < chars.length() && chars.charAt(i) < 0x100) {
            i++;
        }
        return i;
    }

    private static long packed(int address, int units) {
        return Integer.toUnsignedLong(address) | (long) units << 32;
    }
}
