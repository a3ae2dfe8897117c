package dev.creel.contract.board;

import dev.creel.contract.app.RevisionId;
import java.util.HashMap;
import java.util.Map;

/**
 * What each node should hold.
 *
 * @param byNode node → revision → placement; a node that is absent holds nothing
 */
public record Placements(Map<NodeId, Map<RevisionId, Placement>> byNode) {
    /** Nothing placed. */
    public static final Placements NONE = new Placements(Map.of());

    public Placements {
        var copy = new HashMap<NodeId, Map<RevisionId, Placement>>();
        byNode.forEach((node, held) -> copy.put(node, Map.copyOf(held)));
        byNode = Map.copyOf(copy);
    }

    /** What {@code node} should hold. */
    public Map<RevisionId, Placement> on(NodeId node) {
        return byNode.getOrDefault(node, Map.of());
    }
}
