package dev.creel.codegen.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.component.core.ValueKind;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes the binary format. Each method returns the same object. */
final class Code {
    private static final int MORE = 0x80;
    private static final int BITS = 7;
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

    Code kinds(List<ValueKind> kinds) {
        number(kinds.size());
        kinds.forEach(kind -> raw(code(kind)));
        return this;
    }

    /** The constant with these bits; of references, null. */
    Code constant(ValueKind kind, long value) {
        return switch (kind) {
            case I32 -> raw(0x41).signed(value << Integer.SIZE >> Integer.SIZE);
            case I64 -> raw(0x42).signed(value);
            case F32 -> raw(0x43).fixed(value, Float.BYTES);
            case F64 -> raw(0x44).fixed(value, Double.BYTES);
            case FUNCREF, EXTERNREF -> raw(0xd0, code(kind));
            case V128, EXNREF -> throw new IllegalArgumentException("no constants of " + kind);
        };
    }

    /** How a type is written. */
    static int code(ValueKind kind) {
        return switch (kind) {
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
