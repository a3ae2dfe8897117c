package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.TrapException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A linear memory in one array: the only memory class in the process, so that every access in generated code has one target. The
 * array may be longer than the memory (growth by single pages would otherwise copy all of it each time), so every
 * access checks against the size. Guest addresses are unsigned; as a memory ends below 2 GiB, one that is negative as an
 * {@code int} is out of bounds. One thread at a time.
 */
@SuppressWarnings("removal") // The interface still demands its old atomics.
public final class FlatMemory implements Memory, CoreMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private final CoreLimits limits;
    private final int initialPages;
    private final int declaredMax;
    private byte[] bytes;
    private int size;

    FlatMemory(MemoryLimits declared, CoreLimits limits) {
        this.limits = limits;
        this.initialPages = declared.initialPages();
        this.declaredMax = declared.maximumPages();
        var wanted = (long) initialPages * PAGE_SIZE;
        if (initialPages > RUNTIME_MAX_PAGES || !limits.reserveMemory(wanted)) {
            throw new TrapException("the initial memory of " + wanted + " bytes is over the limit");
        }
        this.size = (int) wanted;
        this.bytes = new byte[size];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }

    @Override
    public CoreType.Memory type() {
        return new CoreType.Memory(pages(), declaredMax >= MemoryLimits.MAX_PAGES ? -1 : declaredMax, false);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return Math.min(declaredMax, RUNTIME_MAX_PAGES);
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public int grow(int delta) {
        var before = pages();
        if (delta < 0 || (long) before + delta > maximumPages() || !limits.reserveMemory((long) delta * PAGE_SIZE)) {
            return -1;
        }
        var grown = (before + delta) * PAGE_SIZE;
        if (grown > bytes.length) {
            // An eighth more, so that growing page by page copies each byte a few times and not each time.
            var spare = Math.min((long) grown + grown / 8, (long) maximumPages() * PAGE_SIZE);
            bytes = Arrays.copyOf(bytes, (int) spare);
        }
        size = grown;
        return before;
    }

    // Accesses. Objects.checkIndex lets the JIT move the check out of loops.

    private int at(int address, int width) {
        return Objects.checkIndex(address, size - (width - 1));
    }

    /** Throws the trap unless {@code length} bytes from {@code address}, both unsigned, are inside. */
    private void within(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
        }
    }

    @Override
    public byte read(int address) {
        return bytes[at(address, 1)];
    }

    @Override
    public short readShort(int address) {
        return (short) SHORT.get(bytes, at(address, 2));
    }

    @Override
    public long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    @Override
    public int readInt(int address) {
        return (int) INT.get(bytes, at(address, 4));
    }

    @Override
    public long readLong(int address) {
        return (long) LONG.get(bytes, at(address, 8));
    }

    @Override
    public float readFloat(int address) {
        return (float) FLOAT.get(bytes, at(address, 4));
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public double readDouble(int address) {
        return (double) DOUBLE.get(bytes, at(address, 8));
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeByte(int address, byte value) {
        bytes[at(address, 1)] = value;
    }

    @Override
    public void writeShort(int address, short value) {
        SHORT.set(bytes, at(address, 2), value);
    }

    @Override
    public void writeI32(int address, int value) {
        INT.set(bytes, at(address, 4), value);
    }

    @Override
    public void writeLong(int address, long value) {
        LONG.set(bytes, at(address, 8), value);
    }

    @Override
    public void writeF32(int address, float value) {
        FLOAT.set(bytes, at(address, 4), value);
    }

    @Override
    public void writeF64(int address, double value) {
        DOUBLE.set(bytes, at(address, 8), value);
    }

    // Bulk.

    @Override
    public byte[] readBytes(int address, int length) {
        within(address, length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        within(address, length);
        System.arraycopy(data, offset, bytes, address, length);
    }

    /** Fills from {@code from} to {@code to}; an end before the start is one that wrapped around. */
    @Override
    public void fill(byte value, int from, int to) {
        if (Integer.compareUnsigned(to, from) < 0 || Integer.compareUnsigned(to, size) > 0) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
        }
        Arrays.fill(bytes, from, to, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        copy(to, this, from, length);
    }

    /** {@code memory.copy} from another memory, or this one. */
    void copy(int to, FlatMemory source, int from, int length) {
        within(to, length);
        source.within(from, length);
        System.arraycopy(source.bytes, from, bytes, to, length);
    }

    /** {@code memory.init}: copies a part of {@code segment}, in unsigned arithmetic. */
    void init(int to, byte[] segment, int from, int length) {
        within(to, length);
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > segment.length) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
        }
        System.arraycopy(segment, from, bytes, to, length);
    }

    // Instantiation.

    @Override
    public void zero() {
        // A new array is zero already.
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments) {
        initialize(instance, segments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments, int memoryIndex) {
        for (var segment : segments) {
            if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                var to = (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                init(to, active.data(), 0, active.data().length);
            }
        }
    }

    // Passive segments belong to an instance, and a memory may be shared by many: GuestMachine keeps them.

    @Override
    public void initPassiveSegment(int segment, int to, int from, int length) {
        throw new IllegalStateException("passive segments are kept by the instance");
    }

    @Override
    public void drop(int segment) {
        throw new IllegalStateException("passive segments are kept by the instance");
    }

    // Atomics on a memory that only one thread sees.

    @Override
    @Deprecated
    public Object lock(int address) {
        return this;
    }

    @Override
    @Deprecated
    public int waitOn(int address, int expected, long timeout) {
        throw new TrapException("expected shared memory");
    }

    @Override
    @Deprecated
    public int waitOn(int address, long expected, long timeout) {
        throw new TrapException("expected shared memory");
    }

    @Override
    @Deprecated
    public int notify(int address, int threadsMax) {
        at(address, 4);
        return 0;
    }
}
