package dev.creel.contract.board;

import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import java.util.Map;
import java.util.Set;

/**
 * All routes, the hosts that wait for one, and the revisions that every node refused.
 *
 * @param byHost host → route; only hosts with a ready endpoint
 * @param waiting hosts of applications that no node holds ready: yet, or any more
 * @param refused revisions that cannot run, each with a sentence for its developer
 */
public record Routes(Map<HostName, Route> byHost, Set<HostName> waiting, Map<RevisionId, String> refused) {
    /** No routes. */
    public static final Routes NONE = new Routes(Map.of(), Set.of(), Map.of());

    public Routes {
        byHost = Map.copyOf(byHost);
        waiting = Set.copyOf(waiting);
        refused = Map.copyOf(refused);
    }
}
