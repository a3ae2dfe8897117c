package dev.creel.codegen.run;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.TrapException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear memory in one array that is exactly as long as the memory, so that the array's own check of an index is the check of an
 * address. Addresses are unsigned; as a memory ends below 2 GiB, one that is negative as an int is outside. One thread at a
 * time.
 */
public final class GuestMemory implements CoreMemory {
    private static final int PAGE = 1 << 16;
    /** Bytes between two looks whether the guest is to stop. */
    static final int PIECE = 1 << 20;

    private static final int PAGES_MAX = Integer.MAX_VALUE / PAGE;

    /** The content. Another array after growth. */
    public byte[] bytes;

    private final CoreType.Memory declared;
    private final CoreLimits limits;

    /** A memory that begins with {@code image}, if there is one; the rest is zero. */
    public GuestMemory(CoreType.Memory declared, CoreLimits limits, byte @Nullable [] image) {
        this.declared = declared;
        this.limits = limits;
        var wanted = declared.min() * PAGE;
        if (declared.min() > PAGES_MAX || !limits.reserveMemory(wanted)) {
            throw new TrapException("the initial memory of " + wanted + " bytes is over the limit");
        }
        this.bytes = image == null ? new byte[(int) wanted] : Arrays.copyOf(image, (int) wanted);
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
        return bytes.length;
    }

    /** {@code memory.size}. */
    public int pages() {
        return bytes.length / PAGE;
    }

    /** {@code memory.grow}. */
    public int grow(int delta) {
        var before = pages();
        var max = declared.max() < 0 ? PAGES_MAX : Math.min(declared.max(), PAGES_MAX);
        if (delta < 0 || (long) before + delta > max || !limits.reserveMemory((long) delta * PAGE)) {
            return -1;
        }
        if (delta > 0) {
            bytes = Arrays.copyOf(bytes, (before + delta) * PAGE);
        }
        return before;
    }

    /** {@code memory.fill}. */
    public static void fill(int to, int value, int length, GuestMemory memory) {
        memory.within(to, length);
        // As unsigned numbers: what is within a memory is not negative.
        for (var left = length; left > 0; left -= PIECE) {
            Traps.stopIfInterrupted(length);
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
            Traps.stopIfInterrupted(length);
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
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > bytes.length) {
            throw new TrapException(Traps.OUT_OF_BOUNDS_MEMORY);
        }
    }
}
