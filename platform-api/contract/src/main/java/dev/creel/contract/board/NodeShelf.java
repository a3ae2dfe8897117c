package dev.creel.contract.board;

import java.time.Duration;

/** The shelf {@code nodes}: each executor writes its own entry, the scheduler reads all. Thread-safe. */
public interface NodeShelf {
    /** All entries. */
    Image<Nodes> current();

    /** Puts or replaces the entry of {@code entry.id()}; only that executor calls this. */
    void publish(NodeEntry entry);

    /** Takes a node off, as its executor stops. Unknown nodes are fine. */
    void remove(NodeId node);

    /** As {@link Shelf#awaitNewer}. */
    Image<Nodes> awaitNewer(long version, Duration atMost) throws InterruptedException;
}
