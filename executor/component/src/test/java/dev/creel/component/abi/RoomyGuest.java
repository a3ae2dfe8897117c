package dev.creel.component.abi;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.host.Store;
import dev.creel.component.plan.StringEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A memory and a realloc that always finds room, at places that its seed decides; memory moves now and then. */
final class RoomyGuest implements CoreMemory {
    private static final CoreFuncType REALLOC =
            new CoreFuncType(Collections.nCopies(4, ValueKind.I32), Collections.nCopies(1, ValueKind.I32));
    private static final int PAGE = 1 << 16;
    /** Where it begins to allocate; results go below. */
    static final int FIRST = 1 << 15;

    final InstanceState instance;
    final List<String> reallocs = new ArrayList<>();
    private final StringEncoding encoding;
    private final Random chance;
    private byte[] bytes = new byte[PAGE];
    private int next = FIRST;

    RoomyGuest(StringEncoding encoding, int number, long seed) {
        this.encoding = encoding;
        this.chance = new Random(seed);
        this.instance = new InstanceState(
                number, new Store(TestPlan.UNLIMITED, 1_000, Store.Waits.FREE), new InstanceState.Arrivals());
        Arrays.fill(bytes, (byte) 0xA5);
    }

    /** Its end of a call. */
    Frame frame(boolean toGuest) {
        var realloc = CoreFunction.host("realloc", REALLOC, this::reallocate);
        return new Frame(
                new Canon(
                        new Canon.Linked(encoding, 0, 1, -1),
                        instance,
                        Store.LIFT_BYTES_MAX,
                        slot -> slot == 0 ? this : realloc),
                toGuest);
    }

    private long[] reallocate(long[] args) {
        reallocs.add(Arrays.toString(args));
        int old = (int) args[0];
        int oldSize = (int) args[1];
        int align = (int) args[2];
        int size = (int) args[3];
        int at = (next + chance.nextInt(16) + align - 1) & -align;
        next = at + size;
        if (next > bytes.length || chance.nextInt(8) == 0) {
            int room = (Math.max(next, bytes.length) / PAGE + 1) * PAGE;
            var grown = Arrays.copyOf(bytes, room);
            Arrays.fill(grown, bytes.length, room, (byte) 0xA5);
            // Whoever still writes to the old array is found out.
            Arrays.fill(bytes, (byte) 0xEE);
            bytes = grown;
        }
        System.arraycopy(bytes, old, bytes, at, Math.min(oldSize, size));
        return new long[] {at};
    }

    /** Everything that a call may have changed. */
    String state() {
        var handles = new ArrayList<String>();
        for (int entry = 1; entry < instance.handles.end(); entry++) {
            handles.add(instance.handles.rep(entry)
                    + (instance.handles.scope(entry) == null ? "" : " borrowed")
                    + (instance.handles.ownedByGuest(entry) == null ? "" : " of host"));
        }
        return reallocs + " " + handles + " " + Arrays.hashCode(bytes) + " of " + bytes.length;
    }

    @Override
    public CoreType.Memory type() {
        return new CoreType.Memory(1, -1, false);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }
}
