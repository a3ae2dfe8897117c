package dev.creel.cli;

import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.manifest.ManifestException;
import dev.creel.contract.ProblemException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code creel} command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "creel",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        description = "A home for Spin applications in a datacenter of your own.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Developing Creel itself: `./creel test` runs all tests, `./creel test conformance` public suites, `./creel test fuzz` "
                    + "attacks with damaged input, `./creel bench NAME` a benchmark.",
            "Environment: CREEL_URL and CREEL_TOKEN stand for --url and --token."
        })
public final class Cli implements Runnable {
    private @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

    private Cli() {}

    /**
     * Runs one command.
     *
     * @param environment the process's environment
     * @return the exit code
     */
    public static int run(
            String[] args, Servers servers, Map<String, String> environment, PrintStream out, PrintStream err) {
        var terminal = new Terminal(out, err);
        var line = new CommandLine(new Cli())
                .addSubcommand(new UpCommand(servers))
                .addSubcommand(new RunCommand(servers))
                .addSubcommand(new LoginCommand(environment, terminal))
                .addSubcommand(new DeployCommand(environment, terminal))
                .addSubcommand(new AppsCommand(environment, terminal))
                .addSubcommand(new LogsCommand(environment, terminal))
                .addSubcommand(new TopCommand(environment, terminal))
                .addSubcommand(new DeleteCommand(environment, terminal));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err));
        return line.execute(args);
    }

    private static int failed(Exception failure, PrintStream err) {
        switch (failure) {
            case CommandFailedException e -> err.println("creel: " + e.getMessage());
            case ManifestException e -> err.println("creel: " + e.getMessage());
            case ProblemException e -> err.println("creel: " + e.problem().detail());
            default -> {
                err.println("creel: this should not have happened: " + failure);
                failure.printStackTrace(err);
            }
        }
        return 1;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "name a command; `creel --help` lists them");
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"creel " + (version == null ? "(development)" : version)};
        }
    }
}
