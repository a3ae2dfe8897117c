package dev.creel.edge;

import dev.creel.contract.board.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the requests of one event loop over connections of that loop. Used only on the loop. Watches the requests
 * under way: one that stands still too long is given up.
 */
final class Forwarder {
    private static final long SWEEP_MILLIS = 500;

    private final Context context;
    private final HttpClient client;
    private final EdgeConfig config;
    private final String key;
    private final Set<Forwarding> underway = new HashSet<>();

    Forwarder(Context context, HttpClient client, EdgeConfig config, String key) {
        this.context = context;
        this.client = client;
        this.config = config;
        this.key = key;
        context.owner().setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    private void sweep() {
        long now = System.nanoTime();
        for (var forwarding : List.copyOf(underway)) {
            forwarding.giveUpIfIdle(now);
        }
    }

    /**
     * Forwards a request and its answer.
     *
     * @param endpoints where it can go, at least one
     * @param first the one of them that is tried first
     * @param revision for an executor: which revision to run
     */
    void send(
            HttpServerRequest request,
            EdgeCall.Valid call,
            List<Endpoint> endpoints,
            Endpoint first,
            @Nullable String revision,
            Admission.Permit permit) {
        var forwarding = new Forwarding(this, request, call, endpoints, revision, permit);
        underway.add(forwarding);
        forwarding.start(first);
    }

    void done(Forwarding forwarding) {
        underway.remove(forwarding);
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
