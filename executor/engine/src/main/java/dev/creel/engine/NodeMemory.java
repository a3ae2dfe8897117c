package dev.creel.engine;

import dev.creel.component.core.MemoryArrays;
import dev.creel.contract.ByteSize;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much linear memory all guests of a process may have together, so that they never exhaust the heap, which would end the
 * process; and what is kept of it for guests to come. Thread-safe.
 */
public final class NodeMemory {
    private final long max;
    /** Bytes taken; the sum over all runs under way. */
    private final AtomicLong used = new AtomicLong();

    private final KeptArrays arrays;

    /**
     * @param max of all guests that run
     * @param kept most bytes of memories of guests that are over, for others to use; 0 keeps none
     */
    public NodeMemory(ByteSize max, ByteSize kept) {
        this.max = max.bytes();
        this.arrays = new KeptArrays(kept);
    }

    /** For guests half of the heap, as a growing memory exists twice for a moment. */
    public static NodeMemory halfOfTheHeap(ByteSize kept) {
        return new NodeMemory(ByteSize.ofBytes(Runtime.getRuntime().maxMemory() / 2), kept);
    }

    /** What is kept. */
    MemoryArrays arrays() {
        return arrays;
    }

    /** Bytes that are kept for guests to come. */
    public ByteSize kept() {
        return arrays.kept();
    }

    boolean take(long bytes) {
        if (used.addAndGet(bytes) > max) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes taken now. */
    public ByteSize used() {
        return ByteSize.ofBytes(used.get());
    }
}
