package dev.creel.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Serve one component on localhost, without a platform.")
final class RunCommand implements Callable<Integer> {
    private final Servers servers;

    @Parameters(paramLabel = "app.wasm", description = "A component that handles HTTP requests.")
    private @Nullable Path wasm;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:3000",
            description = "127.0.0.1:3000.")
    private String listen = "";

    @Option(names = "--allow-private-networks", description = "Let the component reach loopback and private addresses.")
    private boolean allowPrivateNetworks;

    RunCommand(Servers servers) {
        this.servers = servers;
    }

    @Override
    public Integer call() throws Exception {
        return servers.run(new RunOptions(Objects.requireNonNull(wasm), listen, allowPrivateNetworks));
    }
}
