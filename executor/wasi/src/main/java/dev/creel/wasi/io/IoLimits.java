package dev.creel.wasi.io;

/**
 * What wasi:io lets one store take; a store without one has {@link #DEFAULT}.
 *
 * @param pollablesMax pollables of one {@code poll}; more trap
 */
public record IoLimits(int pollablesMax) {
    /** 16,384 pollables. */
    public static final IoLimits DEFAULT = new IoLimits(16 << 10);
}
