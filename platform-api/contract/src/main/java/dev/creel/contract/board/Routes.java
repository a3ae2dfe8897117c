package dev.creel.contract.board;

import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import java.util.Map;

/**
 * All routes, and the revisions that every node refused.
 *
 * @param byHost host → route; only hosts with a ready endpoint
 * @param refused revisions that cannot run, each with a sentence for its developer
 */
public record Routes(Map<HostName, Route> byHost, Map<RevisionId, String> refused) {
    /** No routes. */
    public static final Routes NONE = new Routes(Map.of(), Map.of());

    public Routes {
        byHost = Map.copyOf(byHost);
        refused = Map.copyOf(refused);
    }
}
