package dev.creel.cli;

import dev.creel.chassis.json.Json;
import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.AppView;
import dev.creel.cli.api.PlatformHttp;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "apps", mixinStandardHelpOptions = true, description = "List your applications.")
final class AppsCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Terminal terminal;

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    AppsCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var profile = platform.resolve(environment);
        try (var http = new PlatformHttp(profile.url())) {
            var apps = new ApiClient(http, profile.token()).apps();
            if (platform.json()) {
                terminal.result(Json.text(apps.stream().map(AppView::json).toList()));
            } else if (apps.isEmpty()) {
                terminal.note("no applications yet; creel deploy makes one");
            } else {
                apps.forEach(app -> terminal.result(line(app)));
            }
        }
        return 0;
    }

    private static String line(AppView app) {
        var line = "%-24s %-12s %-10s %s".formatted(app.name(), app.version(), app.state(), app.url());
        return app.reason().isEmpty() ? line : line + "\n    " + app.reason();
    }
}
