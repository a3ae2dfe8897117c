package dev.creel.host.outbound;

import dev.creel.contract.app.AppId;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to the network, shared by all guests of a node; each application has connections and limits of its own. Thread-safe;
 * {@link #send} never blocks.
 */
public final class NetworkHttp implements AutoCloseable {
    private final Vertx vertx;
    private final OutboundConfig config;
    private final TrustOptions trust;
    private final Map<AppId, AppConnections> apps = new ConcurrentHashMap<>();
    private final long cleaner;

    /**
     * Opens no connection yet.
     *
     * @throws IOException if the roots that the configuration names cannot be read
     */
    public NetworkHttp(Vertx vertx, OutboundConfig config) throws IOException {
        this.vertx = vertx;
        this.config = config;
        this.trust = TrustOptions.wrap(TrustedRoots.with(config.trustedRoots()));
        this.cleaner = vertx.setPeriodic(config.idle().toMillis(), ignored -> closeIdle());
    }

    /** How guests reach the network. */
    public OutboundConfig config() {
        return config;
    }

    /** Requests at once of one run; more wait for their turn. */
    Permits newRun() {
        return new Permits(config.requestsPerRun(), Integer.MAX_VALUE);
    }

    /** Sends a request that the application may make; what the operator forbids fails here. */
    Exchange send(AppId app, Permits run, HttpOutgoing request, Destination to) {
        var connections = apps.compute(app, (id, known) -> {
            var its = known == null ? new AppConnections(vertx, config, trust) : known;
            its.use();
            return its;
        });
        var exchange = new NetworkExchange(vertx, config, connections, run, request, to);
        exchange.start();
        return exchange.asExchange();
    }

    /** A request that failed before it began. */
    static Exchange failed(HttpErrorCode code) {
        var pipe = new BodyPipe(1);
        pipe.source().close();
        return new Exchange(pipe.sink(), CompletableFuture.completedFuture(new Answer.Failed(code)), () -> {});
    }

    private void closeIdle() {
        for (var app : apps.keySet()) {
            apps.computeIfPresent(app, (id, connections) -> connections.closeIfIdle() ? null : connections);
        }
    }

    /** Applications that have connections or requests. */
    int apps() {
        return apps.size();
    }

    @Override
    public void close() {
        vertx.cancelTimer(cleaner);
        apps.values().forEach(AppConnections::close);
        apps.clear();
    }
}
