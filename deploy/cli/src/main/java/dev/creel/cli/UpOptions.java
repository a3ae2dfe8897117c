package dev.creel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code creel up} was told on the command line; what is empty comes from the configuration file or its defaults.
 *
 * @param listen addresses as {@code HOST:PORT}
 * @param executors how many in this process
 */
public record UpOptions(
        List<String> listen,
        Optional<String> domain,
        Optional<String> appsDomain,
        Optional<Path> data,
        Optional<String> postgres,
        Optional<Path> config,
        OptionalInt executors,
        boolean allowPrivateNetworks) {}
