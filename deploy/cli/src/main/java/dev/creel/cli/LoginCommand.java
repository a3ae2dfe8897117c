package dev.creel.cli;

import dev.creel.chassis.json.Json;
import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.PlatformHttp;
import dev.creel.cli.api.Profile;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Remember a platform and a token for the commands that follow.")
final class LoginCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Terminal terminal;

    @Parameters(paramLabel = "URL", description = "The platform, e.g. http://creel.localhost:8080.")
    private @Nullable String url;

    @Option(names = "--token", paramLabel = "TOKEN", description = "Your token; else CREEL_TOKEN, else you are asked.")
    private @Nullable String token;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    LoginCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var profile = new Profile(Objects.requireNonNull(url), token());
        try (var http = new PlatformHttp(profile.url())) {
            new ApiClient(http, profile.token()).apps();
        }
        var file = Profile.location(environment);
        profile.write(file);
        if (json) {
            terminal.result(Json.text(Map.of("url", profile.url(), "profile", file.toString())));
        } else {
            terminal.note("Signed in to " + profile.url() + "; remembered in " + file);
        }
        return 0;
    }

    private String token() {
        var named = token != null ? token : environment.get("CREEL_TOKEN");
        var given = named != null ? named : terminal.askHidden("Token: ").orElse("");
        if (given.isBlank()) {
            throw new CommandFailedException("no token; name it with --token or CREEL_TOKEN");
        }
        return given.strip();
    }
}
