package dev.creel.component.abi;

import dev.creel.component.core.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Records, tuples, and parameter lists: fields one after the other, each at its alignment. */
final class RecordShape extends Shape {
    final Shape[] fields;
    final int[] offsets;
    final int[] slotOffsets;

    RecordShape(List<Shape> fields) {
        var offsets = new int[fields.size()];
        var slotOffsets = new int[fields.size()];
        int size = 0;
        int align = 1;
        int slot = 0;
        int heap = 16;
        for (int i = 0; i < offsets.length; i++) {
            var field = fields.get(i);
            size = alignUp(size, field.align);
            offsets[i] = size;
            slotOffsets[i] = slot;
            size = Math.addExact(size, field.size);
            align = Math.max(align, field.align);
            slot = Math.min(slot + field.slots(), FLAT_MAX + 1);
            heap = Math.addExact(heap, 4 + field.heap);
        }
        this.fields = fields.toArray(Shape[]::new);
        this.offsets = offsets;
        this.slotOffsets = slotOffsets;
        super(alignUp(size, align), align, flatten(fields), heap);
    }

    private static @Nullable List<ValueKind> flatten(List<Shape> fields) {
        var flat = new ArrayList<ValueKind>();
        for (var field : fields) {
            if (field.flat == null || flat.size() + field.flat.size() > FLAT_MAX) {
                return null;
            }
            flat.addAll(field.flat);
        }
        return List.copyOf(flat);
    }

    @Override
    Object[] load(Frame from, int at) {
        var values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields[i].load(from, at + offsets[i]);
        }
        return values;
    }

    @Override
    void store(Frame to, int at, Object value) {
        var values = values(value);
        for (int i = 0; i < values.length; i++) {
            fields[i].store(to, at + offsets[i], values[i]);
        }
    }

    @Override
    Object[] lift(Frame from, long[] slots, int at) {
        var values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields[i].lift(from, slots, at + slotOffsets[i]);
        }
        return values;
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        var values = values(value);
        for (int i = 0; i < values.length; i++) {
            fields[i].lower(to, slots, at + slotOffsets[i], values[i]);
        }
    }

    @Override
    void owned(Object value, BiConsumer<Resource.Host, Object> owned) {
        if (value instanceof Object[] values && values.length == fields.length) {
            for (int i = 0; i < values.length; i++) {
                fields[i].owned(values[i], owned);
            }
        }
    }

    private Object[] values(Object value) {
        if (value instanceof Object[] values && values.length == fields.length) {
            return values;
        }
        throw mismatch("Object[" + fields.length + "]", value);
    }
}
