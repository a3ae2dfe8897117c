package dev.creel.host;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedTrigger;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.engine.CompiledComponent;
import dev.creel.engine.Engine;
import dev.creel.engine.outbound.InvalidAllowedHostException;
import dev.creel.engine.spin.ComponentGrants;
import dev.creel.engine.variables.InvalidTemplateException;
import dev.creel.host.app.HostedComponent;
import dev.creel.host.app.Invoker;
import dev.creel.host.app.RunningApp;
import dev.creel.host.ingress.DirectDoor;
import dev.creel.host.ingress.InvokeServer;
import dev.creel.host.lane.Lanes;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.route.HttpRouter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One component on an address of its own, without any platform around it: {@code creel run app.wasm}. It answers every path, and may
 * send HTTP requests wherever the configuration lets guests go.
 */
public final class ServeComponent implements AutoCloseable {
    private final InvokeServer server;
    private final Invoker invoker;
    private final Lanes lanes;
    private final NetworkHttp network;

    private ServeComponent(InvokeServer server, Invoker invoker, Lanes lanes, NetworkHttp network) {
        this.server = server;
        this.invoker = invoker;
        this.lanes = lanes;
        this.network = network;
    }

    /**
     * Compiles and listens at the address of {@code config.ingress()}. Blocks for seconds.
     *
     * @param name of the component, for logs
     * @param logs takes what it prints
     * @throws dev.creel.engine.RefusedComponentException if the bytes are no component that can run here
     * @throws IOException if the port cannot be had
     */
    public static ServeComponent start(
            String name, byte[] wasm, ExecutorConfig config, Vertx vertx, Engine engine, GuestLogs logs)
            throws IOException, InterruptedException {
        var code = engine.compile(wasm);
        var lanes = new Lanes(config.lanes());
        var network = new NetworkHttp(vertx, config.outbound());
        var invoker = new Invoker(lanes, engine.run(lanes.waits()), engine.deadlines(), network, logs, config.guest());
        try {
            var server = InvokeServer.start(vertx, config.ingress(), new DirectDoor(app(name, code)), invoker);
            return new ServeComponent(server, invoker, lanes, network);
        } catch (IOException | InterruptedException e) {
            lanes.close();
            network.close();
            throw e;
        }
    }

    private static RunningApp app(String name, CompiledComponent code) {
        var component = new LockedComponent(
                name,
                new ContentRef(Optional.of(new ContentRef.Inline(new byte[0])), Optional.empty(), Optional.empty()),
                Map.of(),
                List.of(),
                Map.of(),
                List.of("*://*:*"),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        var trigger = new LockedTrigger(name, "http", Map.of("route", "/...", "component", name));
        var locked = new LockedApp(name, "", "", Map.of(), List.of(), Map.of(), List.of(trigger), List.of(component));
        try {
            var hosted = new HostedComponent(component, ComponentGrants.of(locked, component), code, List.of());
            return new RunningApp(
                    AppId.random(),
                    RevisionId.random(),
                    Optional.empty(),
                    locked,
                    HttpRouter.of(locked),
                    Map.of(name, hosted),
                    Map.of());
        } catch (InvalidAllowedHostException | InvalidTemplateException e) {
            throw new IllegalStateException("grants without a template cannot be wrong", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** Stops guests and closes everything. */
    @Override
    public void close() {
        lanes.close();
        invoker.stopAll();
        server.close();
        network.close();
    }
}
