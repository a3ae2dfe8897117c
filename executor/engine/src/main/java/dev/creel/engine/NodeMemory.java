package dev.creel.engine;

import dev.creel.contract.ByteSize;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much linear memory all guests of a process may have together, so that they never exhaust the heap, which would end the
 * process. Thread-safe.
 */
public final class NodeMemory {
    private final long max;
    /** Bytes taken; the sum over all runs under way. */
    private final AtomicLong used = new AtomicLong();

    /** At most {@code max}. */
    public NodeMemory(ByteSize max) {
        this.max = max.bytes();
    }

    /** Half of the heap: a growing memory exists twice for a moment. */
    public static NodeMemory halfOfTheHeap() {
        return new NodeMemory(ByteSize.ofBytes(Runtime.getRuntime().maxMemory() / 2));
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
