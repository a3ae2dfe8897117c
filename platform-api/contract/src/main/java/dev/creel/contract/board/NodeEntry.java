package dev.creel.contract.board;

import dev.creel.contract.app.RevisionId;
import java.util.Map;

/**
 * What an executor says of itself.
 *
 * @param id which
 * @param endpoint where edges reach it
 * @param appsMax how many applications it takes, at least 1
 * @param holdings every revision that it was told to hold, and how far it is
 */
public record NodeEntry(NodeId id, Endpoint endpoint, int appsMax, Map<RevisionId, Holding> holdings) {
    public NodeEntry {
        holdings = Map.copyOf(holdings);
        if (appsMax < 1) {
            throw new IllegalArgumentException("a node takes at least one application, not " + appsMax);
        }
    }
}
