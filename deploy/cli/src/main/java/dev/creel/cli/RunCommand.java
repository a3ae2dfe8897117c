package dev.creel.cli;

import dev.creel.cli.RunOptions.Directory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run one component without a platform: serve it on localhost if it handles HTTP requests; "
                + "run it to its end, with its exit code, if it is a command.")
final class RunCommand implements Callable<Integer> {
    private static final String BETWEEN = "::";

    private final Servers servers;

    private @Spec @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "app.wasm", description = "A component, or a core module of WASI preview 1.")
    private @Nullable Path wasm;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARG",
            description = "Arguments of a command; those that begin with a dash after a --.")
    private List<String> arguments = List.of();

    @Option(names = "--arg", paramLabel = "ARG", description = "One more argument of a command, before the others.")
    private List<String> optionArguments = List.of();

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST]",
            description =
                    "A directory that the component sees and may change, under its name or as GUEST. None by default.")
    private List<String> directories = List.of();

    @Option(
            names = "--dir-read-only",
            paramLabel = "HOST[::GUEST]",
            description = "A directory that the component sees and may not change.")
    private List<String> readOnly = List.of();

    @Option(names = "--env", paramLabel = "K=V", description = "An environment variable. None by default.")
    private List<String> environment = List.of();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:3000",
            description = "Where a component that handles HTTP requests is served; 127.0.0.1:3000.")
    private String listen = "";

    @Option(names = "--allow-private-networks", description = "Let the component reach loopback and private addresses.")
    private boolean allowPrivateNetworks;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What runs its WebAssembly: codegen (generated classes) or chicory.")
    private String engine = "";

    RunCommand(Servers servers) {
        this.servers = servers;
    }

    @Override
    public Integer call() throws Exception {
        var seen = new ArrayList<Directory>();
        directories.forEach(text -> seen.add(directory(text, true)));
        readOnly.forEach(text -> seen.add(directory(text, false)));
        var all = new ArrayList<>(optionArguments);
        all.addAll(arguments);
        return servers.run(new RunOptions(
                Objects.requireNonNull(wasm), listen, allowPrivateNetworks, engine, seen, variables(), all));
    }

    private Directory directory(String text, boolean writable) {
        int at = text.indexOf(BETWEEN);
        var host = Path.of(at < 0 ? text : text.substring(0, at));
        if (!Files.isDirectory(host)) {
            throw wrong("there is no directory " + host);
        }
        return new Directory(host, at < 0 ? text : text.substring(at + BETWEEN.length()), writable);
    }

    private Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        for (var text : environment) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw wrong("--env takes NAME=VALUE, not '" + text + "'");
            }
            variables.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return variables;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }
}
