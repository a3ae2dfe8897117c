package dev.creel.component.chicory;

import java.util.Optional;

/**
 * Keeps compiled code across restarts. What it gives back is executed in this process: whoever can change an entry runs
 * code in the host. Implementations are thread-safe, answer a broken or lost entry with nothing, and never throw for
 * trouble with their storage: the engine then compiles again.
 */
public interface CodeCache {
    /** Keeps nothing. */
    CodeCache NONE = new CodeCache() {
        @Override
        public Optional<byte[]> get(String key) {
            return Optional.empty();
        }

        @Override
        public void put(String key, byte[] code) {
            // Nothing is kept.
        }
    };

    /** The code put under {@code key}, exactly as it was put. */
    Optional<byte[]> get(String key);

    /** Whether there is something under {@code key} that {@link #get} would give. */
    default boolean has(String key) {
        return get(key).isPresent();
    }

    /** Keeps {@code code} under {@code key}, which names module, compiler and patches: equal keys mean equal code. */
    void put(String key, byte[] code);
}
