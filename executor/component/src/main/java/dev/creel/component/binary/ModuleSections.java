package dev.creel.component.binary;

import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;

/**
 * The core modules inside a component's bytes, and what stands in their place. Custom sections are left out: they say nothing that
 * running needs. Only for components that have been decoded.
 */
public final class ModuleSections {
    private static final int PREAMBLE = 8;
    private static final int CUSTOM = 0;
    private static final int CORE_MODULE = 1;
    private static final int COMPONENT = 4;

    private final byte[] bytes;
    private final UnaryOperator<byte[]> replacement;
    private int at;

    private ModuleSections(byte[] bytes, UnaryOperator<byte[]> replacement) {
        this.bytes = bytes;
        this.replacement = replacement;
    }

    /**
     * The component with each core module replaced, those of nested components included; a core module itself replaced.
     *
     * @throws InvalidComponentException if it is neither
     */
    public static byte[] replaced(byte[] bytes, UnaryOperator<byte[]> replacement) {
        return switch (ComponentDecoder.preamble(bytes)) {
            case COMPONENT -> new ModuleSections(bytes, replacement).component(bytes.length);
            case MODULE -> replacement.apply(bytes);
        };
    }

    private byte[] component(int end) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, at, PREAMBLE);
        at += PREAMBLE;
        while (at < end) {
            int id = bytes[at++];
            int size = size();
            int start = at;
            switch (id) {
                case CUSTOM -> at = start + size;
                case CORE_MODULE -> {
                    var module = new byte[size];
                    System.arraycopy(bytes, start, module, 0, size);
                    write(id, replacement.apply(module), out);
                    at = start + size;
                }
                case COMPONENT -> write(id, component(start + size), out);
                default -> {
                    var section = new byte[size];
                    System.arraycopy(bytes, start, section, 0, size);
                    write(id, section, out);
                    at = start + size;
                }
            }
        }
        return out.toByteArray();
    }

    private static void write(int id, byte[] content, ByteArrayOutputStream out) {
        out.write(id);
        int rest = content.length;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(content);
    }

    private int size() {
        int value = 0;
        int shift = 0;
        int next;
        do {
            next = bytes[at++];
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
