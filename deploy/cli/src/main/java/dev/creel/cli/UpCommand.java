package dev.creel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the whole platform in this process. Ctrl-C or SIGTERM drains and stops it.")
final class UpCommand implements Callable<Integer> {
    private final Servers servers;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where to listen (repeatable); 127.0.0.1:8080.")
    private List<String> listen = new ArrayList<>();

    @Option(names = "--domain", paramLabel = "NAME", description = "Host name of the API; creel.localhost.")
    private @Nullable String domain;

    @Option(
            names = "--apps-domain",
            paramLabel = "NAME",
            description = "Applications answer below this name; apps.localhost.")
    private @Nullable String appsDomain;

    @Option(names = "--data", paramLabel = "DIR", description = "Everything that is kept; ./.creel.")
    private @Nullable Path data;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "A PostgreSQL of yours instead of the embedded one.")
    private @Nullable String postgres;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in TOML.")
    private @Nullable Path config;

    @Option(names = "--executors", paramLabel = "N", description = "Executors in this process; 1.")
    private @Nullable Integer executors;

    @Option(
            names = "--allow-private-networks",
            description = "Let applications reach loopback and private addresses that their own lists allow.")
    private boolean allowPrivateNetworks;

    UpCommand(Servers servers) {
        this.servers = servers;
    }

    @Override
    public Integer call() throws Exception {
        return servers.up(new UpOptions(
                List.copyOf(listen),
                Optional.ofNullable(domain),
                Optional.ofNullable(appsDomain),
                Optional.ofNullable(data),
                Optional.ofNullable(postgres),
                Optional.ofNullable(config),
                executors == null ? OptionalInt.empty() : OptionalInt.of(executors),
                allowPrivateNetworks));
    }
}
