package dev.creel.cli;

import dev.creel.chassis.json.Json;
import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.PlatformHttp;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete an application with all its revisions and variables.")
final class DeleteCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Terminal terminal;

    @Parameters(paramLabel = "APP", description = "Name of the application.")
    private @Nullable String app;

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    DeleteCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var profile = platform.resolve(environment);
        var name = Objects.requireNonNull(app);
        try (var http = new PlatformHttp(profile.url())) {
            var api = new ApiClient(http, profile.token());
            var found = api.find(name)
                    .orElseThrow(() -> new CommandFailedException(
                            "there is no application '" + name + "'; creel apps lists yours"));
            api.deleteApp(found.id());
            if (platform.json()) {
                terminal.result(Json.text(Map.of("name", name, "state", "deleted")));
            } else {
                terminal.note("Deleted " + name);
            }
        }
        return 0;
    }
}
