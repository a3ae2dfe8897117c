package dev.creel.component.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes component binaries by hand, also such as no tool would write. */
final class ComponentBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins a component. */
    static ComponentBytes component() {
        return new ComponentBytes().bytes(0, 'a', 's', 'm', 0x0d, 0, 1, 0);
    }

    /** Begins a core module. */
    static ComponentBytes module() {
        return new ComponentBytes().bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    /** Begins a part. */
    static ComponentBytes part() {
        return new ComponentBytes();
    }

    ComponentBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    /** An unsigned number. */
    ComponentBytes u32(int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    /** A type index where a type may stand: a signed number. */
    ComponentBytes index(int value) {
        int rest = value;
        while (rest >= 0x40) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    ComponentBytes name(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        u32(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ComponentBytes section(int id, ComponentBytes body) {
        out.write(id);
        u32(body.out.size());
        out.writeBytes(body.out.toByteArray());
        return this;
    }

    byte[] done() {
        return out.toByteArray();
    }
}
