package dev.creel.contract.board;

import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import java.util.Map;
import java.util.Set;

/**
 * All routes, the hosts that wait for one, the revisions that every node refused, and what there is to say of others.
 *
 * @param byHost host → route; only hosts with a ready endpoint
 * @param waiting hosts of applications that no node holds ready: yet, or any more
 * @param refused revisions that cannot run, each with a sentence for its developer
 * @param notes revisions that run, each with a sentence that its developer should know; and those that take long to prepare, with how
 *     far that is
 */
public record Routes(
        Map<HostName, Route> byHost,
        Set<HostName> waiting,
        Map<RevisionId, String> refused,
        Map<RevisionId, String> notes) {
    /** No routes. */
    public static final Routes NONE = new Routes(Map.of(), Set.of(), Map.of());

    /** Without notes. */
    public Routes(Map<HostName, Route> byHost, Set<HostName> waiting, Map<RevisionId, String> refused) {
        this(byHost, waiting, refused, Map.of());
    }

    public Routes {
        byHost = Map.copyOf(byHost);
        waiting = Set.copyOf(waiting);
        refused = Map.copyOf(refused);
        notes = Map.copyOf(notes);
    }
}
