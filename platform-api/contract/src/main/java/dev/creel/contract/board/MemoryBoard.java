package dev.creel.contract.board;

import java.time.Duration;

/** The board within one process: what {@code creel up} runs on, and the reference for every other board. Thread-safe. */
public final class MemoryBoard implements Board {
    private final MemoryShelf<Desired> desired = new MemoryShelf<>(Desired.NONE);
    private final MemoryShelf<Nodes> nodes = new MemoryShelf<>(Nodes.NONE);
    private final MemoryShelf<Placements> placements = new MemoryShelf<>(Placements.NONE);
    private final MemoryShelf<Routes> routes = new MemoryShelf<>(Routes.NONE);
    private final NodeShelf nodeShelf = new NodeShelf() {
        @Override
        public Image<Nodes> current() {
            return nodes.current();
        }

        @Override
        public void publish(NodeEntry entry) {
            nodes.update(all -> all.with(entry));
        }

        @Override
        public void remove(NodeId node) {
            nodes.update(all -> all.without(node));
        }

        @Override
        public Image<Nodes> awaitNewer(long version, Duration atMost) throws InterruptedException {
            return nodes.awaitNewer(version, atMost);
        }
    };

    @Override
    public Shelf<Desired> desired() {
        return desired;
    }

    @Override
    public NodeShelf nodes() {
        return nodeShelf;
    }

    @Override
    public Shelf<Placements> placements() {
        return placements;
    }

    @Override
    public Shelf<Routes> routes() {
        return routes;
    }
}
