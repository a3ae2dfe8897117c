package dev.creel.codegen;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long the arrays of memories were when instances of a module ended. The next one begins with as much room, so that it need not copy
 * a memory that each of them grows. Thread-safe; which of several instances is remembered does not matter.
 */
final class Rooms {
    /** Beyond twice the initial size, more room than this is not given in advance: one that needed much may have been an exception. */
    private static final int MOST = 1 << 20;

    private final AtomicIntegerArray lengths;

    Rooms(int memories) {
        this.lengths = new AtomicIntegerArray(memories);
    }

    /** Bytes that the array of a memory of {@code size} bytes should have. */
    int room(int memory, long size) {
        return (int) Math.clamp(lengths.getPlain(memory), size, 2 * size + MOST);
    }

    /** An instance is over. */
    void ended(int memory, int length) {
        lengths.setPlain(memory, length);
    }
}
