package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.EngineRole;
import dev.creel.component.host.Store;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import dev.creel.engine.Composition.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Components with dependencies: two fronts over one library; see {@code src/test/guests}. */
@Timeout(60)
class ComposerTest {
    /** Core modules of each of the guests. */
    private static final int MODULES = 3;

    private static final Inherit NOTHING = new Inherit.Some(Set.of());

    private final MemoryCodeCache codes = new MemoryCodeCache();
    private final Loading engine = new Loading(new ChicoryEngine(codes, EngineRole.RUN));
    private final ComponentCache cache = new ComponentCache(
            CoreEngines.only(engine),
            GuestInterfaces.all(),
            new CompileStep(CoreEngines.only(new ChicoryEngine(codes, EngineRole.COMPILE)), GuestInterfaces.all()),
            codes,
            ModuleCacheConfig.DEFAULTS);
    private final TenantId tenant = TenantId.random();
    private final Map<Digest, byte[]> store = new HashMap<>();
    private final List<Digest> reads = Collections.synchronizedList(new ArrayList<>());

    @Test
    void twoComponentsShareTheCodeOfOneDependency() throws Exception {
        var library = put("words");
        var one = get(put("front"), Map.of("demo:words", part(library)));
        int compiled = engine.names().size();
        var two = get(put("other-front"), Map.of("demo:words/words@1.0.0", part(library)));
        assertNotSame(one, two);
        // The library's modules were loaded with the first front; the other brings only its own.
        assertEquals(2 * MODULES, compiled);
        assertEquals(3 * MODULES, engine.names().size(), engine.names()::toString);
    }

    @Test
    void theSameCompositionIsCompiledOnceHoweverManyAskAtATime() throws Exception {
        var main = put("front");
        var library = put("words");
        Callable<CompiledComponent> ask = () -> get(main, Map.of("demo:words", part(library)));
        var all = new ArrayList<CompiledComponent>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(Collections.nCopies(8, ask))) {
                all.add(one.get());
            }
        }
        all.forEach(one -> assertSame(all.getFirst(), one));
        assertEquals(2, reads.size());
    }

    @Test
    void manyCompositionsAtATimeCompileASharedPartOnce() throws Exception {
        var main = put("front");
        var library = put("words");
        var asks = new ArrayList<Callable<CompiledComponent>>();
        for (var set : List.of("files", "variables", "environment", "ai_models", "key_value_stores")) {
            var part = new Part(library, Optional.empty(), new Inherit.Some(Set.of(set)));
            asks.add(() -> get(main, Map.of("demo:words", part)));
        }
        var kept = new ArrayList<CompiledComponent>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(asks)) {
                kept.add(one.get());
            }
        }
        assertEquals(5, kept.stream().distinct().count());
        assertEquals(2 * MODULES, engine.names().size(), engine.names()::toString);
    }

    @Test
    void aDependencyThatMatchesNoImportIsRefused() throws Exception {
        var said = refusal(Map.of("demo:words@2.0.0", part(put("words"))));
        assertTrue(
                said.startsWith("dependency 'demo:words@2.0.0' of component 'front': it matches none of the component's"
                        + " imports, which are "),
                said);
        assertTrue(said.contains("demo:words/words@1.0.0"), said);
    }

    @Test
    void twoDependenciesForOneImportAreRefused() throws Exception {
        var words = part(put("words"));
        assertEquals(
                "dependency 'demo:words/words' of component 'front': dependency 'demo:words' is for the import"
                        + " 'demo:words/words@1.0.0', too",
                refusal(Map.of("demo:words", words, "demo:words/words", words)));
    }

    @Test
    void aDependencyWithoutTheExportIsRefused() throws Exception {
        assertEquals(
                "dependency 'demo:words' of component 'front': it does not export 'demo:words/other'; it exports"
                        + " demo:words/words@1.0.0",
                refusal(Map.of("demo:words", new Part(put("words"), Optional.of("demo:words/other"), NOTHING))));
    }

    @Test
    void aDependencyThatIsNoComponentIsRefusedByName() throws Exception {
        var text = put("not wasm".getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal(Map.of("demo:words", part(text)))
                .startsWith("dependency 'demo:words' of component 'front': this is not WebAssembly"));
        var empty = put(new byte[] {0, 'a', 's', 'm', 0xd, 0, 1, 0});
        assertEquals(
                "dependency 'demo:words' of component 'front': it does not export 'demo:words/words@1.0.0'; it exports nothing",
                refusal(Map.of("demo:words", part(empty))));
    }

    @Test
    void withoutItsDependencyTheComponentIsRefused() throws Exception {
        assertTrue(refusal(Map.of())
                .startsWith("component \"front\": imports.demo:words/words@1.0.0: the host offers no"));
    }

    private String refusal(Map<String, Part> dependencies) throws Exception {
        var main = put("front");
        return assertThrows(RefusedComponentException.class, () -> get(main, dependencies))
                .sentence("front");
    }

    private CompiledComponent get(Digest main, Map<String, Part> dependencies) throws Exception {
        var composition = new Composition(main, dependencies);
        var facts = cache.prepare(
                tenant,
                composition,
                digest -> {
                    reads.add(digest);
                    return Objects.requireNonNull(store.get(digest));
                },
                words -> {});
        return cache.code(tenant, composition, facts, () -> {}).load(Store.Waits.FREE);
    }

    private static Part part(Digest digest) {
        return new Part(digest, Optional.empty(), NOTHING);
    }

    private Digest put(String name) throws IOException {
        return put(Files.readAllBytes(Path.of("../host/src/test/guests", name + ".wasm")));
    }

    private Digest put(byte[] bytes) {
        var digest = Digest.of(bytes);
        store.put(digest, bytes);
        return digest;
    }

    /** Remembers what it loads. */
    private record Loading(CoreEngine engine, List<String> names) implements CoreEngine {
        Loading(CoreEngine engine) {
            this(engine, Collections.synchronizedList(new ArrayList<>()));
        }

        @Override
        public String id() {
            return engine.id();
        }

        @Override
        public CoreModule parse(byte[] wasm) {
            return engine.parse(wasm);
        }

        @Override
        public CoreCode compile(CoreModule module, String name) {
            names.add(name);
            return engine.compile(module, name);
        }
    }
}
