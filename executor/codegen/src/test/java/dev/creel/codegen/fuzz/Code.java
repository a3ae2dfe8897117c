package dev.creel.codegen.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes the binary format. Each method returns the same object. */
final class Code {
    private static final int MORE = 0x80;
    private static final int BITS = 7;
    /** How far the upper half of a vector is turned, if its lower half is all that is known. */
    private static final int UPPER_HALF = 19;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Bytes as they are, from the low ends of numbers. */
    Code raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    /** What another has written. */
    Code then(Code other) {
        bytes.writeBytes(other.bytes.toByteArray());
        return this;
    }

    /** An unsigned number. */
    Code number(long value) {
        long rest = value;
        while (rest >= MORE) {
            bytes.write((int) (rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        bytes.write((int) rest);
        return this;
    }

    /** A signed number. */
    Code signed(long value) {
        long rest = value;
        while (rest < -(MORE >> 1) || rest >= MORE >> 1) {
            bytes.write((int) (rest & (MORE - 1)) | MORE);
            rest >>= BITS;
        }
        bytes.write((int) (rest & (MORE - 1)));
        return this;
    }

    /** Little-endian bytes. */
    Code fixed(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> (Byte.SIZE * i)));
        }
        return this;
    }

    Code name(String text) {
        var coded = text.getBytes(UTF_8);
        number(coded.length);
        bytes.writeBytes(coded);
        return this;
    }

    /** With its length before it. */
    Code sized(Code other) {
        return number(other.bytes.size()).then(other);
    }

    Code kinds(List<Kind> kinds) {
        number(kinds.size());
        kinds.forEach(this::kind);
        return this;
    }

    /** How a type is written. */
    Code kind(Kind kind) {
        return kind.typed() ? raw(kind.nullable() ? 0x63 : 0x64).signed(kind.function()) : raw(code(kind));
    }

    /** The constant with these bits; of vectors, the lower half; of references, null. */
    Code constant(Kind kind, long value) {
        return switch (kind.value()) {
            case I32 -> raw(0x41).signed(value << Integer.SIZE >> Integer.SIZE);
            case I64 -> raw(0x42).signed(value);
            case F32 -> raw(0x43).fixed(value, Float.BYTES);
            case F64 -> raw(0x44).fixed(value, Double.BYTES);
            case V128 -> vector(value, Long.rotateLeft(value, UPPER_HALF));
            case FUNCREF, EXTERNREF, EXNREF -> kind.typed() ? raw(0xd0).signed(kind.function()) : raw(0xd0, code(kind));
        };
    }

    /** A vector with these halves. */
    Code vector(long low, long high) {
        return raw(0xfd, 12).fixed(low, Long.BYTES).fixed(high, Long.BYTES);
    }

    private static int code(Kind kind) {
        return switch (kind.value()) {
            case I32 -> 0x7f;
            case I64 -> 0x7e;
            case F32 -> 0x7d;
            case F64 -> 0x7c;
            case V128 -> 0x7b;
            case FUNCREF -> 0x70;
            case EXTERNREF -> 0x6f;
            case EXNREF -> 0x69;
        };
    }

    int size() {
        return bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
