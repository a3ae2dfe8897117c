package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import java.util.Arrays;
import java.util.List;

/** {@code list<u8>}, copied in one go. */
final class BytesShape extends Shape {
    static final BytesShape ONE = new BytesShape();

    private BytesShape() {
        super(8, 4, List.of(ValueKind.I32, ValueKind.I32), 0);
    }

    @Override
    Object load(Frame from, int at) {
        var bytes = from.bytes();
        return copy(from, Bits.readInt(bytes, at), Bits.readInt(bytes, at + 4));
    }

    @Override
    void store(Frame to, int at, Object value) {
        var content = content(value);
        int address = write(to, content);
        var bytes = to.bytes();
        Bits.write(bytes, at, 4, address);
        Bits.write(bytes, at + 4, 4, content.length);
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return copy(from, (int) slots[at], (int) slots[at + 1]);
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        var content = content(value);
        slots[at] = Integer.toUnsignedLong(write(to, content));
        slots[at + 1] = content.length;
    }

    static byte[] copy(Frame from, int address, int length) {
        if (Integer.compareUnsigned(length, ListShape.BYTES_MAX) > 0) {
            throw new TrapException("list of " + Integer.toUnsignedString(length) + " bytes");
        }
        from.check(address, 1, length);
        from.charge(16L + length);
        return Arrays.copyOfRange(from.bytes(), address, address + length);
    }

    static int write(Frame to, byte[] content) {
        if (content.length > ListShape.BYTES_MAX) {
            throw new TrapException("list of " + content.length + " bytes");
        }
        int address = to.allocate(1, content.length);
        System.arraycopy(content, 0, to.bytes(), address, content.length);
        return address;
    }

    static byte[] content(Object value) {
        if (value instanceof byte[] content) {
            return content;
        }
        throw mismatch("byte[]", value);
    }
}
