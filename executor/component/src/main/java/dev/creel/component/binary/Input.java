package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A cursor over part of a binary. Offsets are those of the whole binary. */
final class Input {
    private final byte[] bytes;
    private final int end;
    private final int nameBytesMax;
    private int at;

    /** @param nameBytesMax the longest name that is read */
    Input(byte[] bytes, int nameBytesMax) {
        this(bytes, 0, bytes.length, nameBytesMax);
    }

    private Input(byte[] bytes, int at, int end, int nameBytesMax) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
        this.nameBytesMax = nameBytesMax;
    }

    int offset() {
        return at;
    }

    int remaining() {
        return end - at;
    }

    boolean atEnd() {
        return at == end;
    }

    InvalidComponentException wrong(Kind kind, String message) {
        return new InvalidComponentException(kind, at, message);
    }

    InvalidComponentException malformed(String message) {
        return wrong(Kind.MALFORMED, message);
    }

    InvalidComponentException invalid(String message) {
        return wrong(Kind.INVALID, message);
    }

    InvalidComponentException unsupported(String feature, String since) {
        return wrong(Kind.UNSUPPORTED, unsupportedText(feature, since));
    }

    static String unsupportedText(String feature, String since) {
        return "this component uses " + feature + " (" + since + "), which this version does not run";
    }

    /** Names in messages: those of a hostile component may be very long. */
    static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }

    /** The next {@code size} bytes as an input of their own. */
    Input part(long size, String what) {
        if (size > remaining()) {
            throw malformed("cut off: " + what + " should have " + size + " bytes, but " + remaining() + " are left");
        }
        var part = new Input(bytes, at, at + (int) size, nameBytesMax);
        at += (int) size;
        return part;
    }

    /** Everything that is left, copied. */
    byte[] rest() {
        var rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    /** The next bytes, copied, without consuming them. */
    byte[] copyOfNext(int count) {
        return Arrays.copyOfRange(bytes, at, at + count);
    }

    int u8() {
        if (at == end) {
            throw malformed("cut off: a byte is missing");
        }
        return bytes[at++] & 0xff;
    }

    int peek() {
        if (at == end) {
            throw malformed("cut off: a byte is missing");
        }
        return bytes[at] & 0xff;
    }

    /** An unsigned number; those beyond 2³¹-1 mean nothing anywhere in a component but in limits, and are refused. */
    int u32() {
        long value = limit();
        if (value > Integer.MAX_VALUE) {
            throw invalid("number " + value + " is out of every range");
        }
        return (int) value;
    }

    /** Any unsigned number of 32 bits. */
    long limit() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                break;
            }
            if (shift == 28) {
                throw malformed("a number takes more than 5 bytes");
            }
        }
        if (value > 0xffff_ffffL) {
            throw malformed("a number is larger than 32 bits");
        }
        return value;
    }

    /** A signed number of 33 bits that must not be negative: a type index where a type may stand too. */
    int s33() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                if ((b & 0x40) != 0) {
                    throw malformed("a type index is negative");
                }
                break;
            }
            if (shift == 28) {
                throw malformed("a number takes more than 5 bytes");
            }
        }
        if (value > 0xffff_ffffL) {
            throw malformed("a type index is larger than 32 bits");
        }
        if (value > Integer.MAX_VALUE) {
            throw invalid("type index " + value + " is out of every range");
        }
        return (int) value;
    }

    /** How many items follow. Each takes a byte at least, so more than remain cannot be. */
    int count(int max, String what) {
        long count = limit();
        if (count > remaining()) {
            throw malformed("cut off: " + count + " " + what + " cannot be in " + remaining() + " bytes");
        }
        if (count > max) {
            throw wrong(Kind.TOO_LARGE, count + " " + what + " are more than the limit of " + max);
        }
        return (int) count;
    }

    boolean flag(String what) {
        return switch (u8()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw malformed(what + " must be 0 or 1");
        };
    }

    String name() {
        var part = part(limit(), "a name");
        int size = part.remaining();
        if (size > nameBytesMax) {
            throw part.wrong(Kind.TOO_LARGE, "a name of " + size + " bytes is longer than " + nameBytesMax);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, part.at, size))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidComponentException(Kind.MALFORMED, part.at, "a name is not UTF-8", e);
        }
    }

    void mustEnd(String what) {
        if (!atEnd()) {
            throw malformed(what + " has " + remaining() + " bytes too many");
        }
    }
}
