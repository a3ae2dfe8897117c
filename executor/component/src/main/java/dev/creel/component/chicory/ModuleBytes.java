package dev.creel.component.chicory;

import dev.creel.component.core.InvalidModuleException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** A core module's bytes cut into sections: for the key of its code, and for the module that is kept after compiling. */
final class ModuleBytes {
    private static final int CUSTOM = 0;
    static final int CODE = 10;
    private static final int TYPES = 1;
    private static final int DATA = 11;
    private static final int HEADER = 8;
    /** Sections but custom ones as they follow each other: that of tags before globals, the count of data segments before code. */
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, CODE, DATA);

    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final byte[] COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
    /** Custom section of a module without its code: the code's key. Only modules of ours are looked at for it. */
    private static final String KEY = "creel:code-key";
    /** Custom sections that say a component's types. */
    private static final String TYPED = "component-type";
    /** No locals, {@code unreachable}, {@code end}: valid as the body of any function. */
    private static final byte[] STUB = {3, 0, 0, 0x0b};

    private final byte[] wasm;
    private final List<Section> sections = new ArrayList<>();
    private int at;

    /** A section from its id to its end; {@code content} is where its size ends. */
    private record Section(int id, int start, int content, int end, String name) {}

    ModuleBytes(byte[] given) {
        var wasm = NamelessImports.named(given);
        this.wasm = wasm;
        var header = Arrays.copyOf(wasm, Math.min(HEADER, wasm.length));
        if (Arrays.equals(header, COMPONENT)) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.MALFORMED, "a component where a core module is wanted");
        }
        if (!Arrays.equals(header, PREAMBLE)) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.MALFORMED, "not a WebAssembly core module (magic header or version)");
        }
        at = HEADER;
        while (at < wasm.length) {
            var start = at;
            var id = wasm[at++];
            var size = u32();
            if (size > wasm.length - at) {
                throw new InvalidModuleException(
                        InvalidModuleException.Kind.MALFORMED,
                        "section " + id + " at byte " + start + " ends beyond the end of the module");
            }
            var end = at + (int) size;
            var content = at;
            var section = new Section(id, start, content, end, id == CUSTOM ? name(end) : "");
            Counts.check(wasm, id, section.content, section.end);
            sections.add(section);
            at = section.end;
        }
    }

    /** Names of custom sections are looked at nowhere else when the code is known already. */
    private String name(int end) {
        var length = at < end ? u32() : Long.MAX_VALUE;
        if (length > end - at) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.MALFORMED, "unexpected end of a custom section's name at byte " + at);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(wasm, at, (int) length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.MALFORMED,
                    "UTF-8 encoding of a custom section's name at byte " + at,
                    e);
        }
    }

    /** The module without custom sections: Chicory refuses some names of functions, which must not matter. */
    byte[] wasm() {
        var out = new ByteArrayOutputStream(wasm.length);
        out.write(wasm, 0, HEADER);
        for (var section : sections) {
            if (section.id != CUSTOM) {
                out.write(wasm, section.start, section.end - section.start);
            }
        }
        return out.toByteArray();
    }

    /** Digest of all that compiled code depends on: everything but data and custom sections. */
    String codeKey() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var section : sections) {
                if (section.id != CUSTOM && section.id != DATA) {
                    digest.update(wasm, section.start, section.end - section.start);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The module without custom sections and with stubs for function bodies, but those that {@code keep} wants, by index. */
    byte[] skeleton(IntPredicate keep) {
        var out = new ByteArrayOutputStream(wasm.length / 2);
        out.write(wasm, 0, HEADER);
        for (var section : sections) {
            if (section.id == CODE) {
                code(section, keep, out);
            } else if (section.id != CUSTOM) {
                out.write(wasm, section.start, section.end - section.start);
            }
        }
        return out.toByteArray();
    }

    /** What has to be kept of a module whose code is compiled: its skeleton, sections that say a component's types, and the code's key. */
    byte[] withoutCode() {
        var out = new ByteArrayOutputStream(wasm.length / 2);
        out.writeBytes(skeleton(own -> false));
        for (var section : sections) {
            if (section.name.startsWith(TYPED)) {
                out.write(wasm, section.start, section.end - section.start);
            }
        }
        var name = KEY.getBytes(StandardCharsets.UTF_8);
        var key = codeKey().getBytes(StandardCharsets.UTF_8);
        out.write(CUSTOM);
        leb(out, 1 + name.length + key.length);
        leb(out, name.length);
        out.writeBytes(name);
        out.writeBytes(key);
        return out.toByteArray();
    }

    /** The key that {@link #withoutCode} left; empty if this is another module. */
    Optional<String> keyLeft() {
        for (var section : sections) {
            if (section.name.equals(KEY)) {
                var start = section.content + 1 + KEY.length();
                return Optional.of(new String(wasm, start, section.end - start, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private void code(Section section, IntPredicate keep, ByteArrayOutputStream out) {
        var body = new ByteArrayOutputStream();
        at = section.content;
        var count = (int) u32();
        leb(body, count);
        for (var i = 0; i < count; i++) {
            var start = at;
            var size = u32();
            if (size > section.end - at) {
                throw new InvalidModuleException(
                        InvalidModuleException.Kind.MALFORMED, "function body " + i + " ends beyond the code section");
            }
            at += (int) size;
            if (keep.test(i)) {
                body.write(wasm, start, at - start);
            } else {
                body.writeBytes(STUB);
            }
        }
        if (at != section.end) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.MALFORMED,
                    "section size mismatch: the code section goes on behind its functions, at byte " + at);
        }
        out.write(CODE);
        leb(out, body.size());
        out.writeBytes(body.toByteArray());
    }

    /** Size in bytes of each of the module's own functions. */
    int[] bodySizes() {
        for (var section : sections) {
            if (section.id == CODE) {
                at = section.content;
                var sizes = new int[(int) u32()];
                for (var i = 0; i < sizes.length; i++) {
                    sizes[i] = (int) u32();
                    at += sizes[i];
                }
                return sizes;
            }
        }
        return new int[0];
    }

    /** Where the module's own functions are. */
    FunctionBodies bodies() {
        var head = new ByteArrayOutputStream();
        head.write(wasm, 0, HEADER);
        for (var section : sections) {
            if (section.id == TYPES) {
                head.write(wasm, section.start, section.end - section.start);
            } else if (section.id == CODE) {
                at = section.content;
                var starts = new int[(int) u32() + 1];
                for (var i = 0; i < starts.length; i++) {
                    starts[i] = at;
                    if (i < starts.length - 1) {
                        var size = (int) u32();
                        at += size;
                    }
                }
                return new FunctionBodies(wasm, head.toByteArray(), starts);
            }
        }
        return FunctionBodies.NONE;
    }

    private long u32() {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7) {
            if (at >= wasm.length) {
                throw new InvalidModuleException(
                        InvalidModuleException.Kind.MALFORMED, "the module ends within a number");
            }
            var next = wasm[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new InvalidModuleException(
                InvalidModuleException.Kind.MALFORMED, "a number of more than 32 bits at byte " + at);
    }

    /** The items of a section that counts them, without their count; nothing if a well-formed module has no such section. */
    static byte[] items(byte[] wasm, int id) {
        for (var section : new ModuleBytes(wasm).sections) {
            if (section.id == id) {
                var at = section.content;
                while (wasm[at++] < 0) {}
                return Arrays.copyOfRange(wasm, at, section.end);
            }
        }
        return new byte[0];
    }

    /** A well-formed module with another content of a section, or with that section if it had none. */
    static byte[] replaced(byte[] wasm, int id, byte[] content) {
        var out = new ByteArrayOutputStream(wasm.length + content.length);
        out.write(wasm, 0, HEADER);
        var written = false;
        for (var section : new ModuleBytes(wasm).sections) {
            var follows = section.id != CUSTOM && ORDER.indexOf(section.id) > ORDER.indexOf(id);
            if (!written && (section.id == id || follows)) {
                out.write(id);
                leb(out, content.length);
                out.writeBytes(content);
                written = true;
            }
            if (section.id != id) {
                out.write(wasm, section.start, section.end - section.start);
            }
        }
        if (!written) {
            out.write(id);
            leb(out, content.length);
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    static void leb(ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
