package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Handles of one component instance (reference component-model §4.7). Index 0 stays free; freed indices are used again, last
 * freed first, which guests can see. An entry is an own handle, or a borrow that belongs to a call.
 */
final class HandleTable {
    private static final int FIRST_ROOM = 16;
    private static final int HANDLES_MAX = (1 << 28) - 1;

    private final int entriesMax;
    private @Nullable Resource[] resources = {};
    /** Of a guest's resource its rep; of a host's object when it came, counted over the store; of a free entry the next free. */
    private int[] reps = {};

    private @Nullable Object[] objects = {};
    private @Nullable Frame[] scopes = {};
    private int[] lends = {};
    private int used = 1;
    private int free;
    private int count;

    HandleTable(int entriesMax) {
        this.entriesMax = Math.min(entriesMax, HANDLES_MAX);
    }

    /** Adds an entry and returns its index. {@code scope} is the call that a borrow belongs to; null makes an own handle. */
    int add(Resource resource, int rep, @Nullable Object object, @Nullable Frame scope) {
        if (count == entriesMax) {
            throw new TrapException("handle table is full: " + entriesMax + " handles");
        }
        int entry;
        if (free != 0) {
            entry = free;
            free = reps[entry];
        } else {
            entry = used++;
            if (entry >= reps.length) {
                grow();
            }
        }
        count++;
        resources[entry] = resource;
        reps[entry] = rep;
        objects[entry] = object;
        scopes[entry] = scope;
        return entry;
    }

    /** {@code handle} as an index of an entry of {@code resource}; traps if it is not. */
    @SuppressWarnings("ReferenceEquality") // a plan has one object for each resource type
    int find(int handle, Resource resource) {
        if (handle <= 0 || handle >= used || resources[handle] == null) {
            throw new TrapException("unknown handle index " + Integer.toUnsignedString(handle));
        }
        if (resources[handle] != resource) {
            throw new TrapException("handle index " + handle + " is of another resource type");
        }
        return handle;
    }

    /** Traps if the entry is lent: it can neither move nor go. */
    void checkNotLent(int entry) {
        if (lends[entry] != 0) {
            throw new TrapException("cannot remove owned resource while borrowed: handle index " + entry);
        }
    }

    int rep(int entry) {
        return reps[entry];
    }

    /** The host's object. */
    Object object(int entry) {
        var object = objects[entry];
        if (object == null) {
            throw new IllegalStateException("handle index " + entry + " holds no host object");
        }
        return object;
    }

    /** The call that a borrow belongs to; null for an own handle. */
    @Nullable
    Frame scope(int entry) {
        return scopes[entry];
    }

    void lend(int entry) {
        lends[entry]++;
    }

    void unlend(int entry) {
        lends[entry]--;
    }

    void remove(int entry) {
        resources[entry] = null;
        objects[entry] = null;
        scopes[entry] = null;
        reps[entry] = free;
        free = entry;
        count--;
    }

    /** First index that was never used; all entries lie below. */
    int end() {
        return used;
    }

    /** The host's resource of an own handle, or null if the entry is anything else. */
    Resource.@Nullable Host ownedByGuest(int entry) {
        return resources[entry] instanceof Resource.Host host && scopes[entry] == null ? host : null;
    }

    /** Whether an own handle holds this very object of the host. */
    @SuppressWarnings("ReferenceEquality") // equal objects are not the same resource
    boolean owns(Object object) {
        for (int entry = 1; entry < used; entry++) {
            if (objects[entry] == object && scopes[entry] == null) {
                return true;
            }
        }
        return false;
    }

    private void grow() {
        int room = Math.max(FIRST_ROOM, 2 * reps.length);
        resources = Arrays.copyOf(resources, room);
        reps = Arrays.copyOf(reps, room);
        objects = Arrays.copyOf(objects, room);
        scopes = Arrays.copyOf(scopes, room);
        lends = Arrays.copyOf(lends, room);
    }
}
