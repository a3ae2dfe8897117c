package dev.creel.node;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.chicory.FileCodeCache;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.Engine;
import dev.creel.engine.NodeMemory;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Chooses what runs guests: which engine for core modules, which interfaces a component may import. */
final class Engines {
    private Engines() {}

    /** An engine that keeps compiled code in {@code codeFolder}, so that a restart does not compile again. */
    static Engine keepingCodeIn(Path codeFolder, NodeConfig config) {
        return engine(
                config.engine(), new FileCodeCache(codeFolder, config.codeMax().bytes(), Clock.systemUTC()), config);
    }

    /** An engine that compiles anew in each process. */
    static Engine forgetful(EngineChoice choice, NodeConfig config) {
        return engine(choice, CodeCache.NONE, config);
    }

    private static Engine engine(EngineChoice choice, CodeCache cache, NodeConfig config) {
        var memory = NodeMemory.halfOfTheHeap(config.keptMemory());
        return new Engine(core(choice, cache), offered(), config.buildersMax(), memory);
    }

    /** Chicory takes whatever the code generator does. */
    private static CoreEngines core(EngineChoice choice, CodeCache cache) {
        return switch (choice) {
            case CODEGEN -> CoreEngines.of(choice.engine(cache), EngineChoice.CHICORY.engine(cache));
            case CHICORY -> CoreEngines.only(choice.engine(cache));
        };
    }

    /** Everything that guests may import. */
    private static HostInterfaces offered() {
        List<HostInterface> all = new ArrayList<>(Wasi.interfaces());
        all.addAll(SpinInterfaces.interfaces());
        return HostInterfaces.of(all).withCore(Wasi.preview1());
    }
}
