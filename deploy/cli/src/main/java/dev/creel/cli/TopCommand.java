package dev.creel.cli;

import dev.creel.chassis.config.DurationText;
import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.PlatformHttp;
import dev.creel.cli.top.Look;
import dev.creel.cli.top.Screen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Show what nodes and applications do, live: how much a second between two looks. For the owner.")
final class TopCommand implements Callable<Integer> {
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);

    private final Map<String, String> environment;
    private final Terminal terminal;

    @Option(names = "--interval", paramLabel = "TIME", defaultValue = "2s", description = "Between two looks; 2s.")
    private String interval = "2s";

    @Option(names = "--once", description = "Look once: what has happened since the nodes started.")
    private boolean once;

    @Option(
            names = "--apps",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many applications, those with the most processor time first; 20.")
    private int apps;

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @Spec
    private @Nullable CommandSpec spec;

    TopCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var pause = pause();
        var profile = platform.resolve(environment);
        try (var http = new PlatformHttp(profile.url())) {
            var api = new ApiClient(http, profile.token());
            var answer = api.numbers();
            if (once) {
                show(answer, () -> Screen.of(Look.read(answer), apps));
                return 0;
            }
            var before = Look.read(answer);
            long at = System.nanoTime();
            while (true) {
                Thread.sleep(pause);
                var next = api.numbers();
                long then = System.nanoTime();
                var look = Look.read(next);
                var earlier = before;
                var between = Duration.ofNanos(then - at);
                show(next, () -> Screen.of(look, earlier, between, apps));
                before = look;
                at = then;
            }
        }
    }

    private void show(byte[] answer, Supplier<List<String>> screen) {
        if (platform.json()) {
            terminal.result(new String(answer, StandardCharsets.UTF_8));
        } else {
            if (!once) {
                terminal.clear();
            }
            screen.get().forEach(terminal::result);
        }
    }

    private Duration pause() {
        try {
            var pause = DurationText.parse(interval);
            if (pause.compareTo(INTERVAL_MIN) >= 0) {
                return pause;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        throw wrong("'" + interval + "' is too short; the shortest is 100ms");
    }

    private CommandLine.ParameterException wrong(String why) {
        return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "--interval: " + why);
    }
}
