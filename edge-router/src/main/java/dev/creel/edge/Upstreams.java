package dev.creel.edge;

import dev.creel.contract.board.Endpoint;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Chooses among the ready endpoints of a destination, evenly by chance. */
final class Upstreams {
    private Upstreams() {}

    static Endpoint choose(Destination.Reachable destination) {
        var all = destination.endpoints();
        return all.size() == 1
                ? all.getFirst()
                : all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    /** Another endpoint than {@code failed}, if there is one. */
    static @Nullable Endpoint another(Destination.Reachable destination, Endpoint failed) {
        List<Endpoint> all = destination.endpoints();
        int start = ThreadLocalRandom.current().nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            var candidate = all.get((start + i) % all.size());
            if (!candidate.equals(failed)) {
                return candidate;
            }
        }
        return null;
    }
}
