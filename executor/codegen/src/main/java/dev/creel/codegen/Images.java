package dev.creel.codegen;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.codegen.run.GuestFunction;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a module's own memories and tables begin with, computed once: instances copy it, and evaluate no segment. There is no image of a
 * memory or table if a segment for it depends on an imported global, does not fit, or would make the image out of proportion.
 */
final class Images {
    private static final int PAGE = 1 << 16;
    /** Images have at most so many times the size of the segments. */
    private static final int SPARSE_MAX = 16;
    /** Images that nobody asks the size of. */
    private static final int SMALL = 1 << 16;

    private static final long UNKNOWN = -1;

    private final byte[] @Nullable [] memories;
    private final int[] @Nullable [] tables;

    private Images(int memories, int tables) {
        this.memories = new byte[memories][];
        this.tables = new int[tables][];
    }

    /** The images for {@code memories} and {@code tables}, those that are imported first. */
    static Images of(WasmModule module, List<CoreType.Memory> memories, List<CoreType.Table> tables) {
        var images = new Images(memories.size(), tables.size());
        for (var i = module.importSection().count(ExternalType.MEMORY); i < memories.size(); i++) {
            images.memories[i] = memory(module, i, memories.get(i).min() * PAGE);
        }
        var imported = module.importSection().count(ExternalType.TABLE);
        for (var i = imported; i < tables.size(); i++) {
            var value = module.tableSection().getTable(i - imported).initialize();
            var isNull = value.isEmpty() || value.getFirst().opcode() == OpCode.REF_NULL;
            if (isNull && tables.get(i).element() == ValueKind.FUNCREF) {
                images.tables[i] = table(module, i, tables.get(i).min());
            }
        }
        return images;
    }

    /** The first bytes of a memory, all others being zero; null if segments have to be evaluated. */
    byte @Nullable [] memory(int index) {
        return memories[index];
    }

    /** The function indices in a table; null if segments have to be evaluated. */
    int @Nullable [] table(int index) {
        return tables[index];
    }

    /** Bytes of all of them. */
    long bytes() {
        var bytes = 0L;
        for (var memory : memories) {
            bytes += memory == null ? 0 : memory.length;
        }
        for (var table : tables) {
            bytes += table == null ? 0 : (long) table.length * Integer.BYTES;
        }
        return bytes;
    }

    private static byte @Nullable [] memory(WasmModule module, int index, long size) {
        var own = new ArrayList<ActiveDataSegment>();
        var end = 0L;
        var bytes = 0L;
        for (var segment : module.dataSection().dataSegments()) {
            if (segment instanceof ActiveDataSegment active && active.index() == index) {
                var from = offset(active.offsetInstructions());
                if (from == UNKNOWN || from + active.data().length > size) {
                    return null;
                }
                bytes += active.data().length;
                end = Math.max(end, from + active.data().length);
                own.add(active);
            }
        }
        if (end > SMALL && end > SPARSE_MAX * bytes) {
            return null;
        }
        var image = new byte[(int) end];
        for (var segment : own) {
            var to = (int) offset(segment.offsetInstructions());
            System.arraycopy(segment.data(), 0, image, to, segment.data().length);
        }
        return image;
    }

    private static int @Nullable [] table(WasmModule module, int index, long size) {
        var own = new ArrayList<ActiveElement>();
        var elements = 0L;
        for (var segment : module.elementSection().elements()) {
            if (segment instanceof ActiveElement active && active.tableIndex() == index) {
                var from = offset(active.offset());
                if (from == UNKNOWN || from + active.elementCount() > size || functions(active) == null) {
                    return null;
                }
                elements += active.elementCount();
                own.add(active);
            }
        }
        if (size > SMALL && size > SPARSE_MAX * elements) {
            return null;
        }
        var image = new int[(int) size];
        Arrays.fill(image, GuestFunction.NULL);
        for (var segment : own) {
            var functions = functions(segment);
            if (functions != null) {
                System.arraycopy(functions, 0, image, (int) offset(segment.offset()), functions.length);
            }
        }
        return image;
    }

    /** The functions of a segment by index, or null if they are not all known. */
    static int @Nullable [] functions(Element segment) {
        var result = new int[segment.elementCount()];
        for (var i = 0; i < result.length; i++) {
            var value = segment.initializers().get(i).getFirst();
            switch (value.opcode()) {
                case REF_FUNC -> result[i] = (int) value.operand(0);
                case REF_NULL -> result[i] = GuestFunction.NULL;
                default -> {
                    return null;
                }
            }
        }
        return result;
    }

    /** An unsigned constant, or {@link #UNKNOWN}. */
    private static long offset(List<Instruction> expression) {
        var first = expression.getFirst();
        var alone = expression.size() == 1 || expression.get(1).opcode() == OpCode.END;
        return alone && first.opcode() == OpCode.I32_CONST ? Integer.toUnsignedLong((int) first.operand(0)) : UNKNOWN;
    }
}
