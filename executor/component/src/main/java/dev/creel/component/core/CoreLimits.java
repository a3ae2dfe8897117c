package dev.creel.component.core;

/**
 * What the core instances of one store may take together. Consulted when memories and tables are made and before each
 * growth; a refused growth answers the guest -1, a refused initial size fails the instantiation.
 */
public interface CoreLimits {
    /** Reserves {@code bytes} more of linear memory; false if that is too much. */
    boolean reserveMemory(long bytes);

    /** Reserves {@code elements} more table elements; false if that is too much. */
    boolean reserveTable(long elements);

    /**
     * Reserves {@code bytes} that the host keeps for the guest beside its memories: fields, bodies, buffers. They count as memory; false if
     * that is too much. For the guest's thread.
     */
    default boolean reserveHost(long bytes) {
        return reserveMemory(bytes);
    }

    /** The host keeps so much less of what it reserved by {@link #reserveHost}. For the guest's thread. */
    default void releaseHost(long bytes) {}

    /** What tells guests to stop or to pause; the same for all instances of a store. */
    default GuestFlag flag() {
        return GuestFlag.NEVER;
    }

    /** Where memories get their arrays from, and give them back to. */
    default MemoryArrays arrays() {
        return MemoryArrays.NONE;
    }
}
