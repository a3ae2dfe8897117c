package dev.creel.component.linking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.Component;
import dev.creel.component.Component.Dependency;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.host.CoreHostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.wit.Wit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Components whose imports other components satisfy. */
final class DependenciesTest {
    private static final CoreEngine ENGINE = new ChicoryEngine();
    private static final String STOCK = "test:library/stock@1.0.0";
    private static final String WORDS = "test:library/words@1.0.0";
    private static final Map<String, String> BOTH = Map.of(STOCK, STOCK, WORDS, WORDS);
    private static final CoreLimits LIMITS = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    @Test
    void aDependencySatisfiesImportsWithItsResources() throws IOException {
        var instance = instantiate("shop", List.of(dependency("library", seeing(7), BOTH)), seeing(5));
        // A crate of 42; two alive, one after the caller dropped the other: its drop reached the library's destructor.
        assertEquals(4200L + 20 + 1, call(instance, "weigh", 42L));
        assertEquals("CREEL, UND MÖRE", call(instance, "cry", "creel, und mÖre"));
        assertEquals(
                List.of("weigh", "cry", "sights"),
                instance.exports().stream().map(one -> one.name()).toList());
    }

    @Test
    void eachPartImportsFromItsOwnHost() throws IOException {
        assertEquals(
                705L, call(instantiate("shop", List.of(dependency("library", seeing(7), BOTH)), seeing(5)), "sights"));
        var shared = seeing(5);
        assertEquals(505L, call(instantiate("shop", List.of(dependency("library", shared, BOTH)), shared), "sights"));
    }

    @Test
    void twoDependenciesOfOneFileAreTwoInstances() throws IOException {
        var library = component("compose/library");
        var instance = instantiate(
                "shop",
                List.of(
                        new Dependency("stock", library, seeing(1), Map.of(STOCK, STOCK)),
                        new Dependency("words", library, seeing(2), Map.of(WORDS, "other-words"))),
                seeing(3));
        assertEquals(203L, call(instance, "sights"));
        assertEquals(121L, call(instance, "weigh", 1L));
        var plan = component("compose/shop")
                .plan(
                        seeing(3),
                        List.of(
                                new Dependency("stock", library, seeing(1), Map.of(STOCK, STOCK)),
                                new Dependency("words", library, seeing(1), Map.of(WORDS, WORDS))));
        // The shop's two modules and the library's two: those of two instances are the same.
        assertEquals(4, plan.modules().size());
        assertSame(library.modules().getFirst(), plan.modules().getFirst());
    }

    @Test
    void aCoreModuleAndAFunctionByItsOwnNameCanBeDependencies() throws IOException {
        var clock = clock();
        var instance = LinkedComponent.of(
                        component("compose/asking")
                                .plan(
                                        HostInterfaces.of(List.of()),
                                        List.of(
                                                new Dependency(
                                                        "test:decode",
                                                        component("decode/module"),
                                                        clock,
                                                        Map.of("test:decode/api@1.0.0", "test:decode/api@1.0.0")),
                                                new Dependency(
                                                        "seen",
                                                        component("compose/narrow"),
                                                        HostInterfaces.of(List.of()),
                                                        Map.of("seen", "plain")))),
                        ENGINE,
                        HostInterfaces.of(List.of()))
                .instantiate(new Store(LIMITS, 100, Store.Waits.FREE));
        assertEquals(1_041L + 9, call(instance, "ask"));
    }

    @Test
    void aCoreModuleHasDependenciesWithResources() throws IOException {
        var clock = "test:decode/clock@1.0.0";
        var dependency = new Dependency(
                "test:decode/clock", component("compose/clock"), HostInterfaces.of(List.of()), Map.of(clock, clock));
        var instance = LinkedComponent.of(
                        component("decode/module").plan(clock(), List.of(dependency)), ENGINE, clock())
                .instantiate(new Store(LIMITS, 100, Store.Waits.FREE));
        // The dependency's timers say 33, the host's would say 41.
        assertEquals(
                1_033L,
                Objects.requireNonNull(instance.function("test:decode/api@1.0.0", "measure")
                        .orElseThrow()
                        .call()));
    }

    @Test
    void namesTheDependencyThatLacksAnExport() throws IOException {
        refuses(
                "it does not export 'test:library/none'; it exports test:library/stock@1.0.0, test:library/words@1.0.0,"
                        + " other-words",
                "shop",
                dependency("library", seeing(1), Map.of(STOCK, STOCK, WORDS, "test:library/none")));
        refuses(
                "its export 'test:library/stock@1.0.0' does not fit: imports.test:library/stock@1.0.0.crate is missing",
                "shop",
                dependency("narrow", seeing(1), Map.of(STOCK, STOCK)));
        refuses(
                "its export 'other-words' does not fit: imports.test:library/stock@1.0.0.crate is missing",
                "shop",
                dependency("library", seeing(1), Map.of(STOCK, "other-words")));
    }

    @Test
    void namesTheFunctionThatHasAnotherType() throws IOException {
        var stock = dependency("library", seeing(1), Map.of(STOCK, STOCK));
        refuses(
                "its export 'test:library/words@1.0.0' does not fit: imports.test:library/words@1.0.0.shout has another"
                        + " type: parameter 'text': string expected, but it is u32",
                "shop",
                stock,
                dependency("narrow", seeing(1), Map.of(WORDS, WORDS)));
        refuses(
                "its export 'plain' does not fit: imports.test:library/words@1.0.0 is no instance",
                "shop",
                stock,
                dependency("narrow", seeing(1), Map.of(WORDS, "plain")));
        var api = new Dependency(
                "test:decode",
                component("decode/module"),
                clock(),
                Map.of("test:decode/api@1.0.0", "test:decode/api@1.0.0"));
        refuses(
                "its export 'test:library/words@1.0.0' does not fit: imports.seen is no function",
                "asking",
                api,
                dependency("narrow", seeing(1), Map.of("seen", WORDS)));
    }

    @Test
    void namesTheDependencyWhoseOwnImportsNobodySatisfies() throws IOException {
        refuses(
                "imports.test:host/sight@1.0.0: the host offers no such interface",
                "shop",
                dependency("library", HostInterfaces.of(List.of()), BOTH));
    }

    @Test
    void anImportThatNoDependencyIsForComesFromTheHost() throws IOException {
        var shop = component("compose/shop");
        var refusal = assertThrows(
                LinkException.class,
                () -> shop.plan(seeing(1), List.of(dependency("library", seeing(1), Map.of(STOCK, STOCK)))));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("imports.test:library/words@1.0.0: the host"));
        assertTrue(refusal.dependency().isEmpty());
    }

    @Test
    void aTrapInADependencyKillsTheWholeTree() throws IOException {
        var calls = new ArrayList<Integer>();
        var trapping = sight(() -> {
            calls.add(1);
            throw new TrapException("no sight");
        });
        var instance = instantiate("shop", List.of(dependency("library", trapping, BOTH)), seeing(5));
        assertThrows(TrapException.class, () -> call(instance, "sights"));
        assertThrows(TrapException.class, () -> call(instance, "weigh", 1L));
        assertEquals(List.of(1), calls);
    }

    /** The last of {@code dependencies} is at fault. */
    private static void refuses(String message, String main, Dependency... dependencies) throws IOException {
        var component = component("compose/" + main);
        var refusal = assertThrows(LinkException.class, () -> component.plan(seeing(1), List.of(dependencies)));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(message), refusal.getMessage());
        assertEquals(
                dependencies[dependencies.length - 1].name(),
                refusal.dependency().orElseThrow());
    }

    private static Dependency dependency(String file, HostInterfaces host, Map<String, String> exports)
            throws IOException {
        return new Dependency("test:" + file, component("compose/" + file), host, exports);
    }

    private static ComponentInstance instantiate(String main, List<Dependency> dependencies, HostInterfaces host)
            throws IOException {
        return LinkedComponent.of(component("compose/" + main).plan(host, dependencies), ENGINE, host)
                .instantiate(new Store(LIMITS, 100, Store.Waits.FREE));
    }

    private static HostInterfaces seeing(long number) {
        return sight(() -> number);
    }

    private static HostInterfaces sight(java.util.function.Supplier<Long> look) {
        var wit = Wit.parse("package test:host@1.0.0; interface sight { look: func() -> u32; }");
        return HostInterfaces.of(List.of(HostInterface.of(Objects.requireNonNull(wit.get("test:host/sight@1.0.0")))
                .function("look", (store, args) -> look.get())
                .build()));
    }

    /** What {@code module.wasm} imports. */
    private static HostInterfaces clock() {
        var interfaces = new ArrayList<HostInterface>();
        Wit.parse("""
                package test:decode@1.0.0;
                interface clock { resource timer { constructor(); elapsed: func() -> u64; } }
                interface names { of: func(n: u32) -> string; }
                """).forEach((name, declared) -> {
            var builder = HostInterface.of(declared);
            declared.resources().keySet().forEach(one -> builder.resource(one, Long.class, timer -> {}));
            interfaces.add(
                    builder.others((function, type) -> (store, args) -> 41L).build());
        });
        var type = new CoreFuncType(List.of(ValueKind.I32, ValueKind.I32), List.of(ValueKind.I32));
        return HostInterfaces.of(interfaces)
                .withCore(Map.of(
                        "wasi_snapshot_preview1",
                        Map.of("random_get", new CoreHostFunction(type, (store, memory, args) -> new long[] {0}))));
    }

    private static Object call(ComponentInstance instance, String name, Object... args) {
        return Objects.requireNonNull(instance.function("", name).orElseThrow().call(args));
    }

    private static Component component(String name) throws IOException {
        return Component.decode(
                Files.readAllBytes(Path.of("src/test/guests", name + ".wasm")), ENGINE, ComponentLimits.DEFAULT);
    }
}
