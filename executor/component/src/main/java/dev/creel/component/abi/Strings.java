package dev.creel.component.abi;

import dev.creel.component.plan.StringEncoding;

/** Strings between Java and a guest, a method for each encoding, for generated code, which finds them by name. */
final class Strings {
    private Strings() {}

    static Object readUtf8(Frame from, int address, int units) {
        return StringShape.read(from, address, units, StringEncoding.UTF8);
    }

    static Object readUtf16(Frame from, int address, int units) {
        return StringShape.read(from, address, units, StringEncoding.UTF16);
    }

    static Object readLatin1OrUtf16(Frame from, int address, int units) {
        return StringShape.read(from, address, units, StringEncoding.LATIN1_UTF16);
    }

    static long writeUtf8(Frame to, Object value) {
        return StringWriter.fromHost(to, chars(value), StringEncoding.UTF8);
    }

    static long writeUtf16(Frame to, Object value) {
        return StringWriter.fromHost(to, chars(value), StringEncoding.UTF16);
    }

    static long writeLatin1OrUtf16(Frame to, Object value) {
        return StringWriter.fromHost(to, chars(value), StringEncoding.LATIN1_UTF16);
    }

    private static String chars(Object value) {
        if (value instanceof String chars) {
            return chars;
        }
        throw Shape.mismatch("String", value);
    }

    /** How the names of methods for {@code encoding} end. */
    static String named(StringEncoding encoding) {
        return switch (encoding) {
            case UTF8 -> "Utf8";
            case UTF16 -> "Utf16";
            case LATIN1_UTF16 -> "Latin1OrUtf16";
        };
    }
}
