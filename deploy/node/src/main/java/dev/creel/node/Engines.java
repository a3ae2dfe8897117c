package dev.creel.node;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.chicory.FileCodeCache;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
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
                new ChicoryEngine(new FileCodeCache(codeFolder, config.codeMax().bytes(), Clock.systemUTC())), config);
    }

    /** An engine that compiles anew in each process. */
    static Engine forgetful(NodeConfig config) {
        return engine(new ChicoryEngine(), config);
    }

    private static Engine engine(CoreEngine core, NodeConfig config) {
        return new Engine(core, offered(), config.buildersMax(), NodeMemory.halfOfTheHeap());
    }

    /** Everything that guests may import. */
    private static HostInterfaces offered() {
        List<HostInterface> all = new ArrayList<>(Wasi.interfaces());
        all.addAll(SpinInterfaces.interfaces());
        return HostInterfaces.of(all).withCore(Wasi.preview1());
    }
}
