package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One guest's end of one call: where its values lie, which of its handles it lent for the call, and how many borrows it still
 * holds from it. One thread; ends with the call.
 */
final class Frame {
    private static final int[] NONE = {};

    final Canon canon;

    /** Whether lifted values go to another guest, which must learn how strings were encoded. */
    final boolean toGuest;

    private record Taken(Resource.Host resource, Object object) {}

    private @Nullable List<Taken> taken;
    private long charged;
    private int[] lent = NONE;
    private int lentCount;
    private int borrows;

    Frame(Canon canon, boolean toGuest) {
        this.canon = canon;
        this.toGuest = toGuest;
    }

    /** The guest's memory as it is now; fetch it again after every allocation. */
    byte[] bytes() {
        return canon.memory().bytes();
    }

    /** Traps unless {@code size} bytes at {@code address} lie in memory and the address is aligned. */
    void check(int address, int align, long size) {
        if ((address & (align - 1)) != 0) {
            throw new TrapException("pointer 0x" + Integer.toHexString(address) + " is not aligned to " + align);
        }
        if (Integer.toUnsignedLong(address) + size > canon.memory().size()) {
            throw new TrapException("pointer 0x" + Integer.toHexString(address) + " is out of bounds of memory: " + size
                    + " bytes of " + canon.memory().size());
        }
    }

    /** The address in a slot, of {@code size} bytes that lie in memory and are aligned. */
    int pointer(long slot, int align, int size) {
        int address = (int) slot;
        check(address, align, size);
        return address;
    }

    /** Has the guest allocate {@code size} bytes, also if that is 0. */
    int allocate(int align, int size) {
        return reallocate(0, 0, align, size);
    }

    /** Has the guest move or resize an allocation; returns its new address, which is in bounds and aligned. */
    int reallocate(int address, int oldSize, int align, int size) {
        int moved = canon.reallocate(address, oldSize, align, size);
        check(moved, align, size);
        return moved;
    }

    /** Counts {@code bytes} that lifted values take in Java; traps beyond the store's limit for a call. */
    void charge(long bytes) {
        charged += bytes;
        if (charged > canon.liftBytesMax) {
            throw new TrapException(
                    "the values of one call take more than " + canon.liftBytesMax + " bytes in the host");
        }
    }

    /** Notes that an object of the host left the guest's table and is on its way. */
    void took(Resource.Host resource, Object object) {
        if (taken == null) {
            taken = new ArrayList<>();
        }
        taken.add(new Taken(resource, object));
    }

    /** Frees what was on its way: it does not arrive because of {@code failure}. */
    void dropTaken(Throwable failure) {
        if (taken != null) {
            taken.forEach(one -> one.resource.dropAfter(failure, one.object));
            taken = null;
        }
    }

    /** Frees what {@code value} owns and the guest's table does not hold: it does not arrive because of {@code failure}. */
    void dropUnheld(Shape shape, Object value, Throwable failure) {
        shape.owned(value, (resource, object) -> {
            if (!canon.instance.handles.owns(object)) {
                resource.dropAfter(failure, object);
            }
        });
    }

    /** Notes that the guest lent {@code entry} of its handle table, until {@link #releaseLent}. */
    void lend(int entry) {
        canon.instance.handles.lend(entry);
        if (lentCount == lent.length) {
            lent = Arrays.copyOf(lent, Math.max(4, 2 * lentCount));
        }
        lent[lentCount++] = entry;
    }

    /** The callee gave back what was lent. */
    void releaseLent() {
        for (int i = 0; i < lentCount; i++) {
            canon.instance.handles.unlend(lent[i]);
        }
        lentCount = 0;
    }

    /** The guest got a borrow that it must drop before it returns. */
    void borrowed() {
        borrows++;
    }

    /** The guest dropped one. */
    void returned() {
        borrows--;
    }

    /** Traps if the guest still holds borrows of this call. */
    void checkReturned() {
        if (borrows > 0) {
            throw new TrapException("borrow handles still remain at the end of the call: " + borrows);
        }
    }
}
