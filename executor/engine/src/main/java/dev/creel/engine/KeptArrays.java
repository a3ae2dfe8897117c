package dev.creel.engine;

import dev.creel.component.core.MemoryArrays;
import dev.creel.contract.ByteSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of memories whose guests are over, by length, up to a number of bytes. When there is no room those go first whose length nobody
 * has asked for longest. Thread-safe.
 */
final class KeptArrays implements MemoryArrays {
    private final long max;
    /** Least recently asked for first. Guarded by this. */
    private final SequencedMap<Integer, Deque<byte[]>> arrays = new LinkedHashMap<>(16, 0.75f, true);
    /** Bytes in {@link #arrays}. */
    private long bytes;

    /** Keeps at most {@code max}. */
    KeptArrays(ByteSize max) {
        this.max = max.bytes();
    }

    @Override
    public synchronized byte @Nullable [] take(int length) {
        var kept = arrays.get(length);
        if (kept == null) {
            return null;
        }
        // The last that was given: it is in the processor's caches, if any is.
        var array = kept.removeLast();
        if (kept.isEmpty()) {
            arrays.remove(length);
        }
        bytes -= length;
        return array;
    }

    @Override
    public synchronized void give(byte[] array) {
        if (array.length == 0 || array.length > max) {
            return;
        }
        arrays.computeIfAbsent(array.length, length -> new ArrayDeque<>()).addLast(array);
        bytes += array.length;
        while (bytes > max) {
            var oldest = arrays.firstEntry();
            oldest.getValue().removeFirst();
            bytes -= oldest.getKey();
            if (oldest.getValue().isEmpty()) {
                arrays.remove(oldest.getKey());
            }
        }
    }

    /** Bytes that are kept. */
    synchronized ByteSize kept() {
        return ByteSize.ofBytes(bytes);
    }
}
