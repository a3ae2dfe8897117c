package dev.creel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code creel run} was told.
 *
 * @param wasm the component
 * @param listen {@code HOST:PORT}, for a component that serves
 * @param engine what runs its core modules; empty for the usual one
 * @param directories that the component sees
 * @param environment its variables
 * @param arguments of a command, after its name
 */
public record RunOptions(
        Path wasm,
        String listen,
        boolean allowPrivateNetworks,
        String engine,
        List<Directory> directories,
        Map<String, String> environment,
        List<String> arguments) {
    /**
     * A directory that a component sees.
     *
     * @param host where it is
     * @param guest the name the component knows it by
     * @param writable whether the component may change what is there
     */
    public record Directory(Path host, String guest, boolean writable) {}
}
