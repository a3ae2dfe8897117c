package dev.creel.cli;

import java.nio.file.Path;

/**
 * What {@code creel run} was told.
 *
 * @param wasm the component
 * @param listen {@code HOST:PORT}
 */
public record RunOptions(Path wasm, String listen, boolean allowPrivateNetworks) {}
