package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;

/** What the canonical ABI keeps for one component instance. */
final class InstanceState {
    final int number;
    final HandleTable handles;

    /** False while a call runs in it. */
    boolean mayEnter = true;

    /** False while its realloc or post-return runs. */
    boolean mayLeave = true;

    private final Arrivals arrivals;

    /** Counts host objects as guests get them, over all instances of a tree, so that they can be dropped newest first. */
    static final class Arrivals {
        private int last;
    }

    InstanceState(int number, Store store, Arrivals arrivals) {
        this.number = number;
        this.handles = new HandleTable(store.handlesMax());
        this.arrivals = arrivals;
    }

    /** Traps where the canonical ABI runs guest code that may not call out. */
    void checkMayLeave() {
        if (!mayLeave) {
            throw new TrapException("cannot leave component instance");
        }
    }

    int nextArrival() {
        return ++arrivals.last;
    }
}
