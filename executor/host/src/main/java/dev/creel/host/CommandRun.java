package dev.creel.host;

import dev.creel.component.host.Store;
import dev.creel.contract.app.AppId;
import dev.creel.contract.logs.GuestLine;
import dev.creel.engine.CommandCall;
import dev.creel.engine.CompiledComponent;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestOutcome;
import dev.creel.engine.GuestStop;
import dev.creel.engine.GuestWorld;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.outbound.NoSiblings;
import dev.creel.host.outbound.OutboundHttp;
import dev.creel.host.outbound.OutboundSockets;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.io.OutputStream;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** One command, run once to its end, without any platform around it: {@code creel run job.wasm}. */
public final class CommandRun {
    /** A run that is told to take its time is stopped by nobody's clock. */
    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 4;

    private final LoneComponent component;
    private final CompiledComponent code;
    private final ExecutorConfig config;
    private final Engine engine;
    private final GuestStop stop;

    /**
     * Where a command reads and prints.
     *
     * @param stdin what it reads
     * @param stdout where it prints
     * @param stderr where it complains
     */
    public record Streams(BodySource stdin, OutputStream stdout, OutputStream stderr) {}

    /** A command whose {@code code} is compiled already. */
    public CommandRun(LoneComponent component, CompiledComponent code, ExecutorConfig config, Engine engine) {
        this.component = component;
        this.code = code;
        this.config = config;
        this.engine = engine;
        this.stop = new GuestStop(engine.deadlines());
    }

    /**
     * Runs it on a thread of its own, which has a large stack, and waits for its end. Its time is not limited.
     *
     * @param arguments after its name
     * @return how it ended; {@link GuestOutcome.Exited} unless it failed
     * @throws IOException if the roots that the configuration trusts cannot be read
     */
    public GuestOutcome run(List<String> arguments, Streams streams, Vertx vertx)
            throws IOException, InterruptedException {
        var network = new NetworkHttp(vertx, config.outbound());
        var outcome = new AtomicReference<GuestOutcome>();
        var thread = new Thread(
                null,
                () -> outcome.set(run(allArguments(arguments), streams, network)),
                "creel-command",
                config.lanes().stack().bytes());
        thread.start();
        thread.join();
        return Objects.requireNonNull(outcome.get(), "the command's thread ended without an outcome");
    }

    private static void complain(String line) {
        System.err.println(line);
    }

    private List<String> allArguments(List<String> arguments) {
        var all = new ArrayList<>(List.of(component.name()));
        all.addAll(arguments);
        return all;
    }

    private GuestOutcome run(List<String> arguments, Streams streams, NetworkHttp network) {
        var limits = config.guest();
        var spin = component
                .grants()
                .context(ApplicationVariables.of(component.app().variables(), Map::of));
        try (network;
                var outbound = new OutboundHttp(
                        network,
                        AppId.random(),
                        spin.outbound(),
                        new NoSiblings(),
                        limits.outgoingRequests(),
                        CommandRun::complain)) {
            var world = new GuestWorld(
                    limits,
                    component.environment(),
                    component.preopens(),
                    outbound,
                    (GuestLine.Source source, String line) -> complain(line),
                    spin,
                    new OutboundSockets(spin.outbound(), config.outbound(), CommandRun::complain));
            var call = new CommandCall(
                    arguments,
                    streams.stdin(),
                    streams.stdout(),
                    streams.stderr(),
                    stop,
                    System.nanoTime() + FOR_EVER_NANOS);
            return engine.run(Store.Waits.FREE).command(code, world, call);
        }
    }

    /** Stops it. Any thread; harmless before and after the run. */
    public void stop() {
        stop.stop(GuestStop.Reason.SHUTDOWN);
    }
}
