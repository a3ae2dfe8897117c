package dev.creel.contract.board;

/**
 * What a shelf holds at one moment: a whole value and its version. Immutable.
 *
 * @param version grows with each publication; 0 before the first
 * @param value the whole content, never patched
 */
public record Image<T>(long version, T value) {}
