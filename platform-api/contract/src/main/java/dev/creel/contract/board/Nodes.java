package dev.creel.contract.board;

import java.util.HashMap;
import java.util.Map;

/**
 * All executors that live.
 *
 * @param entries by id
 */
public record Nodes(Map<NodeId, NodeEntry> entries) {
    /** No executor. */
    public static final Nodes NONE = new Nodes(Map.of());

    public Nodes {
        entries = Map.copyOf(entries);
    }

    /** These nodes with {@code entry} put or replaced. */
    public Nodes with(NodeEntry entry) {
        var all = new HashMap<>(entries);
        all.put(entry.id(), entry);
        return new Nodes(all);
    }

    /** These nodes but {@code node}. */
    public Nodes without(NodeId node) {
        var all = new HashMap<>(entries);
        all.remove(node);
        return new Nodes(all);
    }
}
