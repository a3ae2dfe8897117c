package dev.creel.node;

import dev.creel.chassis.lifecycle.Closing;
import dev.creel.cli.RunOptions;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.logs.GuestLine;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.edge.ListenAddress;
import dev.creel.engine.RefusedComponentException;
import dev.creel.host.ServeComponent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One component on localhost, without a platform: {@code creel run}. What it prints goes to stderr. */
final class SingleComponent implements AutoCloseable {
    private final Closing parts = new Closing();
    private String url = "";

    private SingleComponent() {}

    /**
     * Compiles and serves it.
     *
     * @throws CommandFailedException in one line, if it cannot
     */
    static SingleComponent start(RunOptions options) throws InterruptedException {
        var single = new SingleComponent();
        try {
            single.serve(options);
            return single;
        } catch (NoSuchFileException e) {
            single.close();
            throw new CommandFailedException("there is no file " + options.wasm(), e);
        } catch (RefusedComponentException | IOException | IllegalArgumentException e) {
            single.close();
            throw new CommandFailedException(options.wasm() + ": " + e.getMessage(), e);
        }
    }

    private void serve(RunOptions options) throws IOException, InterruptedException {
        var address = new ListenAddress(options.listen());
        var wasm = Files.readAllBytes(options.wasm());
        var config = NodeConfig.DEFAULTS;
        var executor = config.executor()
                .withIngress(config.executor().ingress().at(address.host(), address.port()))
                .withOutbound(config.executor().outbound().withPrivateNetworks(options.allowPrivateNetworks()));
        var vertx = Vertx.vertx();
        parts.add(
                "event loops",
                () -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        var engine = parts.add("engine", Engines.forgetful(config));
        var name = String.valueOf(options.wasm().getFileName()).replaceFirst("\\.wasm$", "");
        var server = parts.add(
                "component", ServeComponent.start(name, wasm, executor, vertx, engine, new ToStandardError()));
        url = "http://" + new ListenAddress(address.host(), server.port());
    }

    /** Where it answers. */
    String url() {
        return url;
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
