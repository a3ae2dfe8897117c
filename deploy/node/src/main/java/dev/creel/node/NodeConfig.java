package dev.creel.node;

import dev.creel.artifacts.ArtifactLimits;
import dev.creel.artifacts.RegistryConfig;
import dev.creel.chassis.config.ConfigException;
import dev.creel.chassis.config.ConfigFile;
import dev.creel.cli.UpOptions;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.codegen.EngineChoice;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.HostName;
import dev.creel.control.ControlConfig;
import dev.creel.control.app.AppAddresses;
import dev.creel.edge.EdgeConfig;
import dev.creel.edge.ListenAddress;
import dev.creel.engine.ModuleCacheConfig;
import dev.creel.engine.compile.CompileConfig;
import dev.creel.host.ExecutorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every setting of a process, one record for each part. Comes from the defaults, then the configuration file, then the command
 * line.
 *
 * @param data everything that is kept
 * @param postgres JDBC URL of a PostgreSQL; empty starts the embedded one
 * @param executors how many in this process
 * @param logsPerApp how much of an application's newest output is kept in memory
 * @param logsMax how much of all applications' output is; who printed most gives way
 * @param codeMax how much of what was compiled is kept on disk; the least recently used gives way
 * @param compile what compiling may take
 * @param modules how much of what is deployed stays loaded
 * @param keptMemory most bytes of guests' memories that are kept when they end, for the next to use
 * @param engine runs core modules; what {@code codegen} lacks, {@code chicory} does
 */
record NodeConfig(
        String data,
        String postgres,
        int executors,
        ByteSize logsPerApp,
        ByteSize logsMax,
        ByteSize codeMax,
        CompileConfig compile,
        ModuleCacheConfig modules,
        ByteSize keptMemory,
        EngineChoice engine,
        EdgeConfig edge,
        ControlConfig control,
        RegistryConfig registry,
        ArtifactLimits artifacts,
        ExecutorConfig executor) {
    static final NodeConfig DEFAULTS = new NodeConfig(
            ".creel",
            "",
            1,
            ByteSize.ofKiB(256),
            ByteSize.ofMiB(128),
            ByteSize.ofMiB(4096),
            CompileConfig.DEFAULTS,
            ModuleCacheConfig.DEFAULTS,
            ByteSize.ofMiB(256),
            EngineChoice.DEFAULT,
            EdgeConfig.DEFAULTS,
            ControlConfig.DEFAULTS,
            RegistryConfig.DEFAULTS,
            ArtifactLimits.DEFAULTS,
            ExecutorConfig.defaults());

    NodeConfig {
        if (executors < 1) {
            throw new IllegalArgumentException("at least one executor is needed, not " + executors);
        }
    }

    /**
     * Lays file and options over the defaults.
     *
     * @throws CommandFailedException naming what is wrong, in one line
     */
    static NodeConfig of(UpOptions options) {
        try {
            var file = options.config().isPresent()
                    ? ConfigFile.read(options.config().get(), DEFAULTS)
                    : DEFAULTS;
            return file.with(options);
        } catch (ConfigException | IllegalArgumentException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private NodeConfig with(UpOptions options) {
        var listen = options.listen().isEmpty()
                ? edge.listen()
                : options.listen().stream().map(ListenAddress::new).toList();
        var bound = listen.stream().map(NodeConfig::withPort).toList();
        var appsDomain = options.appsDomain()
                .map(HostName::new)
                .orElse(control.addresses().appsDomain());
        var domain = options.domain().map(HostName::new).orElse(edge.domain());
        if (appsDomain.equals(domain) || domain.value().endsWith("." + appsDomain.value())) {
            throw new IllegalArgumentException("the API's host " + domain + " must not lie in the applications' domain "
                    + appsDomain + ": applications could set its cookies");
        }
        var url = options.postgres().orElse(postgres);
        return new NodeConfig(
                options.data().map(Path::toString).orElse(data),
                url.startsWith("postgresql:") || url.startsWith("postgres:")
                        ? "jdbc:postgresql:" + url.substring(url.indexOf(':') + 1)
                        : url,
                options.executors().orElse(executors),
                logsPerApp,
                logsMax,
                codeMax,
                compile,
                modules,
                keptMemory,
                engine,
                edge.at(bound, domain),
                control.with(new AppAddresses(
                        appsDomain, publicPort(bound), control.addresses().scheme())),
                registry,
                artifacts,
                options.allowPrivateNetworks()
                        ? executor.withOutbound(executor.outbound().withPrivateNetworks(true))
                        : executor);
    }

    /** Where visitors come in: what the file says, unless it says nothing else than the default. */
    private int publicPort(List<ListenAddress> listen) {
        boolean said =
                control.addresses().port() != ControlConfig.DEFAULTS.addresses().port();
        return said ? control.addresses().port() : listen.getFirst().port();
    }

    /** Port 0 becomes a free one now, because the API must name it before the edge listens. */
    private static ListenAddress withPort(ListenAddress address) {
        if (address.port() != 0) {
            return address;
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address.host()))) {
            return new ListenAddress(address.host(), socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalArgumentException("no free port at " + address.host() + ": " + e.getMessage(), e);
        }
    }

    /** What a person types to reach the API. */
    String url() {
        var port = edge.listen().getFirst().port();
        return control.addresses().scheme() + "://" + edge.domain() + (port == 80 ? "" : ":" + port);
    }

    /** Names of the executors of this process. */
    List<String> executorNames() {
        var names = new ArrayList<String>();
        for (int i = 1; i <= executors; i++) {
            names.add("executor-" + i);
        }
        return names;
    }
}
