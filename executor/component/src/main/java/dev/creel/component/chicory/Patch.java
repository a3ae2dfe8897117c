package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that replace those of the same name in the helper class that Chicory copies into every compiled module; see
 * {@link PatchedShaded}. Never runs as itself: it is read as a class file.
 */
@SuppressWarnings("unused")
final class Patch {
    /** Function types by index of the module whose helper this is a part of. */
    private static final FunctionType[] TYPES = GuestLoader.typesOf(Patch.class);

    private Patch() {}

    public static long @Nullable [] callIndirect(long[] args, int typeId, int funcId, Instance instance) {
        return GuestRuntime.callForeign(args, TYPES[typeId], funcId, instance);
    }

    public static int tableGet(int index, int tableIndex, Instance instance) {
        return GuestRuntime.tableGet(index, tableIndex, instance);
    }

    public static void tableFill(int offset, int value, int size, int tableIndex, Instance instance) {
        GuestRuntime.tableFill(offset, value, size, tableIndex, instance);
    }

    public static void tableCopy(int d, int s, int size, int toTable, int fromTable, Instance instance) {
        GuestRuntime.tableCopy(d, s, size, toTable, fromTable, instance);
    }

    public static void tableInit(int offset, int from, int size, int element, int table, Instance instance) {
        GuestRuntime.tableInit(offset, from, size, element, table, instance);
    }

    public static int i32_ge_u(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
    }

    public static void memoryCopy(int to, int from, int size, Memory memory) {
        GuestRuntime.memoryCopy(to, from, size, memory, memory);
    }

    public static void memoryCopy(int to, int from, int size, Memory target, Memory source) {
        GuestRuntime.memoryCopy(to, from, size, target, source);
    }

    /** Reached only through {@link PatchedShaded}, which adds the instance to each call. */
    public static void memoryInit(int to, int from, int size, int segment, Memory memory, Instance instance) {
        GuestRuntime.memoryInit(to, from, size, segment, memory, instance);
    }

    public static void dataDrop(int segment, Instance instance) {
        GuestRuntime.dataDrop(segment, instance);
    }

    public static boolean exceptionMatches(WasmException exception, int tag, Instance instance) {
        return GuestRuntime.catches(exception, tag, instance);
    }

    public static int memoryGrow(int size, Memory memory) {
        return ((FlatMemory) memory).grow(size);
    }

    public static int memoryPages(Memory memory) {
        return ((FlatMemory) memory).pages();
    }

    /** An overflowing sum is negative, which the memory refuses. */
    public static int getAddr(int base, int offset) {
        if ((base | offset) < 0) {
            throw GuestRuntime.outOfBounds();
        }
        return base + offset;
    }

    public static byte memoryReadByte(int base, int offset, Memory memory) {
        return ((FlatMemory) memory).read(getAddr(base, offset));
    }

    public static short memoryReadShort(int base, int offset, Memory memory) {
        return ((FlatMemory) memory).readShort(getAddr(base, offset));
    }

    public static int memoryReadInt(int base, int offset, Memory memory) {
        return ((FlatMemory) memory).readInt(getAddr(base, offset));
    }

    public static long memoryReadLong(int base, int offset, Memory memory) {
        return ((FlatMemory) memory).readLong(getAddr(base, offset));
    }

    public static float memoryReadFloat(int base, int offset, Memory memory) {
        return ((FlatMemory) memory).readFloat(getAddr(base, offset));
    }

    public static double memoryReadDouble(int base, int offset, Memory memory) {
        return ((FlatMemory) memory).readDouble(getAddr(base, offset));
    }

    public static void memoryWriteByte(int base, byte value, int offset, Memory memory) {
        ((FlatMemory) memory).writeByte(getAddr(base, offset), value);
    }

    public static void memoryWriteShort(int base, short value, int offset, Memory memory) {
        ((FlatMemory) memory).writeShort(getAddr(base, offset), value);
    }

    public static void memoryWriteInt(int base, int value, int offset, Memory memory) {
        ((FlatMemory) memory).writeI32(getAddr(base, offset), value);
    }

    public static void memoryWriteLong(int base, long value, int offset, Memory memory) {
        ((FlatMemory) memory).writeLong(getAddr(base, offset), value);
    }

    public static void memoryWriteFloat(int base, float value, int offset, Memory memory) {
        ((FlatMemory) memory).writeF32(getAddr(base, offset), value);
    }

    public static void memoryWriteDouble(int base, double value, int offset, Memory memory) {
        ((FlatMemory) memory).writeF64(getAddr(base, offset), value);
    }
}
