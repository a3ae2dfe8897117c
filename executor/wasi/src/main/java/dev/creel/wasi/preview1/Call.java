package dev.creel.wasi.preview1;

import dev.creel.component.core.CoreMemory;
import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One call of a guest: its arguments, and its memory, of which every access is checked. Addresses and lengths are unsigned 32
 * bit numbers in a {@code long}; outside of the memory they are a {@link Errno#FAULT}.
 *
 * @param store whose guest
 * @param memory its memory
 * @param args raw bits
 */
record Call(Store store, CoreMemory memory, long[] args) {
    private static final VarHandle U16 = view(short[].class);
    private static final VarHandle U32 = view(int[].class);
    private static final VarHandle U64 = view(long[].class);

    /** A piece of the guest's memory. */
    record Slice(long at, int length) {}

    WasiContext context() {
        return store.context(WasiContext.class);
    }

    FdTable fds() {
        return FdTable.of(store);
    }

    /** Argument {@code index} as u32. */
    long u32(int index) {
        return args[index] & 0xFFFF_FFFFL;
    }

    /** Argument {@code index} as a file descriptor or other small number. */
    int i32(int index) {
        return (int) args[index];
    }

    long i64(int index) {
        return args[index];
    }

    int getU8(long at) throws ErrnoException {
        return memory.bytes()[check(at, 1)] & 0xFF;
    }

    int getU16(long at) throws ErrnoException {
        return (short) U16.get(memory.bytes(), check(at, 2)) & 0xFFFF;
    }

    long getU32(long at) throws ErrnoException {
        return (int) U32.get(memory.bytes(), check(at, 4)) & 0xFFFF_FFFFL;
    }

    long getU64(long at) throws ErrnoException {
        return (long) U64.get(memory.bytes(), check(at, 8));
    }

    void putU8(long at, int value) throws ErrnoException {
        memory.bytes()[check(at, 1)] = (byte) value;
    }

    void putU16(long at, int value) throws ErrnoException {
        U16.set(memory.bytes(), check(at, 2), (short) value);
    }

    void putU32(long at, long value) throws ErrnoException {
        U32.set(memory.bytes(), check(at, 4), (int) value);
    }

    void putU64(long at, long value) throws ErrnoException {
        U64.set(memory.bytes(), check(at, 8), value);
    }

    void putBytes(long at, byte[] bytes, int length) throws ErrnoException {
        System.arraycopy(bytes, 0, memory.bytes(), check(at, length), length);
    }

    byte[] getBytes(Slice slice) throws ErrnoException {
        var bytes = new byte[slice.length()];
        System.arraycopy(memory.bytes(), check(slice.at(), slice.length()), bytes, 0, bytes.length);
        return bytes;
    }

    /** The path or name at argument {@code index} with its length at the next. */
    String string(int index) throws ErrnoException {
        int at = check(u32(index), u32(index + 1));
        var bytes = ByteBuffer.wrap(memory.bytes(), at, (int) u32(index + 1));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw Errno.ILSEQ.thrown();
        }
    }

    /** As on Linux; each costs the host more than the guest. */
    private static final int VECTORS_MAX = 1024;

    /** The {@code iovec}s at argument {@code index} with their number at the next; all within the memory. */
    Slice[] vectors(int index) throws ErrnoException {
        long at = u32(index);
        check(at, u32(index + 1) * 8);
        if (u32(index + 1) > VECTORS_MAX) {
            throw Errno.INVAL.thrown();
        }
        var slices = new Slice[(int) u32(index + 1)];
        for (int i = 0; i < slices.length; i++) {
            long address = getU32(at + i * 8L);
            long length = getU32(at + i * 8L + 4);
            check(address, length);
            slices[i] = new Slice(address, (int) length);
        }
        return slices;
    }

    /** Position in the array of {@code length} bytes that are all there. */
    int check(long at, long length) throws ErrnoException {
        if (at < 0 || length < 0 || at + length > memory.size()) {
            throw Errno.FAULT.thrown();
        }
        return (int) at;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
