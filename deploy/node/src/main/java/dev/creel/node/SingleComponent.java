package dev.creel.node;

import dev.creel.chassis.lifecycle.Closing;
import dev.creel.cli.RunOptions;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.codegen.EngineChoice;
import dev.creel.contract.app.AppId;
import dev.creel.contract.logs.GuestLine;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.edge.ListenAddress;
import dev.creel.engine.CompiledComponent;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestOutcome;
import dev.creel.engine.RefusedComponentException;
import dev.creel.host.CommandRun;
import dev.creel.host.ExecutorConfig;
import dev.creel.host.LoneComponent;
import dev.creel.host.ServeComponent;
import dev.creel.wasi.context.Preopen;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One component without a platform: {@code creel run}. What a component that serves prints goes to stderr. */
final class SingleComponent implements AutoCloseable {
    private final RunOptions options;
    private final LoneComponent component;
    private final CompiledComponent code;
    private final ExecutorConfig config;
    private final Vertx vertx;
    private final Engine engine;
    private final Closing parts;

    private SingleComponent(
            RunOptions options,
            LoneComponent component,
            CompiledComponent code,
            ExecutorConfig config,
            Vertx vertx,
            Engine engine,
            Closing parts) {
        this.options = options;
        this.component = component;
        this.code = code;
        this.config = config;
        this.vertx = vertx;
        this.engine = engine;
        this.parts = parts;
    }

    /**
     * Compiles it. Blocks for seconds.
     *
     * @throws CommandFailedException in one line, if it cannot run here
     */
    static SingleComponent compile(RunOptions options) {
        var parts = new Closing();
        try {
            var defaults = NodeConfig.DEFAULTS;
            var config = defaults.executor()
                    .withOutbound(defaults.executor().outbound().withPrivateNetworks(options.allowPrivateNetworks()));
            var component = component(options);
            var engine = parts.add("engine", Engines.engine(defaults));
            var code = CompiledComponent.of(component.wasm(), Engines.forgetful(engine(options)), Engines.offered());
            code.facts().note().ifPresent(note -> System.err.println("creel: " + component.name() + " " + note));
            var vertx = Vertx.vertx();
            parts.add(
                    "event loops",
                    () -> vertx.close()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS));
            return new SingleComponent(options, component, code, config, vertx, engine, parts);
        } catch (IOException | RefusedComponentException e) {
            parts.close();
            throw failed(options, e);
        }
    }

    private static EngineChoice engine(RunOptions options) {
        try {
            return options.engine().isEmpty() ? EngineChoice.DEFAULT : EngineChoice.named(options.engine());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static LoneComponent component(RunOptions options) throws IOException {
        var name = String.valueOf(options.wasm().getFileName()).replaceFirst("\\.wasm$", "");
        var preopens = options.directories().stream()
                .map(one -> new Preopen(one.guest(), one.host(), one.writable()))
                .toList();
        return new LoneComponent(name, Files.readAllBytes(options.wasm()), options.environment(), preopens);
    }

    private static CommandFailedException failed(RunOptions options, Exception e) {
        return e instanceof NoSuchFileException
                ? new CommandFailedException("there is no file " + options.wasm(), e)
                : new CommandFailedException(options.wasm() + ": " + e.getMessage(), e);
    }

    /** Whether it serves; if not, it is a command. */
    boolean serves() {
        return code.facts().handlesHttp();
    }

    /**
     * Serves it until this is closed.
     *
     * @return where it answers
     * @throws CommandFailedException in one line, if it cannot
     */
    String serve() throws InterruptedException {
        if (!options.arguments().isEmpty()) {
            throw new CommandFailedException(
                    options.wasm() + " handles HTTP requests: it takes no arguments, but for --env and --dir");
        }
        try {
            var address = new ListenAddress(options.listen());
            var ingress = config.ingress().at(address.host(), address.port());
            var server = parts.add(
                    "component",
                    ServeComponent.start(
                            component, code, config.withIngress(ingress), vertx, engine, new ToStandardError()));
            return "http://" + new ListenAddress(address.host(), server.port());
        } catch (IOException | IllegalArgumentException e) {
            throw failed(options, e);
        }
    }

    /**
     * Runs it to its end.
     *
     * @return its exit code
     * @throws CommandFailedException in one line, if something else ended it
     */
    int run() throws InterruptedException {
        GuestOutcome outcome;
        try {
            var run = new CommandRun(component, code, config, engine);
            outcome = run.run(options.arguments(), StandardStreams.open(), vertx);
        } catch (IOException e) {
            throw failed(options, e);
        }
        if (outcome instanceof GuestOutcome.Exited(int exit)) {
            return exit;
        }
        throw new CommandFailedException(options.wasm() + ": " + outcome.sentence());
    }

    @Override
    public void close() {
        parts.close();
    }

    /** Prints and keeps nothing. */
    private static final class ToStandardError implements GuestLogs {
        @Override
        public void append(AppId app, String component, GuestLine.Source source, String text) {
            System.err.println(
                    component + " " + (source == GuestLine.Source.STDOUT ? "stdout" : "stderr") + ": " + text);
        }

        @Override
        public List<GuestLine> read(AppId app, Instant since, int max) {
            return List.of();
        }

        @Override
        public void forget(AppId app) {}
    }
}
