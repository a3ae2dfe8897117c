package dev.creel.cli;

import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.PlatformHttp;
import dev.creel.cli.api.Profile;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --url}, {@code --token} and {@code --json}, which every client command has. */
final class PlatformOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The platform; else CREEL_URL, else the one of creel login.")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Your token; else CREEL_TOKEN, else the one of creel login.")
    private @Nullable String token;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** The platform and the token that the options, the environment and the profile name, in that order. */
    Profile resolve(Map<String, String> environment) {
        var url = first(this.url, environment.get("CREEL_URL"));
        var token = first(this.token, environment.get("CREEL_TOKEN"));
        if (url != null && token != null) {
            return new Profile(url, token);
        }
        var file = Profile.location(environment);
        var saved = Profile.read(file);
        if (url == null && saved.isEmpty()) {
            throw new CommandFailedException("which platform? Name it with --url or CREEL_URL, or sign in with "
                    + "`creel login URL --token TOKEN`; `creel up` does that for you when it first starts");
        }
        if (token == null
                && saved.isPresent()
                && (url == null || sameHost(url, saved.get().url()))) {
            token = saved.get().token();
        }
        if (token == null) {
            throw new CommandFailedException("no token for " + url + "; name it with --token or CREEL_TOKEN "
                    + "(the owner's lies in owner.token in the platform's data folder)");
        }
        return new Profile(url == null ? saved.get().url() : url, token);
    }

    private static boolean sameHost(String one, String other) {
        try (var a = new PlatformHttp(one);
                var b = new PlatformHttp(other)) {
            return a.authority().equals(b.authority());
        }
    }

    private static @Nullable String first(@Nullable String a, @Nullable String b) {
        return a != null && !a.isBlank() ? a : b != null && !b.isBlank() ? b : null;
    }
}
