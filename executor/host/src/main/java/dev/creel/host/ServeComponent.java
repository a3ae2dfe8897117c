package dev.creel.host;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.engine.CompiledComponent;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestCode;
import dev.creel.host.app.HostedComponent;
import dev.creel.host.app.Invoker;
import dev.creel.host.app.RunningApp;
import dev.creel.host.app.TrapAllowances;
import dev.creel.host.app.TrapConfig;
import dev.creel.host.ingress.DirectDoor;
import dev.creel.host.ingress.InvokeServer;
import dev.creel.host.lane.Lanes;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.route.Executor;
import dev.creel.host.route.HttpRouter;
import dev.creel.host.traffic.Traffic;
import dev.creel.host.traffic.TrafficConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * One component on an address of its own, without any platform around it: {@code creel run app.wasm}. It answers every path.
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
     * Listens at the address of {@code config.ingress()}. Blocks.
     *
     * @param code of the component, compiled
     * @param logs takes what it prints
     * @throws dev.creel.engine.RefusedComponentException if it answers no HTTP requests
     * @throws IOException if the port cannot be had
     */
    public static ServeComponent start(
            LoneComponent component,
            CompiledComponent code,
            ExecutorConfig config,
            Vertx vertx,
            Engine engine,
            GuestLogs logs)
            throws IOException, InterruptedException {
        var app = app(component, code);
        var lanes = new Lanes(config.lanes());
        var network = new NetworkHttp(vertx, config.outbound());
        var invoker = new Invoker(
                lanes,
                engine.run(lanes.waits()),
                engine.deadlines(),
                network,
                logs,
                new TrapAllowances(TrapConfig.ALONE, InstantSource.system()),
                new Traffic(TrafficConfig.ALONE, InstantSource.system()),
                config.guest());
        try {
            var server = InvokeServer.start(vertx, config.ingress(), new DirectDoor(app), invoker);
            return new ServeComponent(server, invoker, lanes, network);
        } catch (IOException | InterruptedException e) {
            lanes.close();
            network.close();
            throw e;
        }
    }

    /** An application of this component, with nothing but it. */
    static RunningApp app(LoneComponent component, CompiledComponent code) {
        var app = component.app();
        var hosted = new HostedComponent(
                component.locked(), component.grants(), GuestCode.of(code), Executor.DEFAULT, component.preopens());
        return new RunningApp(
                TenantId.random(),
                AppId.random(),
                RevisionId.random(),
                Optional.empty(),
                app,
                HttpRouter.of(app),
                Map.of(component.name(), hosted),
                Map.of());
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
