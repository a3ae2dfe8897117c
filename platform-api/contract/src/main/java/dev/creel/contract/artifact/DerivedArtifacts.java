package dev.creel.contract.artifact;

import java.io.IOException;
import java.util.Optional;

/**
 * What was derived from artifacts, by a key that names what it was made of and by what: compiled code. It can be made again, so the
 * store may lose any of it; and whoever can write to the store can change it, so readers check what they get. Thread-safe; every
 * method may block on disk or network.
 */
public interface DerivedArtifacts {
    /** What was put under {@code key} last, if it is still there. */
    Optional<byte[]> get(String key) throws IOException;

    /** Whether there is something under {@code key}. */
    boolean has(String key) throws IOException;

    /** Keeps {@code bytes} under {@code key}, whole or not at all. */
    void put(String key, byte[] bytes) throws IOException;
}
