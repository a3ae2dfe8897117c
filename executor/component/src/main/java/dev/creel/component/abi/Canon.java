package dev.creel.component.abi;

import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.TrapException;
import dev.creel.component.plan.StringEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Canonical options in one component instance. Memory and functions are looked up at their first use, since the core instance
 * that exports them may be made after the functions that use them (it imports them).
 */
final class Canon {
    /** Finds what a slot of the plan holds in this instance tree. */
    interface Externs {
        /** Throws {@link TrapException} if the core instance that exports it does not exist yet. */
        CoreExtern extern(int slot);
    }

    /**
     * Options as linked.
     *
     * @param memory slot, or -1
     * @param realloc slot, or -1
     * @param postReturn slot, or -1
     */
    record Linked(StringEncoding encoding, int memory, int realloc, int postReturn) {}

    final InstanceState instance;
    final StringEncoding encoding;
    final long liftBytesMax;
    private final Linked linked;
    private final Externs externs;
    private @Nullable CoreMemory memory;
    private @Nullable CoreFunction realloc;

    Canon(Linked linked, InstanceState instance, long liftBytesMax, Externs externs) {
        this.linked = linked;
        this.instance = instance;
        this.encoding = linked.encoding();
        this.liftBytesMax = liftBytesMax;
        this.externs = externs;
    }

    CoreMemory memory() {
        var known = memory;
        if (known == null) {
            if (linked.memory() < 0 || !(externs.extern(linked.memory()) instanceof CoreMemory found)) {
                throw new TrapException("a value lies in memory, but the canonical options name none");
            }
            memory = found;
            return found;
        }
        return known;
    }

    /** Runs the guest's realloc, which may not call out. The result is not checked. */
    int reallocate(int address, int oldSize, int align, int size) {
        var function = realloc;
        if (function == null) {
            if (linked.realloc() < 0 || !(externs.extern(linked.realloc()) instanceof CoreFunction found)) {
                throw new TrapException("a value needs memory, but the canonical options name no realloc");
            }
            realloc = found;
            function = found;
        }
        return (int) inside(function, Integer.toUnsignedLong(address), Integer.toUnsignedLong(oldSize), align, size)[0];
    }

    /** Tells the guest that its results were read. */
    void postReturn(long[] results) {
        if (linked.postReturn() >= 0 && externs.extern(linked.postReturn()) instanceof CoreFunction function) {
            inside(function, results);
        }
    }

    private long[] inside(CoreFunction function, long... args) {
        instance.mayLeave = false;
        var results = function.call(args);
        instance.mayLeave = true;
        return results;
    }
}
