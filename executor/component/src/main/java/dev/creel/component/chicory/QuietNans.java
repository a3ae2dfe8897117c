package dev.creel.component.chicory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Sends the minima and maxima of floats in compiled functions to {@link GuestRuntime}: Chicory's hand signalling NaNs on. Only
 * the constant pool changes, as reading and writing whole classes of a large guest takes long.
 */
final class QuietNans {
    /** Tells apart what was compiled without. */
    static final String VERSION = "q";

    private static final String CHICORY = "com/dylibso/chicory/runtime/OpcodeImpl";
    private static final String OURS = GuestRuntime.class.getName().replace('.', '/');
    private static final Set<String> NAMES = Set.of("F32_MIN", "F32_MAX", "F64_MIN", "F64_MAX");
    private static final int COUNT_AT = 8;
    private static final int POOL_AT = 10;
    private static final int ENTRIES_MAX = 0xffff;

    private final byte[] file;
    private final ByteBuffer bytes;
    /** Where each entry of the pool begins, with its tag. */
    private final int[] entries;

    private final int poolEnd;

    private QuietNans(byte[] file) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(file);
        this.entries = new int[number(COUNT_AT)];
        int at = POOL_AT;
        for (int i = 1; i < entries.length; i++) {
            entries[i] = at;
            boolean twice = file[at] == PoolEntry.TAG_LONG || file[at] == PoolEntry.TAG_DOUBLE;
            at += size(at);
            i += twice ? 1 : 0;
        }
        this.poolEnd = at;
    }

    /** The class file, or the same one if it has none of these calls. */
    static byte[] repaired(byte[] file) {
        return new QuietNans(file).repaired();
    }

    private byte[] repaired() {
        var calls = calls();
        // A class whose pool is full keeps Chicory's; none of ours comes near.
        if (calls.isEmpty() || entries.length + 2 > ENTRIES_MAX) {
            return file;
        }
        var patched = ByteBuffer.wrap(file.clone());
        patched.putShort(COUNT_AT, (short) (entries.length + 2));
        for (int call : calls) {
            patched.putShort(call + 1, (short) (entries.length + 1));
        }
        var name = OURS.getBytes(UTF_8);
        var added = ByteBuffer.allocate(name.length + 6)
                .put((byte) PoolEntry.TAG_UTF8)
                .putShort((short) name.length)
                .put(name)
                .put((byte) PoolEntry.TAG_CLASS)
                .putShort((short) entries.length);
        var out = new ByteArrayOutputStream(file.length + added.capacity());
        out.write(patched.array(), 0, poolEnd);
        out.writeBytes(added.array());
        out.write(file, poolEnd, file.length - poolEnd);
        return out.toByteArray();
    }

    /** Where the pool's references to Chicory's methods are. */
    private Set<Integer> calls() {
        var found = new HashSet<Integer>();
        for (int at : entries) {
            if (at > 0
                    && file[at] == PoolEntry.TAG_METHODREF
                    && NAMES.contains(text(entries[number(entries[number(at + 3)] + 1)]))
                    && text(entries[number(entries[number(at + 1)] + 1)]).equals(CHICORY)) {
                found.add(at);
            }
        }
        return found;
    }

    private String text(int at) {
        return new String(file, at + 3, number(at + 1), UTF_8);
    }

    private int number(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private int size(int at) {
        return switch (file[at]) {
            case PoolEntry.TAG_UTF8 -> 3 + number(at + 1);
            case PoolEntry.TAG_LONG, PoolEntry.TAG_DOUBLE -> 9;
            case PoolEntry.TAG_CLASS,
                    PoolEntry.TAG_STRING,
                    PoolEntry.TAG_METHOD_TYPE,
                    PoolEntry.TAG_MODULE,
                    PoolEntry.TAG_PACKAGE -> 3;
            case PoolEntry.TAG_METHOD_HANDLE -> 4;
            default -> 5;
        };
    }
}
