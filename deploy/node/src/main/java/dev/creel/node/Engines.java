package dev.creel.node;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.core.EngineRole;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.engine.ComponentCache;
import dev.creel.engine.ComponentCompiler;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.Engine;
import dev.creel.engine.NodeMemory;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import java.util.ArrayList;
import java.util.List;

/** Chooses what runs guests: which engine for core modules, which interfaces a component may import. */
final class Engines {
    private Engines() {}

    /** What all guests of this process share. */
    static Engine engine(NodeConfig config) {
        return new Engine(NodeMemory.halfOfTheHeap(config.keptMemory()));
    }

    /** The components of this process, which {@code compiler} compiles and {@code store} keeps. */
    static ComponentCache components(ComponentCompiler compiler, CodeCache store, NodeConfig config) {
        return new ComponentCache(
                core(config.engine(), store, EngineRole.RUN), offered(), compiler, store, config.modules());
    }

    /** Engines that compile anew in each process. */
    static CoreEngines forgetful(EngineChoice choice) {
        return core(choice, CodeCache.NONE, EngineRole.COMPILE_AND_RUN);
    }

    /** Engines of a role. Chicory takes whatever the code generator does. */
    static CoreEngines core(EngineChoice choice, CodeCache cache, EngineRole role) {
        return switch (choice) {
            case CODEGEN -> CoreEngines.of(choice.engine(cache, role), EngineChoice.CHICORY.engine(cache, role));
            case CHICORY -> CoreEngines.only(choice.engine(cache, role));
        };
    }

    /** Everything that guests may import. */
    static HostInterfaces offered() {
        List<HostInterface> all = new ArrayList<>(Wasi.interfaces());
        all.addAll(SpinInterfaces.interfaces());
        return HostInterfaces.of(all).withCore(Wasi.preview1());
    }
}
