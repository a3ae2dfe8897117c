package dev.creel.component.core;

import org.jspecify.annotations.Nullable;

/**
 * Arrays for linear memories, used again by other instances instead of being allocated each time. What is in one that is handed out is
 * left over from whoever had it before: whoever takes it overwrites all of it before a guest sees any. Thread-safe.
 */
public interface MemoryArrays {
    /** Nothing is kept. */
    MemoryArrays NONE = new MemoryArrays() {
        @Override
        public byte @Nullable [] take(int length) {
            return null;
        }

        @Override
        public void give(byte[] array) {}
    };

    /** An array of exactly {@code length} bytes, whatever they are; null if there is none. */
    byte @Nullable [] take(int length);

    /** For others to take. The giver must not look at it again. */
    void give(byte[] array);
}
