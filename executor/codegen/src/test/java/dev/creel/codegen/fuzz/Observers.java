package dev.creel.codegen.fuzz;

import static dev.creel.codegen.fuzz.Kind.I32;
import static dev.creel.codegen.fuzz.Kind.I64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The functions by which every engine is asked for what a module's state is: {@code memory-hash}, and {@code state} of all globals, all tables'
 * sizes and where they hold null, and the memories' sizes. {@code refuel} lets functions run again.
 */
record Observers(Shape shape, Types types) {
    static final List<String> NAMES = List.of("refuel", "memory-hash", "state");
    static final List<Signature> TYPES = List.of(
            new Signature(List.of(), List.of()),
            new Signature(List.of(), List.of(I64)),
            new Signature(List.of(), List.of(I64)));
    private static final long PRIME = 0x100_0000_01b3L;
    private static final int PAGE_BITS = 16;

    List<Code> bodies() {
        return List.of(refuel(), memoryHash(), state());
    }

    /** What {@code memory-hash} answers for this content behind that of other memories, whose hash is {@code before}. */
    static long hash(long before, byte[] memory, int size) {
        var words = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        long hash = before;
        for (int i = 0; i < size; i += Long.BYTES) {
            hash = (hash ^ words.getLong(i)) * PRIME;
        }
        return hash;
    }

    private Code refuel() {
        return new Code()
                .number(0)
                .constant(I32, RandomModule.FUEL)
                .raw(0x24)
                .number(types.fuel())
                .raw(0x0b);
    }

    private Code memoryHash() {
        var code = locals();
        for (int i = 0; i < shape.memories().size(); i++) {
            code.constant(I32, 0).raw(0x21, 1);
            code.raw(0x02, 0x40, 0x03, 0x40)
                    .raw(0x20, 1, 0x3f, i, 0x41, PAGE_BITS, 0x74, 0x4f, 0x0d, 1)
                    .raw(0x20, 0, 0x20, 1, 0x29)
                    .raw(i == 0 ? new int[] {3} : new int[] {0x43, i})
                    .raw(0, 0x85)
                    .constant(I64, PRIME)
                    .raw(0x7e, 0x21, 0)
                    .raw(0x20, 1, 0x41, Long.BYTES, 0x6a, 0x21, 1, 0x0c, 0)
                    .raw(0x0b, 0x0b);
        }
        return code.raw(0x20, 0, 0x0b);
    }

    /** The beginning of a function that has a hash and an index. */
    private static Code locals() {
        return new Code().raw(2, 1).kind(I64).raw(1).kind(I32);
    }

    private Code state() {
        var code = locals();
        for (int i = 0; i < shape.memories().size(); i++) {
            mix(code, new Code().raw(0x3f, i, 0xad));
        }
        for (int i = 0; i < shape.globals().size(); i++) {
            mix(code, bits(shape.globals().get(i).kind(), new Code().raw(0x23).number(i)));
        }
        for (int i = 0; i < shape.tables().size(); i++) {
            mix(code, new Code().raw(0xfc, 16).number(i).raw(0xad));
            code.constant(I32, 0).raw(0x21, 1);
            code.raw(0x02, 0x40, 0x03, 0x40);
            code.raw(0x20, 1, 0xfc, 16).number(i).raw(0x4f, 0x0d, 1);
            mix(code, new Code().raw(0x20, 1, 0x25).number(i).raw(0xd1, 0xad));
            code.raw(0x20, 1, 0x41, 1, 0x6a, 0x21, 1, 0x0c, 0, 0x0b, 0x0b);
        }
        return code.raw(0x20, 0, 0x0b);
    }

    private static void mix(Code code, Code value) {
        code.raw(0x20, 0)
                .then(value)
                .raw(0x85)
                .constant(I64, PRIME)
                .raw(0x7e)
                .constant(I64, 29)
                .raw(0x89, 0x21, 0);
    }

    private static Code bits(Kind kind, Code value) {
        return switch (kind.value()) {
            case I32 -> value.raw(0xad);
            case I64 -> value;
            case F32 -> value.raw(0xbc, 0xad);
            case F64 -> value.raw(0xbd);
            // Both halves: a float's bits are those of a lane.
            case V128 -> {
                var upper = new Code()
                        .then(value)
                        .raw(0xfd, 0x1d, 1)
                        .constant(I64, PRIME)
                        .raw(0x7e);
                yield value.raw(0xfd, 0x1d, 0).then(upper).raw(0x7c);
            }
            case FUNCREF, EXTERNREF, EXNREF -> value.raw(0xd1, 0xad);
        };
    }
}
