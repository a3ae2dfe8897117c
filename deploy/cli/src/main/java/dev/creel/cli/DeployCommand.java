package dev.creel.cli;

import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.json.Json;
import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.AppView;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.PlatformHttp;
import dev.creel.cli.manifest.ManifestReader;
import dev.creel.cli.push.Bundle;
import dev.creel.cli.push.Layer;
import dev.creel.cli.push.Locker;
import dev.creel.cli.push.RegistryClient;
import dev.creel.contract.artifact.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = "Deploy an application and wait until it answers.")
final class DeployCommand implements Callable<Integer> {
    private static final int POLL_MILLIS = 200;

    /** Edges follow within milliseconds: a host that serves something else for so long will not serve this deploy's. */
    private static final Duration OVERTAKEN_AFTER = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Duration overtakenAfter;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|spin.toml",
            defaultValue = ".",
            description = "The application's folder or manifest; this folder.")
    private Path path = Path.of(".");

    @Option(names = "--variable", paramLabel = "K=V", description = "Set an application variable (repeatable).")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long to wait until it answers; 600.")
    private int timeoutSeconds;

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    DeployCommand(Map<String, String> environment, Terminal terminal) {
        this(environment, terminal, OVERTAKEN_AFTER);
    }

    DeployCommand(Map<String, String> environment, Terminal terminal, Duration overtakenAfter) {
        this.environment = environment;
        this.terminal = terminal;
        this.overtakenAfter = overtakenAfter;
    }

    @Override
    public Integer call() throws Exception {
        var profile = platform.resolve(environment);
        var file = ManifestReader.locate(path);
        var bundle =
                Locker.lock(ManifestReader.read(file), file.toAbsolutePath().resolveSibling(""));
        checkVariables(bundle);
        try (var http = new PlatformHttp(profile.url())) {
            var manifest = push(bundle, http, profile.token());
            var api = new ApiClient(http, profile.token());
            var app = register(bundle, api);
            print(bundle, await(app, bundle, manifest, api, http));
        }
        return 0;
    }

    private void checkVariables(Bundle bundle) {
        for (var name : variables.keySet()) {
            if (!bundle.app().variables().containsKey(name)) {
                throw new CommandFailedException("the application has no variable '" + name + "'; it has "
                        + (bundle.app().variables().isEmpty()
                                ? "none"
                                : String.join(", ", bundle.app().variables().keySet())));
            }
        }
    }

    private Digest push(Bundle bundle, PlatformHttp http, String token) throws Exception {
        long bytes = bundle.layers().stream().mapToLong(Layer::size).sum();
        terminal.note("Pushing " + bundle.appName() + " " + bundle.version() + " (" + bytes + " bytes)");
        return new RegistryClient(
                        http,
                        token,
                        (index, count, done, total) ->
                                terminal.bar("  layer " + (index + 1) + " of " + count, done, total))
                .push(bundle);
    }

    /** As {@code spin deploy} does: the application, the revision, then the variables. */
    private UUID register(Bundle bundle, ApiClient api) {
        terminal.note("Deploying");
        var found = api.find(bundle.appName());
        var id = found.isPresent() ? found.get().id() : api.createApp(bundle.appName());
        api.registerRevision(bundle.appName(), bundle.version());
        for (var variable : variables.entrySet()) {
            api.setVariable(id, variable.getKey(), variable.getValue());
        }
        return id;
    }

    /** Until the application's host answers with the manifest that was pushed, or the platform says why it never will. */
    private AppView await(UUID id, Bundle bundle, Digest manifest, ApiClient api, PlatformHttp http)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        long otherSince = System.nanoTime();
        var said = "";
        while (true) {
            var app = api.app(id);
            if (app.state().equals("failed") || app.state().equals("degraded")) {
                throw new CommandFailedException(bundle.appName() + " " + bundle.version() + " cannot run: "
                        + (app.reason().isEmpty() ? "the platform gives no reason" : app.reason())
                        + (app.state().equals("degraded") ? " (the previous revision keeps serving)" : ""));
            }
            if (!app.state().equals("ready")
                    && !app.reason().isEmpty()
                    && !app.reason().equals(said)) {
                said = app.reason();
                terminal.note("  " + said);
            }
            var serving = app.state().equals("ready") ? serving(app, http) : "";
            if (serving.equals(manifest.toString())) {
                return app;
            }
            if (serving.isEmpty()) {
                otherSince = System.nanoTime();
            } else if (System.nanoTime() - otherSince > overtakenAfter.toNanos()) {
                throw new CommandFailedException("another deploy of " + bundle.appName() + " came after this one: "
                        + app.version() + " serves, with the manifest " + serving);
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException(bundle.appName() + " was deployed but did not answer within "
                        + timeoutSeconds + " s; creel apps shows its state, creel logs what it printed");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The digest of the manifest that the application's host says it serves; empty if it does not say. */
    private static String serving(AppView app, PlatformHttp http) {
        var authority = app.url().replaceFirst("^https?://", "");
        var answer = http.send("GET", authority, "/.well-known/spin/info", HttpFields.NONE, new byte[0]);
        return answer.status() == 200
                ? Json.tree(answer.body()).path("oci_image_digest").asString("")
                : "";
    }

    private void print(Bundle bundle, AppView app) {
        if (platform.json()) {
            terminal.result(Json.text(app.json()));
            return;
        }
        terminal.result(bundle.appName() + " " + bundle.version() + " is ready: " + app.url());
        for (var trigger : bundle.app().triggers()) {
            if (trigger.config().get("route") instanceof String route) {
                var plain = route.replaceAll("/(\\.\\.\\.|\\*)$", "");
                var name = trigger.config().get("component") instanceof String component ? component : trigger.id();
                terminal.result("  " + name + ": " + app.url() + plain + (plain.equals(route) ? "" : " (wildcard)"));
            }
        }
    }
}
