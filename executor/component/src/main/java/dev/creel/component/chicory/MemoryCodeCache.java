package dev.creel.component.chicory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps code as long as the process lives, and all of it. */
public final class MemoryCodeCache implements CodeCache {
    private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(byte[]::clone);
    }

    @Override
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    @Override
    public void put(String key, byte[] code) {
        entries.put(key, code.clone());
    }

    /** Forgets everything. */
    public void clear() {
        entries.clear();
    }
}
