package dev.creel.edge;

import dev.creel.contract.board.Routes;
import dev.creel.contract.board.Shelf;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public HTTP server of the platform. A request's Host decides: the API, the registry, or the application that the
 * newest {@code routes} name. {@link #start} and {@link #close} block; everything between runs on event loops.
 */
public final class EdgeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);

    private final Vertx vertx;
    private final EdgeConfig config;
    private final RouteIndex index;
    private final List<String> deployments = new ArrayList<>();
    private List<Integer> ports = List.of();

    private EdgeServer(Vertx vertx, EdgeConfig config, RouteIndex index) {
        this.vertx = vertx;
        this.config = config;
        this.index = index;
    }

    /**
     * Starts to listen on all addresses.
     *
     * @param routes followed until the server is closed
     * @param key shared with the executors, which answer nobody else
     * @throws IOException naming the address, if one cannot be bound; nothing is left listening then
     */
    public static EdgeServer start(
            Vertx vertx, EdgeConfig config, UpstreamTargets targets, Shelf<Routes> routes, String key)
            throws IOException {
        var server = new EdgeServer(vertx, config, RouteIndex.follow(routes));
        try {
            server.listen(targets, key);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void listen(UpstreamTargets targets, String key) throws IOException {
        var hosts = new Hosts(config.domain(), targets, index);
        var admission = new Admission(config.requestsMax(), config.requestsMaxPerTenant());
        var connections = new AtomicInteger();
        var first = new EdgeLoop(config, config.listen(), hosts, admission, key, connections);
        deployments.add(await(vertx.deployVerticle(first)));
        ports = first.ports();

        var bound = new ArrayList<ListenAddress>();
        for (int i = 0; i < ports.size(); i++) {
            bound.add(new ListenAddress(config.listen().get(i).host(), ports.get(i)));
        }
        int loops = config.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : config.eventLoops();
        if (loops > 1) {
            deployments.add(await(vertx.deployVerticle(
                    () -> new EdgeLoop(config, bound, hosts, admission, key, connections),
                    new DeploymentOptions().setInstances(loops - 1))));
        }
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof IOException io ? io : new IOException("starting the edge", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting the edge", e);
        }
    }

    /** The bound ports, in the order of the configured addresses. */
    public List<Integer> ports() {
        return ports;
    }

    /** Stops accepting, waits at most {@code drain} for running requests, then closes their connections. */
    @Override
    public void close() {
        index.close();
        var undeployed = deployments.stream().map(vertx::undeploy).toList();
        try {
            Future.join(undeployed)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(config.drain().toMillis() + 2000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The edge did not close in order", e);
        }
    }
}
