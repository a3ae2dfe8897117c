package dev.creel.edge;

import dev.creel.contract.board.Routes;
import dev.creel.contract.board.Shelf;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
    private Future<String> deployment = Future.failedFuture("not started");
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
        int count = config.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : config.eventLoops();
        var loops = Stream.generate(() -> new EdgeLoop(config, hosts, admission, key, connections))
                .limit(count)
                .toList();
        var next = loops.iterator();
        // One deployment, so that the loops share the port that a 0 stands for.
        deployment = vertx.deployVerticle(next::next, new DeploymentOptions().setInstances(count));
        await(deployment);
        ports = loops.getFirst().ports();
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get();
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
        if (!deployment.succeeded()) {
            return;
        }
        try {
            vertx.undeploy(deployment.result())
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
