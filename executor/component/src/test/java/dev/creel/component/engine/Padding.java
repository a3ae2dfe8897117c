package dev.creel.component.engine;

import java.io.ByteArrayOutputStream;
import java.util.function.IntPredicate;

/** Makes functions too large for a JVM method, without changing what they do: Chicory interprets them then. */
public enum Padding {
    /** As they are. */
    NONE,
    /** Every other one, from the first. */
    EVEN,
    /** Every other one, from the second. */
    ODD,
    /** Each. */
    ALL;

    /** {@code memory.size; drop}: twice as long in the JVM. */
    private static final byte[] SIZE_DROP = {0x3f, 0, 0x1a};

    private static final byte[] NOP = {1};
    private static final int CODE = 10;

    /** {@code wasm} with large functions. */
    public byte[] of(byte[] wasm) {
        return this == NONE ? wasm : pad(wasm, own -> this == ALL || own % 2 == (this == ODD ? 1 : 0), NOP, 61_000);
    }

    /** Too large only once it is compiled. */
    public static byte[] barely(byte[] wasm) {
        return pad(wasm, own -> own == 0, SIZE_DROP, 14_000);
    }

    /** Bodies must not declare locals. */
    private static byte[] pad(byte[] wasm, IntPredicate which, byte[] filler, int times) {
        var out = new ByteArrayOutputStream();
        out.write(wasm, 0, 8);
        var at = new int[] {8};
        while (at[0] < wasm.length) {
            var start = at[0];
            var id = wasm[at[0]++];
            var end = leb(wasm, at);
            end += at[0];
            if (id == CODE) {
                var code = new ByteArrayOutputStream();
                var count = leb(wasm, at);
                write(code, count);
                for (var own = 0; own < count; own++) {
                    body(wasm, at, code, which.test(own) ? times : 0, filler);
                }
                out.write(CODE);
                write(out, code.size());
                out.writeBytes(code.toByteArray());
            } else {
                out.write(wasm, start, end - start);
            }
            at[0] = end;
        }
        return out.toByteArray();
    }

    private static void body(byte[] wasm, int[] at, ByteArrayOutputStream code, int times, byte[] filler) {
        var size = leb(wasm, at);
        if (wasm[at[0]] != 0) {
            throw new IllegalArgumentException("a body with locals");
        }
        write(code, size + times * filler.length);
        code.write(0);
        for (var i = 0; i < times; i++) {
            code.writeBytes(filler);
        }
        code.write(wasm, at[0] + 1, size - 1);
        at[0] += size;
    }

    private static int leb(byte[] wasm, int[] at) {
        var value = 0;
        for (var shift = 0; ; shift += 7) {
            var next = wasm[at[0]++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void write(ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
