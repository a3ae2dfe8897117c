package dev.creel.component.core;

/**
 * A linear memory as one flat array. The array changes when the memory grows: fetch {@link #bytes()} again after any call into
 * a guest. Accesses beyond {@link #size()} are the caller's to refuse; compute bounds in {@code long}.
 */
public non-sealed interface CoreMemory extends CoreExtern {
    @Override
    CoreType.Memory type();

    /** The content now, at least {@link #size()} bytes long. */
    byte[] bytes();

    /** Bytes in use: pages × 64 KiB. */
    int size();
}
