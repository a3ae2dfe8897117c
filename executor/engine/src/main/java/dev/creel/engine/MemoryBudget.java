package dev.creel.engine;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.MemoryArrays;
import java.util.Optional;

/** What the memories and tables of one run have taken, and what the host keeps for it: all of it is one limit. Used by the guest's thread only. */
final class MemoryBudget implements CoreLimits, AutoCloseable {
    /** Who said no. */
    enum Refusal {
        /** The run's own limit. */
        RUN,
        /** All runs of the process together have taken what there is. */
        NODE
    }

    /** What an element of a table takes. */
    private static final long ELEMENT_BYTES = 8;

    private final NodeMemory node;
    private final GuestFlag flag;
    private final long memoryMax;
    private final long tableMax;
    private long memory;
    private long table;
    private Optional<Refusal> refused = Optional.empty();

    MemoryBudget(GuestLimits limits, NodeMemory node, GuestFlag flag) {
        this.flag = flag;
        this.node = node;
        this.memoryMax = limits.memory().bytes();
        this.tableMax = limits.tableElements();
    }

    @Override
    public boolean reserveMemory(long bytes) {
        if (bytes < 0 || bytes > memoryMax - memory) {
            refused = Optional.of(Refusal.RUN);
            return false;
        }
        if (!node.take(bytes)) {
            refused = Optional.of(Refusal.NODE);
            return false;
        }
        memory += bytes;
        return true;
    }

    @Override
    public boolean reserveTable(long elements) {
        if (elements < 0 || elements > tableMax - table) {
            return false;
        }
        if (!reserveMemory(elements * ELEMENT_BYTES)) {
            return false;
        }
        table += elements;
        return true;
    }

    @Override
    public void releaseHost(long bytes) {
        memory -= bytes;
        node.giveBack(bytes);
    }

    @Override
    public GuestFlag flag() {
        return flag;
    }

    @Override
    public MemoryArrays arrays() {
        return node.arrays();
    }

    /** Whether memory was refused, and by whom last. */
    Optional<Refusal> refused() {
        return refused;
    }

    @Override
    public void close() {
        node.giveBack(memory);
        memory = 0;
    }
}
