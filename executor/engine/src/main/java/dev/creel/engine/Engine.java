package dev.creel.engine;

import dev.creel.component.host.Store;

/** What all guests of one process share: their memory, the timer that stops them. Thread-safe; close it when no guest runs any more. */
public final class Engine implements AutoCloseable {
    private final NodeMemory memory;
    private final Deadlines deadlines = new Deadlines();

    /**
     * Starts the timer.
     *
     * @param memory for all guests together
     */
    public Engine(NodeMemory memory) {
        this.memory = memory;
    }

    /** Memory of all guests. */
    public NodeMemory memory() {
        return memory;
    }

    /** Stops guests. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Runs guests that are told of their waits by {@code waits}. */
    public GuestRun run(Store.Waits waits) {
        return new GuestRun(memory, deadlines, waits);
    }

    @Override
    public void close() {
        deadlines.close();
    }
}
