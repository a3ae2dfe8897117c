package dev.creel.component.abi;

import dev.creel.component.core.ValueKind;
import java.util.List;

/** Flags: a bit for each label, in 1, 2 or 4 bytes. Bits beyond the labels are ignored when they come from a guest. */
final class FlagsShape extends Shape {
    final long mask;

    FlagsShape(int labels) {
        this.mask = (1L << labels) - 1;
        super(sizeOf(labels), sizeOf(labels), List.of(ValueKind.I32), 16);
    }

    @Override
    Object load(Frame from, int at) {
        return Bits.read(from.bytes(), at, size) & mask;
    }

    @Override
    void store(Frame to, int at, Object value) {
        Bits.write(to.bytes(), at, size, bits(value));
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return slots[at] & mask;
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        slots[at] = bits(value);
    }

    private long bits(Object value) {
        if (value instanceof Long bits && (bits & ~mask) == 0) {
            return bits;
        }
        throw mismatch("flags as Long within 0x" + Long.toHexString(mask), value);
    }

    private static int sizeOf(int labels) {
        return labels <= 8 ? 1 : labels <= 16 ? 2 : 4;
    }
}
