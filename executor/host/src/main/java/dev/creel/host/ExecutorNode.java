package dev.creel.host;

import dev.creel.chassis.json.Json;
import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.board.Board;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.engine.ComponentCache;
import dev.creel.engine.Engine;
import dev.creel.host.app.Invoker;
import dev.creel.host.app.TrapAllowances;
import dev.creel.host.app.WarmUp;
import dev.creel.host.ingress.EdgeDoor;
import dev.creel.host.ingress.InvokeServer;
import dev.creel.host.lane.Lanes;
import dev.creel.host.module.Modules;
import dev.creel.host.numbers.ModuleCacheReadings;
import dev.creel.host.numbers.Numbers;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.traffic.Traffic;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * One executor, running: it follows the board, prepares what is placed on it, and answers requests of edges. Several may live in one
 * process and share an {@link Engine}.
 */
public final class ExecutorNode implements AutoCloseable {
    private final ExecutorConfig config;
    private final Holder holder;
    private final WarmUp warmUp;
    private final InvokeServer server;
    private final Invoker invoker;
    private final Lanes lanes;
    private final NetworkHttp network;

    private ExecutorNode(
            ExecutorConfig config,
            Holder holder,
            WarmUp warmUp,
            InvokeServer server,
            Invoker invoker,
            Lanes lanes,
            NetworkHttp network) {
        this.config = config;
        this.holder = holder;
        this.warmUp = warmUp;
        this.server = server;
        this.invoker = invoker;
        this.lanes = lanes;
        this.network = network;
    }

    /**
     * What an executor needs of its surroundings.
     *
     * @param vertx event loops
     * @param engine shared by all executors of the process
     * @param components compiled ones, shared by all executors of the process
     * @param board where placements come from
     * @param artifacts where applications were pushed to
     * @param logs takes what guests print
     * @param directory for files of applications, this node's own; emptied at the start
     * @param key that edges show
     * @param clock forgives traps as time goes by
     */
    public record Surroundings(
            Vertx vertx,
            Engine engine,
            ComponentCache components,
            Board board,
            Artifacts artifacts,
            GuestLogs logs,
            Path directory,
            String key,
            InstantSource clock) {}

    /**
     * Starts to listen and to follow the board. Blocks until the port is bound.
     *
     * @throws IOException if the port or the directory cannot be had
     */
    public static ExecutorNode start(NodeId id, ExecutorConfig config, Surroundings around)
            throws IOException, InterruptedException {
        var modules = new Modules(around.artifacts(), around.components(), config.pull(), around.directory());
        var lanes = new Lanes(config.lanes());
        var network = new NetworkHttp(around.vertx(), config.outbound());
        var run = around.engine().run(lanes.waits());
        var traffic = new Traffic(config.traffic(), around.clock());
        var invoker = new Invoker(
                lanes,
                run,
                around.engine().deadlines(),
                network,
                around.logs(),
                new TrapAllowances(config.traps(), around.clock()),
                traffic,
                config.guest());
        var numbers = new Numbers(id, traffic, around.clock());
        var door =
                new EdgeDoor(modules::ready, () -> Json.write(NumbersJson.document(numbers.current())), around.key());
        var server = InvokeServer.start(around.vertx(), config.ingress(), door, invoker);
        var endpoint = new Endpoint(config.ingress().host(), server.port());
        var warmUp = new WarmUp(
                config.warmUp(),
                lanes,
                run,
                invoker,
                app -> modules.ready(app.revision()).filter(app::equals).isPresent());
        var holder = Holder.start(id, config, around.board(), modules, endpoint, warmUp);
        new NodeReadings(lanes, invoker, warmUp, around.engine().memory()).addTo(numbers);
        ModuleCacheReadings.addTo(numbers, around.components()::numbers);
        return new ExecutorNode(config, holder, warmUp, server, invoker, lanes, network);
    }

    /** Where edges reach it. */
    public int port() {
        return server.port();
    }

    /** Guests under way. */
    public int busy() {
        return lanes.busy();
    }

    /** Runs of guests that nobody asked for. */
    public long warmUpRuns() {
        return warmUp.runs();
    }

    /** Leaves the board, lets requests under way end for a while, then stops guests, and closes everything. */
    @Override
    public void close() {
        holder.close();
        warmUp.close();
        lanes.drain(config.drain());
        invoker.stopAll();
        lanes.close();
        server.close();
        network.close();
    }
}
