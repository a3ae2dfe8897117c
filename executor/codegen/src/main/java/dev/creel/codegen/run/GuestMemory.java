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
            bytes = Arrays.copyOf(bytes, (int) Math.min((long) grown + spare, max * PAGE));
        }
        size = grown;
        return before;
    }

    /** {@code memory.fill}. */
    public static void fill(int to, int value, int length, GuestMemory memory) {
        memory.within(to, length);
        // As unsigned numbers: what is within a memory is not negative.
        for (var left = length; left > 0; left -= PIECE) {
            Traps.poll(length, memory.flag);
            var from = to + length - left;
            Arrays.fill(memory.bytes, from, from + Math.min(left, PIECE), (byte) value);
        }
    }

    /** {@code memory.copy}. */
    public static void copy(int to, int from, int length, GuestMemory target, GuestMemory source) {
        target.within(to, length);
        source.within(from, length);
        if (length <= PIECE) {
            System.arraycopy(source.bytes, from, target.bytes, to, length);
            return;
        }
        // An area may overlap the other: the pieces go in the direction in which none is overwritten before it is read.
        for (var done = 0; done < length; done += PIECE) {
            Traps.poll(length, target.flag);
            var piece = Math.min(PIECE, length - done);
            var at = to <= from ? done : length - done - piece;
            System.arraycopy(source.bytes, from + at, target.bytes, to + at, piece);
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
