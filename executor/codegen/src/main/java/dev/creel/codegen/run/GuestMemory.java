package dev.creel.codegen.run;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.TrapException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear memory in one array. Once the memory has grown the array may be longer than the memory (growth page by page would otherwise copy
 * all of it each time), so every access is checked against the size. Addresses are unsigned; as a memory ends below 2 GiB, one that
 * is negative as an int is outside. One thread at a time.
 */
public final class GuestMemory implements CoreMemory {
    /** Bytes of a page. */
    public static final int PAGE = 1 << 16;

    /** Bytes between two looks whether the guest is to stop. */
    static final int PIECE = 1 << 20;

    /**
     * The same, as loops over pieces step. Were it a constant, HotSpot would take them for counted loops, in which no thread can be held:
     * every garbage collection would wait for the last piece.
     */
    private static volatile int step = PIECE;

    /** How many times the room that growth adds is in the memory: each byte is copied so many times at most, on the average. */
    private static final int SPARE = 8;

    private static final byte[] NOTHING = {};

    private static final int PAGES_MAX = Integer.MAX_VALUE / PAGE;

    /** The content. Another array after growth. */
    public byte[] bytes;

    /** Bytes that are the guest's: it is whole pages, and never shrinks. */
    public int size;

    private final CoreType.Memory declared;
    private final GuestFlag flag;
    private boolean exact;
    private final CoreLimits limits;

    /**
     * A memory that begins with {@code image}, if there is one; the rest is zero.
     *
     * @param room bytes that the array has at least
     */
    public GuestMemory(CoreType.Memory declared, CoreLimits limits, byte @Nullable [] image, int room) {
        this.declared = declared;
        this.limits = limits;
        this.flag = limits.flag();
        var wanted = declared.min() * PAGE;
        if (declared.min() > PAGES_MAX || !limits.reserveMemory(wanted)) {
            throw new TrapException("the initial memory of " + wanted + " bytes is over the limit");
        }
        this.size = (int) wanted;
        this.bytes = filled(image == null ? NOTHING : image, Math.max(size, room));
    }

    /** An array that begins with {@code image}, its other bytes zero. */
    private byte[] filled(byte[] image, int length) {
        var used = limits.arrays().take(length);
        if (used == null) {
            return Arrays.copyOf(image, length);
        }
        System.arraycopy(image, 0, used, 0, image.length);
        Arrays.fill(used, image.length, length, (byte) 0);
        return used;
    }

    /** Gives the array back; the memory is empty afterwards. How long it was. */
    public int release() {
        var length = bytes.length;
        size = 0;
        var array = bytes;
        bytes = NOTHING;
        limits.arrays().give(array);
        return length;
    }

    @Override
    public CoreType.Memory type() {
        return new CoreType.Memory(pages(), declared.max(), declared.shared());
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return size;
    }

    /** From now on the array is as long as the memory, whatever growth then costs: {@link ExactCells} relies on it. */
    public void exactly() {
        exact = true;
        if (bytes.length > size) {
            bytes = Arrays.copyOf(bytes, size);
        }
    }

    /** {@code memory.size}. */
    public int pages() {
        return size / PAGE;
    }

    /** {@code memory.grow}. */
    public int grow(int delta) {
        var before = pages();
        var max = declared.max() < 0 ? PAGES_MAX : Math.min(declared.max(), PAGES_MAX);
        if (delta < 0 || (long) before + delta > max || !limits.reserveMemory((long) delta * PAGE)) {
            return -1;
        }
        var grown = (before + delta) * PAGE;
        if (grown > bytes.length) {
            var spare = exact ? 0 : grown / SPARE;
            bytes = longer((int) Math.min((long) grown + spare, max * PAGE));
        }
        size = grown;
        return before;
    }

    /**
     * The content in an array of {@code length}, its other bytes zero. An array that others have left spares the system the pages of a new
     * one; what is copied here is not given to others, since code that waits may still hold it.
     */
    private byte[] longer(int length) {
        var used = limits.arrays().take(length);
        if (used == null) {
            return Arrays.copyOf(bytes, length);
        }
        copy(bytes, 0, used, 0, size, flag);
        fill(used, size, length, (byte) 0, flag);
        return used;
    }

    /** {@code memory.fill}. */
    public static void fill(int to, int value, int length, GuestMemory memory) {
        memory.within(to, length);
        // As unsigned numbers: what is within a memory is not negative.
        fill(memory.bytes, to, to + length, (byte) value, memory.flag);
    }

    private static void fill(byte[] bytes, int from, int to, byte value, GuestFlag flag) {
        var at = from;
        while (at < to) {
            Traps.poll(to - from, flag);
            var end = at + Math.min(step, to - at);
            Arrays.fill(bytes, at, end, value);
            at = end;
        }
    }

    /** {@code memory.copy}. */
    public static void copy(int to, int from, int length, GuestMemory target, GuestMemory source) {
        target.within(to, length);
        source.within(from, length);
        copy(source.bytes, from, target.bytes, to, length, target.flag);
    }

    private static void copy(byte[] source, int from, byte[] target, int to, int length, GuestFlag flag) {
        if (length <= PIECE) {
            System.arraycopy(source, from, target, to, length);
            return;
        }
        // An area may overlap the other: the pieces go in the direction in which none is overwritten before it is read.
        var done = 0;
        while (done < length) {
            Traps.poll(length, flag);
            var piece = Math.min(step, length - done);
            var at = to <= from ? done : length - done - piece;
            System.arraycopy(source, from + at, target, to + at, piece);
            done += piece;
        }
    }

    /** {@code memory.init}, and an active segment. */
    public static void init(int to, int from, int length, GuestMemory memory, byte[] segment) {
        memory.within(to, length);
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > segment.length) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
        }
        System.arraycopy(segment, from, memory.bytes, to, length);
    }

    private void within(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
        }
    }
}
