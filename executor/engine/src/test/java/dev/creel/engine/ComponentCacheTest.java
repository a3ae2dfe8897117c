package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.component.core.EngineRole;
import dev.creel.component.host.Store;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComponentCacheTest {
    private static final TenantId TENANT = TenantId.random();

    private final MemoryCodeCache store = new MemoryCodeCache();
    private final AtomicInteger lost = new AtomicInteger();
    private final byte[] hello = read();

    private static byte[] read() {
        try {
            // The small guest that the executor's tests use, too.
            return Files.readAllBytes(Path.of("../host/src/test/guests/probe.wasm"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static CoreEngines engines(MemoryCodeCache store, EngineRole role) {
        return CoreEngines.only(new CodegenEngine(store, role));
    }

    private ComponentCache cache(ModuleCacheConfig config) {
        var compiler = new CompileStep(engines(store, EngineRole.COMPILE), GuestInterfaces.all());
        return new ComponentCache(engines(store, EngineRole.RUN), GuestInterfaces.all(), compiler, store, config);
    }

    private static ModuleCacheConfig room(long bytes) {
        return new ModuleCacheConfig(ByteSize.ofBytes(bytes), Duration.ofMinutes(10), 50);
    }

    /** The component with another custom section at its end: other bytes, the same code. */
    private byte[] variant(int number) {
        var name = ("v" + number).getBytes(StandardCharsets.UTF_8);
        var bytes = java.util.Arrays.copyOf(hello, hello.length + 3 + name.length);
        bytes[hello.length] = 0;
        bytes[hello.length + 1] = (byte) (1 + name.length);
        bytes[hello.length + 2] = (byte) name.length;
        System.arraycopy(name, 0, bytes, hello.length + 3, name.length);
        return bytes;
    }

    private CompiledComponent prepare(ComponentCache cache, TenantId tenant, byte[] bytes) throws Exception {
        return deploy(cache, tenant, bytes).load(Store.Waits.FREE);
    }

    private GuestCode deploy(ComponentCache cache, TenantId tenant, byte[] bytes) throws Exception {
        var facts = cache.prepare(tenant, Composition.of(Digest.of(bytes)), digest -> bytes, words -> {});
        return cache.code(tenant, Composition.of(Digest.of(bytes)), facts, lost::incrementAndGet);
    }

    @Test
    void compilesOnceHoweverManyAskAtATime() throws Exception {
        var cache = cache(ModuleCacheConfig.DEFAULTS);
        var reads = new AtomicInteger();
        var wanted = Composition.of(Digest.of(hello));
        Callable<CompiledComponent> ask = () -> {
            var facts = cache.prepare(
                    TENANT,
                    wanted,
                    digest -> {
                        reads.incrementAndGet();
                        return hello;
                    },
                    words -> {});
            return cache.code(TENANT, wanted, facts, lost::incrementAndGet).load(Store.Waits.FREE);
        };
        var all = new ArrayList<CompiledComponent>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(Collections.nCopies(8, ask))) {
                all.add(one.get());
            }
        }
        all.add(ask.call());
        assertEquals(1, reads.get());
        assertEquals(1, cache.numbers().compiled());
        for (var one : all) {
            assertSame(all.getFirst(), one);
        }
    }

    @Test
    void forgetsAFailureSoThatTheNextMayTryAgain() throws Exception {
        var cache = cache(ModuleCacheConfig.DEFAULTS);
        var wanted = Composition.of(Digest.of(hello));
        assertThrows(
                IOException.class,
                () -> cache.prepare(
                        TENANT,
                        wanted,
                        digest -> {
                            throw new IOException("the store is away");
                        },
                        words -> {}));
        assertSame(prepare(cache, TENANT, hello), prepare(cache, TENANT, hello));
    }

    @Test
    void saysWhatIsWrongWithBytesThatAreNoComponent() {
        var cache = cache(ModuleCacheConfig.DEFAULTS);
        for (var bytes : new byte[][] {{}, {1, 2, 3}, "<html>".getBytes(StandardCharsets.UTF_8)}) {
            var refused = assertThrows(RefusedComponentException.class, () -> prepare(cache, TENANT, bytes));
            assertTrue(refused.getMessage() != null && !refused.getMessage().isBlank());
        }
    }

    @Test
    void namesTheHandlersThatItKnowsWhenThereIsNone() {
        var empty = new byte[] {0, 'a', 's', 'm', 0xd, 0, 1, 0};
        var refused = assertThrows(
                RefusedComponentException.class, () -> prepare(cache(ModuleCacheConfig.DEFAULTS), TENANT, empty));
        assertEquals(
                "it exports no HTTP handler; supported are wasi:http/incoming-handler@0.2.x, fermyon:spin/inbound-http"
                        + " and, with the executor wagi, commands (wasi:cli/run)",
                refused.getMessage());
    }

    @Test
    void whatIsNotLoadedComesFromTheStoreAndIsNotCompiledAgain() throws Exception {
        prepare(cache(ModuleCacheConfig.DEFAULTS), TENANT, hello);
        var restarted = cache(ModuleCacheConfig.DEFAULTS);
        var wanted = Composition.of(Digest.of(hello));
        var facts = restarted.prepare(
                TENANT,
                wanted,
                digest -> {
                    throw new AssertionError("nobody needs the bytes");
                },
                words -> {});
        assertTrue(facts.handlesHttp());
        assertEquals(0, restarted.numbers().loads());
        var code = restarted.code(TENANT, wanted, facts, lost::incrementAndGet);
        assertEquals(facts, code.load(Store.Waits.FREE).facts());
        assertEquals(1, restarted.numbers().loads());
        assertEquals(0, restarted.numbers().compiled());
    }

    @Test
    void componentsWithTheSameCodeShareItAndAreCompiledOnce() throws Exception {
        var cache = cache(ModuleCacheConfig.DEFAULTS);
        var one = prepare(cache, TENANT, variant(1));
        long code = cache.numbers().codeBytes();
        var two = prepare(cache, TENANT, variant(2));
        assertSame(one.codes().getFirst(), two.codes().getFirst());
        assertTrue(code > 0);
        assertEquals(code, cache.numbers().codeBytes());
    }

    @Test
    void whatGivesWayIsLoadedAgainWhenSomebodyAsks() throws Exception {
        var cache = cache(room(1));
        var code = deploy(cache, TENANT, hello);
        assertTrue(code.loaded().isEmpty());
        assertTrue(code.load(Store.Waits.FREE).facts().handlesHttp());
        assertEquals(1, cache.numbers().compiled());
        assertEquals(0, cache.numbers().components());
        assertEquals(0, cache.numbers().codeBytes());
        assertEquals(0, cache.numbers().dataBytes());
    }

    @Test
    void whatNobodyAsksForIsUnloadedAfterAWhile() throws Exception {
        var cache = cache(new ModuleCacheConfig(ByteSize.ofMiB(64), Duration.ofMillis(50), 50));
        var code = deploy(cache, TENANT, hello);
        await(() -> code.loaded().isEmpty());
        assertTrue(code.load(Store.Waits.FREE).facts().handlesHttp());
    }

    @Test
    void aTenantWithMoreThanItsShareMakesRoomAmongItsOwn() throws Exception {
        // The code of all of them and the data of six.
        var measured = cache(room(64 << 20));
        prepare(measured, TENANT, variant(0));
        long each = measured.numbers().dataBytes();
        var cache = cache(room(measured.numbers().codeBytes() + 6 * each + each / 2));
        var quiet = TenantId.random();
        var theirs = List.of(deploy(cache, quiet, variant(1)), deploy(cache, quiet, variant(2)));
        for (int round = 0; round < 20; round++) {
            for (int i = 10; i < 30; i++) {
                deploy(cache, TENANT, variant(i)).load(Store.Waits.FREE);
            }
        }
        for (var one : theirs) {
            assertTrue(one.loaded().isPresent(), () -> cache.numbers().toString());
        }
    }

    @Test
    void saysThatTheStoreHasLostIt() throws Exception {
        var cache = cache(room(1));
        var code = deploy(cache, TENANT, hello);
        store.clear();
        System.gc();
        var e = assertThrows(LostComponentException.class, () -> lost(code));
        assertEquals("the store no longer has it", e.getMessage());
        assertTrue(lost.get() >= 1);
        prepare(cache, TENANT, hello);
        assertEquals(2, cache.numbers().compiled());
        assertTrue(code.load(Store.Waits.FREE).facts().handlesHttp());
    }

    /** What was in use a moment ago is found without the store, until the collector has been there. */
    private static void lost(GuestCode code) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            code.load(Store.Waits.FREE);
            System.gc();
        }
    }

    @Test
    void damageInTheStoreIsMendedByCompilingAgain() throws Exception {
        var key = DerivedComponent.key(engines(store, EngineRole.RUN), Composition.of(Digest.of(hello)));
        prepare(cache(ModuleCacheConfig.DEFAULTS), TENANT, hello);
        var whole = store.get(key).orElseThrow();
        for (int length : new int[] {0, 1, 10, 60, 200, whole.length - 1}) {
            store.put(key, java.util.Arrays.copyOf(whole, length));
            var cache = cache(ModuleCacheConfig.DEFAULTS);
            var code = deploy(cache, TENANT, hello);
            assertThrows(LostComponentException.class, () -> code.load(Store.Waits.FREE));
            cache.restore(TENANT, Composition.of(Digest.of(hello)), digest -> hello);
            assertTrue(code.load(Store.Waits.FREE).facts().handlesHttp());
            assertEquals(1, cache.numbers().compiled());
            assertArrayEquals(whole, store.get(key).orElseThrow());
        }
    }

    @Test
    void aModuleThatPretendsToBeCompiledIsCompiled() throws Exception {
        // A core module whose custom section names code that is in the store, as derived ones do.
        prepare(cache(ModuleCacheConfig.DEFAULTS), TENANT, hello);
        var derived = DerivedComponent.decoded(
                store.get(DerivedComponent.key(engines(store, EngineRole.RUN), Composition.of(Digest.of(hello))))
                        .orElseThrow());
        var forged = derived.parts().values().iterator().next();
        assertFalse(java.util.Arrays.equals(hello, forged));
        var cache = cache(ModuleCacheConfig.DEFAULTS);
        prepare(cache, TENANT, forged);
        assertEquals(1, cache.numbers().compiled());
        var composition = Composition.of(Digest.of(forged));
        var own = DerivedComponent.decoded(store.get(DerivedComponent.key(engines(store, EngineRole.RUN), composition))
                .orElseThrow());
        // Its functions are stubs, and so is what runs.
        assertFalse(
                java.util.Arrays.equals(forged, own.parts().values().iterator().next()));
    }

    private static void await(Supplier<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.get()) {
            assertTrue(System.nanoTime() < end, "it does not come true");
            Thread.sleep(10);
        }
    }
}
