package dev.creel.edge;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Forwards the requests of one event loop over connections of that loop. Used only on the loop. Watches the requests
 * under way: one that stands still too long is given up.
 */
final class Forwarder {
    private static final long SWEEP_MILLIS = 500;

    private final Context context;
    private final HttpClient client;
    private final EdgeConfig config;
    private final Hosts hosts;
    private final String key;
    private final Set<Forwarding> underway = new HashSet<>();

    Forwarder(Context context, HttpClient client, EdgeConfig config, Hosts hosts, String key) {
        this.context = context;
        this.client = client;
        this.config = config;
        this.hosts = hosts;
        this.key = key;
        context.owner().setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    private void sweep() {
        long now = System.nanoTime();
        for (var forwarding : List.copyOf(underway)) {
            forwarding.giveUpIfIdle(now);
        }
    }

    /** Forwards a request and its answer. */
    void send(
            HttpServerRequest request,
            EdgeCall.Valid call,
            Destination.Reachable destination,
            Admission.Permit permit) {
        var forwarding = new Forwarding(this, request, call, destination, permit);
        underway.add(forwarding);
        forwarding.start();
    }

    void done(Forwarding forwarding) {
        underway.remove(forwarding);
    }

    /** Where the request would go now, after a change of the routes perhaps. */
    Destination find(EdgeCall.Valid call) {
        return hosts.find(call);
    }

    HttpClient client() {
        return client;
    }

    Context context() {
        return context;
    }

    EdgeConfig config() {
        return config;
    }

    /** What executors check to know that a request comes from an edge. */
    String key() {
        return key;
    }
}
