package dev.creel.cli;

import dev.creel.chassis.json.Json;
import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.PlatformHttp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show what an application printed.")
final class LogsCommand implements Callable<Integer> {
    private static final int POLL_MILLIS = 1000;

    private final Map<String, String> environment;
    private final Terminal terminal;

    @Parameters(paramLabel = "APP", description = "Name of the application.")
    private @Nullable String app;

    @Option(
            names = {"--follow", "-f"},
            description = "Go on until interrupted.")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many of the newest lines; 100.")
    private int tail;

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    LogsCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var profile = platform.resolve(environment);
        var name = Objects.requireNonNull(app);
        try (var http = new PlatformHttp(profile.url())) {
            var api = new ApiClient(http, profile.token());
            var id = api.find(name)
                    .orElseThrow(() -> new CommandFailedException(
                            "there is no application '" + name + "'; creel apps lists yours"))
                    .id();
            var lines = api.logs(id, tail, "");
            if (platform.json() && !follow) {
                terminal.result(Json.text(lines));
                return 0;
            }
            var since = print(lines, "");
            while (follow) {
                Thread.sleep(POLL_MILLIS);
                since = print(api.logs(id, 1000, since), since);
            }
        }
        return 0;
    }

    /** Prints and returns the time of the last line; with {@code --json --follow} a document a line. */
    private String print(List<ApiClient.LogLine> lines, String since) {
        for (var line : lines) {
            terminal.result(
                    platform.json()
                            ? Json.text(line)
                            : line.time() + " " + line.component() + " " + line.source() + ": " + line.line());
        }
        return lines.isEmpty() ? since : lines.getLast().time();
    }
}
