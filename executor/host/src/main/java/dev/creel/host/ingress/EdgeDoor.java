package dev.creel.host.ingress;

import dev.creel.contract.app.RevisionId;
import dev.creel.host.app.RunningApp;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * For requests from edges (and from the control plane, which asks for the node's numbers): they show the platform's key and say which revision is wanted, who the client is, and how it came.
 * Without the key nobody gets in, because guests trust what an edge says.
 */
public final class EdgeDoor implements Door {
    private static final String PREFIX = "creel-";
    private static final String NUMBERS = "/numbers";

    private final Function<RevisionId, Optional<RunningApp>> apps;
    private final Supplier<byte[]> numbers;
    private final byte[] key;

    /**
     * @param apps what is ready here
     * @param numbers of this node, as JSON: what is answered to who asks for {@value #NUMBERS} and names no revision
     * @param key shared with the edges
     */
    public EdgeDoor(Function<RevisionId, Optional<RunningApp>> apps, Supplier<byte[]> numbers, String key) {
        this.apps = apps;
        this.numbers = numbers;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Entry enter(HttpServerRequest http) {
        var shown = http.getHeader("creel-key");
        if (shown == null || !MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8))) {
            return new Entry.Shut(403);
        }
        if (http.getHeader("creel-revision") == null && NUMBERS.equals(http.path())) {
            return new Entry.Node(numbers);
        }
        Optional<RunningApp> app;
        try {
            app = apps.apply(RevisionId.parse(Objects.requireNonNullElse(http.getHeader("creel-revision"), "")));
        } catch (IllegalArgumentException e) {
            return new Entry.Shut(400);
        }
        var scheme = "https".equals(http.getHeader("creel-scheme")) ? "https" : "http";
        var client = Objects.requireNonNullElse(http.getHeader("creel-client"), "0.0.0.0:0");
        return app.<Entry>map(found -> new Entry.Open(found, scheme, client))
                // Not here, or no longer: 421 tells the edge to try elsewhere, which no guest can say by accident.
                .orElseGet(() -> new Entry.Shut(421));
    }

    @Override
    public boolean internal(String lowerCaseName) {
        return lowerCaseName.startsWith(PREFIX);
    }
}
