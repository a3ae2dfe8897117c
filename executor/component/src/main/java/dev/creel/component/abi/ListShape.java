package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Lists of anything but bytes: address and length, elements one after the other. */
final class ListShape extends Shape {
    /** Most bytes of a string or of a list's elements. */
    static final int BYTES_MAX = (1 << 28) - 1;

    final Shape element;

    ListShape(Shape element) {
        this.element = element;
        super(8, 4, List.of(ValueKind.I32, ValueKind.I32), 0);
    }

    @Override
    Object load(Frame from, int at) {
        var bytes = from.bytes();
        return elements(from, Bits.readInt(bytes, at), Bits.readInt(bytes, at + 4));
    }

    @Override
    void store(Frame to, int at, Object value) {
        var list = list(value);
        int address = write(to, list);
        var bytes = to.bytes();
        Bits.write(bytes, at, 4, address);
        Bits.write(bytes, at + 4, 4, list.size());
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return elements(from, (int) slots[at], (int) slots[at + 1]);
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        var list = list(value);
        slots[at] = Integer.toUnsignedLong(write(to, list));
        slots[at + 1] = list.size();
    }

    @Override
    void owned(Object value, BiConsumer<Resource.Host, Object> owned) {
        if (value instanceof List<?> list) {
            list.forEach(one -> element.owned(one, owned));
        }
    }

    private List<Object> elements(Frame from, int address, int length) {
        long size = Integer.toUnsignedLong(length) * element.size;
        if (size > BYTES_MAX) {
            throw new TrapException("list of " + size + " bytes");
        }
        from.check(address, element.align, size);
        from.charge(24 + length * (4L + element.heap));
        var values = new Object[length];
        for (int i = 0; i < length; i++) {
            values[i] = element.load(from, address + i * element.size);
        }
        return Arrays.asList(values);
    }

    private int write(Frame to, List<?> list) {
        long size = (long) list.size() * element.size;
        if (size > BYTES_MAX) {
            throw new TrapException("list of " + size + " bytes");
        }
        int address = to.allocate(element.align, (int) size);
        int at = address;
        for (var value : list) {
            if (value == null) {
                throw mismatch("an element", null);
            }
            element.store(to, at, value);
            at += element.size;
        }
        return address;
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw mismatch("List", value);
    }
}
