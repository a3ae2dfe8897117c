package dev.creel.engine;

import dev.creel.component.binary.ModuleSections;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.host.HostInterfaces;
import dev.creel.contract.artifact.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The compile step, in this process. Its engines' cache is the store. Thread-safe. */
public final class CompileStep implements ComponentCompiler {
    private final CoreEngines engines;
    private final HostInterfaces host;

    /**
     * @param engines of the role {@link dev.creel.component.core.EngineRole#COMPILE}
     * @param host what components may import
     */
    public CompileStep(CoreEngines engines, HostInterfaces host) {
        this.engines = engines;
        this.host = host;
    }

    @Override
    public DerivedComponent compile(Composition composition, Map<Digest, byte[]> binaries, Consumer<String> progress) {
        var compiled = CompiledComponent.of(
                composition,
                binaries,
                engines,
                engine -> new Composer(
                        new Telling(engine, progress), host, unknown -> new PartCode(new Telling(engine, progress))));
        var engine = engines.called(compiled.engine());
        var parts = new HashMap<Digest, byte[]>();
        binaries.forEach((digest, bytes) -> parts.put(digest, ModuleSections.replaced(bytes, engine::withoutCode)));
        return new DerivedComponent(engine.id(), compiled.facts().note(), parts);
    }

    /** Tells of each module that it begins with. */
    private record Telling(CoreEngine engine, Consumer<String> progress) implements CoreEngine {
        private static final int WORTH_A_WORD = 1 << 20;

        @Override
        public String id() {
            return engine.id();
        }

        @Override
        public CoreModule parse(byte[] wasm) {
            if (wasm.length >= WORTH_A_WORD) {
                progress.accept("checking a module of " + wasm.length / WORTH_A_WORD + " MiB");
            }
            return engine.parse(wasm);
        }

        @Override
        public CoreCode compile(CoreModule module, String name) {
            progress.accept("compiling " + name);
            return engine.compile(module, name);
        }
    }
}
