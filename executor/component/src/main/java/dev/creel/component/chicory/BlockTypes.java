package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.WasmEncoding;
import dev.creel.component.core.InvalidModuleException;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps Chicory's parser from misreading what a block takes and leaves. The number of a type is signed there, and Chicory reads it
 * unsigned: 64 and 99 to 127 would be short forms, of no values, of a reference, of one value. So blocks with such a number
 * get another, of a copy of the type at the end of all types.
 */
final class BlockTypes {
    private static final int HEADER = 8;
    private static final int TYPES = 1;
    private static final int CODE = 10;
    private static final int EMPTY = 0x40;
    private static final int SHORT_FORMS = 0x63;
    /** From here on, no number is a short form. */
    private static final int SAFE = 0x80;

    private static final int FUNCTION = 0x60;
    private static final byte[] NO_VALUES = {FUNCTION, 0, 0};
    private static final int BITS = 7;

    private final byte[] wasm;
    private int at = HEADER;
    /** Of the type section: where its count stands, and where it ends. */
    private int typesAt;

    private int typesEnd;
    private int groups;
    /** Where each function type begins and ends, by its number. */
    private final Map<Integer, int[]> types = new LinkedHashMap<>();

    private int count;
    /** The numbers that blocks have, and those that they get. */
    private final Map<Integer, Integer> renumbered = new LinkedHashMap<>();

    private BlockTypes(byte[] wasm) {
        this.wasm = wasm;
    }

    /** {@code wasm}, perhaps changed, as Chicory reads it right; the same array if there is nothing to change or it is malformed. */
    static byte[] apart(byte[] wasm) {
        try {
            return new BlockTypes(wasm.clone()).changed(wasm);
        } catch (IndexOutOfBoundsException malformed) {
            return wasm;
        }
    }

    private byte[] changed(byte[] given) {
        while (at < wasm.length) {
            int id = wasm[at++];
            int end = number() + at;
            if (id == TYPES) {
                typesAt = at;
                typesEnd = end;
                types();
            } else if (id == CODE) {
                if (count <= EMPTY || !looksLike(end)) {
                    return given;
                }
                code();
            }
            at = end;
        }
        return renumbered.isEmpty() ? given : withCopies();
    }

    /** Whether anything between here and {@code end} can be a block with such a number: a look without decoding instructions. */
    private boolean looksLike(int end) {
        for (int i = at; i + 1 < end; i++) {
            int next = wasm[i + 1] & 0xff;
            if (next >= SAFE && isShort(next & (SAFE - 1)) && opens(wasm[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(byte opcode) {
        var instruction = OpCode.byOpCode(opcode & 0xff);
        return instruction != null && OpCode.signature(instruction).contains(WasmEncoding.BLOCK_TYPE);
    }

    private static boolean isShort(int number) {
        return number == EMPTY || (number >= SHORT_FORMS && number < SAFE);
    }

    private void types() {
        groups = number();
        for (int i = 0; i < groups; i++) {
            if (wasm[at] == 0x4e) {
                at++;
                for (int j = number(); j > 0; j--) {
                    type();
                }
            } else {
                type();
            }
        }
    }

    private void type() {
        if (wasm[at] == 0x4f || wasm[at] == 0x50) {
            at++;
            numbers(number());
        }
        if (wasm[at] != FUNCTION) {
            // No guest has structures or arrays.
            throw new IndexOutOfBoundsException("another kind of type");
        }
        int start = at++;
        values(number());
        values(number());
        types.put(count++, new int[] {start, at});
    }

    private void code() {
        for (int bodies = number(); bodies > 0; bodies--) {
            int end = number() + at;
            for (int locals = number(); locals > 0; locals--) {
                number();
                values(1);
            }
            while (at < end) {
                instruction();
            }
        }
    }

    private void instruction() {
        int opcode = wasm[at++] & 0xff;
        if (opcode >= 0xfb && opcode < 0xff) {
            opcode = (opcode << Byte.SIZE) + number();
        }
        var instruction = OpCode.byOpCode(opcode);
        if (instruction == null) {
            throw new IndexOutOfBoundsException("an unknown instruction");
        }
        for (var operand : OpCode.signature(instruction)) {
            switch (operand) {
                case BYTE -> at++;
                case VARUINT, VARSINT32, VARSINT64 -> numbers(1);
                case FLOAT32 -> at += Float.BYTES;
                case FLOAT64 -> at += Double.BYTES;
                case V128 -> at += 2 * Long.BYTES;
                case VEC_VARUINT -> numbers(number());
                case VEC_VALUE_TYPE -> values(number());
                case VEC_CATCH -> clauses();
                case MEMARG -> numbers((number() & EMPTY) == 0 ? 1 : 2);
                case BLOCK_TYPE -> block();
            }
        }
    }

    private void clauses() {
        for (int clauses = number(); clauses > 0; clauses--) {
            numbers(wasm[at++] < 2 ? 2 : 1);
        }
    }

    private void block() {
        if (wasm[at] >= 0) {
            // One byte: a short form, or a small number.
            values(1);
            return;
        }
        int start = at;
        int number = number();
        if (isShort(number)) {
            if (!types.containsKey(number)) {
                throw new IndexOutOfBoundsException("no such type");
            }
            renumber(start, renumbered.computeIfAbsent(number, next -> Math.max(count, SAFE) + renumbered.size()));
        }
    }

    /** Writes another number over the one that ends here, as long as it is. */
    private void renumber(int start, int number) {
        int rest = number;
        for (int i = start; i < at; i++) {
            wasm[i] = (byte) ((rest & (SAFE - 1)) | (i + 1 < at ? SAFE : 0));
            rest >>>= BITS;
        }
        if (rest > 0) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.UNSUPPORTED,
                    "a block whose type is one of the first 128, in a module of " + count + " types");
        }
    }

    private byte[] withCopies() {
        var section = new ByteArrayOutputStream();
        int more = Math.max(0, SAFE - count);
        ModuleBytes.leb(section, groups + more + renumbered.size());
        at = typesAt;
        number();
        section.write(wasm, at, typesEnd - at);
        for (int i = 0; i < more; i++) {
            section.writeBytes(NO_VALUES);
        }
        for (int number : renumbered.keySet()) {
            var type = types.getOrDefault(number, new int[2]);
            section.write(wasm, type[0], type[1] - type[0]);
        }
        return ModuleBytes.replaced(wasm, TYPES, section.toByteArray());
    }

    private void values(int values) {
        for (int i = 0; i < values; i++) {
            int code = wasm[at++];
            if (code == 0x63 || code == 0x64) {
                numbers(1);
            }
        }
    }

    private void numbers(int numbers) {
        for (int i = 0; i < numbers; i++) {
            while (wasm[at++] < 0) {}
        }
    }

    private int number() {
        int value = 0;
        for (int shift = 0; shift < 5 * BITS; shift += BITS) {
            int next = wasm[at++];
            value |= (next & (SAFE - 1)) << shift;
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
