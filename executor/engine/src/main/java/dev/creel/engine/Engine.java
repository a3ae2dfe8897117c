package dev.creel.engine;

import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;

/**
 * What all executors of one process share: compiled components, the memory of guests, the timer that stops them. Thread-safe;
 * close it when no guest runs any more.
 */
public final class Engine implements AutoCloseable {
    private final CoreEngines core;
    private final HostInterfaces host;
    private final CodeCache code;
    private final NodeMemory memory;
    private final Deadlines deadlines = new Deadlines();

    /**
     * Starts the timer.
     *
     * @param core runs core modules
     * @param host what components may import
     * @param buildersMax components compiled at once
     * @param memory for all guests together
     */
    public Engine(CoreEngines core, HostInterfaces host, int buildersMax, NodeMemory memory) {
        this.core = core;
        this.host = host;
        this.code = new CodeCache(core, host, buildersMax);
        this.memory = memory;
    }

    /**
     * Compiles a component that nobody shares.
     *
     * @throws RefusedComponentException if it cannot run here
     */
    public CompiledComponent compile(byte[] wasm) {
        return CompiledComponent.of(wasm, core, host);
    }

    /** Compiled components. */
    public CodeCache code() {
        return code;
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
