package dev.creel.component.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.plan.StringEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/** Strings: address and number of code units, in the encoding that the guest's canonical options name. */
final class StringShape extends Shape {
    static final StringShape ONE = new StringShape();

    static final int TAG = 1 << 31;

    private StringShape() {
        super(8, 4, List.of(ValueKind.I32, ValueKind.I32), 0);
    }

    @Override
    Object load(Frame from, int at) {
        var bytes = from.bytes();
        return read(from, Bits.readInt(bytes, at), Bits.readInt(bytes, at + 4));
    }

    @Override
    void store(Frame to, int at, Object value) {
        long written = StringWriter.write(to, value);
        Bits.write(to.bytes(), at, 8, written);
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return read(from, (int) slots[at], (int) slots[at + 1]);
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        long written = StringWriter.write(to, value);
        slots[at] = written & 0xFFFF_FFFFL;
        slots[at + 1] = written >>> 32;
    }

    private static Object read(Frame from, int address, int units) {
        var chars = read(from, address, units, from.canon.encoding);
        return switch (from.canon.encoding) {
            case UTF8 -> made(from, chars, Text.Source.UTF8, units);
            case UTF16 -> made(from, chars, Text.Source.UTF16, units);
            case LATIN1_UTF16 ->
                made(from, chars, units < 0 ? Text.Source.TAGGED_UTF16 : Text.Source.LATIN1, units & ~TAG);
        };
    }

    /** What {@code units} code units at {@code address} say. */
    static String read(Frame from, int address, int units, StringEncoding encoding) {
        return switch (encoding) {
            case UTF8 -> utf8(from, address, units);
            case UTF16 -> utf16(from, address, units);
            case LATIN1_UTF16 -> units < 0 ? utf16(from, address, units & ~TAG) : latin1(from, address, units);
        };
    }

    private static Object made(Frame from, String chars, Text.Source source, int units) {
        return from.toGuest ? new Text(chars, source, units) : chars;
    }

    private static String utf8(Frame from, int address, int units) {
        int length = checked(from, address, 1, Integer.toUnsignedLong(units));
        var text = new String(from.bytes(), address, length, UTF_8);
        // The decoder puts U+FFFD for what is ill-formed; only then is it worth to look twice.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(from.bytes(), address, length));
            } catch (CharacterCodingException e) {
                throw new TrapException("string is not well-formed UTF-8", e);
            }
        }
        return text;
    }

    private static String utf16(Frame from, int address, int units) {
        int length = checked(from, address, 2, 2 * Integer.toUnsignedLong(units)) / 2;
        var bytes = from.bytes();
        var chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) (short) Bits.SHORT.get(bytes, address + 2 * i);
        }
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(chars[i])) {
                if (i + 1 == length || !Character.isSurrogatePair(chars[i], chars[i + 1])) {
                    throw new TrapException("string is not well-formed UTF-16");
                }
                i++;
            }
        }
        return new String(chars);
    }

    private static String latin1(Frame from, int address, int units) {
        int length = checked(from, address, 2, units);
        return new String(from.bytes(), address, length, ISO_8859_1);
    }

    static int checked(Frame from, int address, int align, long bytes) {
        if (bytes > ListShape.BYTES_MAX) {
            throw new TrapException("string of " + bytes + " bytes");
        }
        from.check(address, align, bytes);
        from.charge(48 + bytes);
        return (int) bytes;
    }
}
