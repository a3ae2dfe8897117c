package dev.creel.component.chicory;

import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import java.io.ByteArrayOutputStream;

/**
 * Lets functions be imported whose module and name are both empty, which Chicory's parser takes for malformed. Toolchains make
 * such modules: a start section that calls its one import, to initialise another. While Chicory has the module, a character
 * stands for the empty module name.
 */
final class NamelessImports {
    private static final String STAND_IN = "\0";
    private static final int IMPORTS = 2;
    private static final int HEADER = 8;

    private final byte[] wasm;
    private int at;

    private NamelessImports(byte[] wasm) {
        this.wasm = wasm;
    }

    /** {@code wasm} with names where there are none; the same array if nothing is nameless or it is malformed. */
    static byte[] named(byte[] wasm) {
        try {
            return new NamelessImports(wasm).rewritten();
        } catch (IndexOutOfBoundsException malformed) {
            return wasm;
        }
    }

    /** The import as the module has it. */
    static CoreImport restored(String module, String name, CoreType type) {
        return new CoreImport(module.equals(STAND_IN) && name.isEmpty() ? "" : module, name, type);
    }

    private byte[] rewritten() {
        at = HEADER;
        while (at < wasm.length) {
            int start = at;
            int id = wasm[at++];
            int size = u32();
            int content = at;
            if (id == IMPORTS) {
                return rewritten(start, content, content + size);
            }
            at = content + size;
        }
        return wasm;
    }

    private byte[] rewritten(int start, int content, int end) {
        var section = new ByteArrayOutputStream();
        int count = u32();
        boolean changed = false;
        int copied = content;
        for (int i = 0; i < count; i++) {
            if (wasm[at] == 0 && wasm[at + 1] == 0 && wasm[at + 2] == 0) {
                section.write(wasm, copied, at - copied);
                section.write(STAND_IN.length());
                section.write(STAND_IN.charAt(0));
                copied = at + 1;
                changed = true;
            }
            skipName();
            skipName();
            skipType();
        }
        if (!changed || at != end) {
            return wasm;
        }
        section.write(wasm, copied, end - copied);
        var out = new ByteArrayOutputStream(wasm.length + count);
        out.write(wasm, 0, start);
        out.write(IMPORTS);
        ModuleBytes.leb(out, section.size());
        out.writeBytes(section.toByteArray());
        out.write(wasm, end, wasm.length - end);
        return out.toByteArray();
    }

    private void skipName() {
        int length = u32();
        at += length;
    }

    private void skipType() {
        switch (wasm[at++]) {
            case 0 -> u32();
            case 1 -> {
                skipValueType();
                skipLimits();
            }
            case 2 -> skipLimits();
            case 3 -> {
                skipValueType();
                at++;
            }
            default -> {
                at++;
                u32();
            }
        }
    }

    private void skipValueType() {
        int type = wasm[at++];
        if (type == 0x63 || type == 0x64) {
            u32();
        }
    }

    private void skipLimits() {
        int flags = wasm[at++];
        u32();
        if ((flags & 1) != 0) {
            u32();
        }
    }

    private int u32() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = wasm[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                if (value < 0) {
                    throw new IndexOutOfBoundsException("beyond any module");
                }
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than 32 bits");
    }
}
