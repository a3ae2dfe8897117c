package dev.creel.component.chicory;

import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.InvalidModuleException.Kind;

/**
 * Looks at the counts of a core module before Chicory does, which makes room for as many items as a count says before it reads the
 * first: types, names, elements, bytes of data, locals. A count that cannot be is refused here.
 */
final class Counts {
    /** Locals of one function; the same in other engines. */
    static final int LOCALS_MAX = 50_000;
    /** Locals of all functions for each byte of them, beside as many as one function may have: they are in memory one by one. */
    private static final int LOCALS_FOR_A_BYTE = 8;

    private static final int TYPES = 1;
    private static final int IMPORTS = 2;
    private static final int FUNCTIONS = 3;
    private static final int TABLES = 4;
    private static final int MEMORIES = 5;
    private static final int GLOBALS = 6;
    private static final int EXPORTS = 7;
    private static final int ELEMENTS = 9;
    private static final int CODE = 10;
    private static final int DATA = 11;
    private static final int TAGS = 13;
    private static final int VECTOR_CONSTANT = 12;

    private final byte[] wasm;
    private final int start;
    private final int end;
    private int at;
    private long locals;

    private Counts(byte[] wasm, int at, int end) {
        this.wasm = wasm;
        this.start = at;
        this.at = at;
        this.end = end;
    }

    /** @throws InvalidModuleException if the section from {@code at} to {@code end} counts more than it holds */
    static void check(byte[] wasm, int id, int at, int end) {
        var counts = new Counts(wasm, at, end);
        switch (id) {
            case TYPES -> counts.each(counts::type);
            case IMPORTS -> counts.each(counts::imported);
            case FUNCTIONS -> counts.each(counts::number);
            case TABLES, MEMORIES, GLOBALS, TAGS -> counts.count();
            case EXPORTS -> counts.each(counts::exported);
            case ELEMENTS -> counts.each(counts::elements);
            case CODE -> counts.each(counts::body);
            case DATA -> counts.each(counts::data);
            default -> {}
        }
    }

    private void each(Runnable item) {
        for (int left = count(); left > 0; left--) {
            item.run();
        }
    }

    private void type() {
        switch (u8()) {
            case 0x4e -> each(this::type);
            case 0x4f, 0x50 -> {
                each(this::number);
                type();
            }
            case 0x5e -> field();
            case 0x5f -> each(this::field);
            case 0x60 -> {
                each(this::value);
                each(this::value);
            }
            default -> throw malformed("an unknown type");
        }
    }

    private void field() {
        value();
        u8();
    }

    private void value() {
        int code = u8();
        if (code == 0x63 || code == 0x64) {
            number();
        }
    }

    private void imported() {
        skip(count());
        skip(count());
        switch (u8()) {
            case 0 -> number();
            case 1 -> {
                value();
                limits();
            }
            case 2 -> limits();
            case 3 -> field();
            case 4 -> {
                u8();
                number();
            }
            default -> throw malformed("malformed import kind");
        }
    }

    private void limits() {
        int flags = u8();
        number();
        if ((flags & 1) != 0) {
            number();
        }
    }

    private void exported() {
        skip(count());
        u8();
        number();
    }

    private void elements() {
        long flags = number();
        if (flags > 7) {
            throw malformed("an unknown kind of element segment");
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        if (active && explicit) {
            number();
        }
        if (active) {
            expression();
        }
        if (!active || explicit) {
            value();
        }
        each((flags & 4) == 0 ? this::number : this::expression);
    }

    private void data() {
        long flags = number();
        if (flags > 2) {
            throw malformed("an unknown kind of data segment");
        }
        if (flags == 2) {
            number();
        }
        if (flags != 1) {
            expression();
        }
        skip(count());
    }

    /** A constant expression up to its end. */
    private void expression() {
        while (true) {
            switch (u8()) {
                case 0x0b -> {
                    return;
                }
                case 0x23, 0x41, 0x42, 0xd0, 0xd2 -> number();
                case 0x43 -> skip(4);
                case 0x44 -> skip(8);
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {}
                case 0xfb ->
                    throw new InvalidModuleException(
                            Kind.UNSUPPORTED, "garbage collected values (in a constant expression)");
                case 0xfd -> {
                    // A vector's constant; whether the engine takes it, its caller says.
                    if (number() != VECTOR_CONSTANT) {
                        throw new InvalidModuleException(
                                Kind.INVALID, "constant expression required (a vector instruction at byte " + at + ")");
                    }
                    skip(16);
                }
                default ->
                    throw new InvalidModuleException(
                            Kind.INVALID,
                            "constant expression required (another instruction at byte " + (at - 1) + ")");
            }
        }
    }

    private void body() {
        long size = number();
        if (size > end - at) {
            throw malformed("a function body that ends beyond its section");
        }
        int after = at + (int) size;
        long own = 0;
        for (int groups = count(); groups > 0; groups--) {
            own += number();
            value();
            if (own > LOCALS_MAX) {
                throw new InvalidModuleException(
                        Kind.MALFORMED, "too many locals: a function has at most " + LOCALS_MAX);
            }
        }
        locals += own;
        if (locals > LOCALS_MAX + (long) LOCALS_FOR_A_BYTE * (end - start)) {
            throw new InvalidModuleException(
                    Kind.TOO_LARGE,
                    "more locals than " + LOCALS_FOR_A_BYTE + " for each byte of the functions, and " + LOCALS_MAX);
        }
        if (at >= after) {
            throw malformed("a function body that ends with its locals, or before");
        }
        at = after;
    }

    /** How many items follow; each takes a byte at least. */
    private int count() {
        long count = number();
        if (count > end - at) {
            throw malformed("a count of " + count + " where " + (end - at) + " bytes are left: length out of bounds");
        }
        return (int) count;
    }

    private void skip(int bytes) {
        if (bytes > end - at) {
            throw malformed("unexpected end");
        }
        at += bytes;
    }

    private int u8() {
        if (at >= end) {
            throw malformed("unexpected end");
        }
        return wasm[at++] & 0xff;
    }

    /** A number of any kind; only the first 35 bits mean anything here. */
    private long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            if (shift < 35) {
                value |= (long) (next & 0x7f) << shift;
            }
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a number that does not end");
    }

    private InvalidModuleException malformed(String what) {
        return new InvalidModuleException(Kind.MALFORMED, what + " at byte " + at);
    }
}
