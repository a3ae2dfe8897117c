package dev.creel.component.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentDecoder;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.plan.CallCode;
import dev.creel.component.type.GuestResource;
import dev.creel.component.type.ValType.Result.Value;
import dev.creel.component.type.ValType.Result.Value.Ok;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the public components that were built to exercise the canonical ABI. They are no part of this project. */
@ParameterizedClass
@EnumSource(CallCode.class)
final class ComponentAbiSuiteTest {
    private static final CoreEngine ENGINE = new ChicoryEngine();

    private final CallCode calls;

    ComponentAbiSuiteTest(CallCode calls) {
        this.calls = calls;
    }

    private LinkedComponent link(String name, BiFunction<String, String, HostFunction> body) throws IOException {
        var named = System.getProperty("creel.conformance");
        var folder = named != null ? Path.of(named) : Path.of("../../../shared/conformance");
        var file = folder.resolve("component-abi/" + name + ".component.wasm");
        assumeTrue(Files.exists(file), "skipped: no " + file);
        var bytes = Files.readAllBytes(file);
        BiFunction<String, String, HostFunction> all = (interfaceName, function) -> interfaceName.startsWith("wasi:")
                ? (store, args) -> wasi(function)
                : body.apply(interfaceName, function);
        var host = OfferedAsImported.of(ComponentDecoder.decode(bytes, ENGINE, ComponentLimits.DEFAULT), all);
        var plan = Component.decode(bytes, ENGINE, ComponentLimits.DEFAULT).plan(host);
        return LinkedComponent.of(plan, module -> ENGINE.compile(module, "guest"), host, calls);
    }

    /** As much as it takes to print something. */
    private static Object wasi(String function) {
        return switch (function) {
            case "get-stdin", "get-stdout", "get-stderr" -> new Object();
            case "get-terminal-stdin", "get-terminal-stdout", "get-terminal-stderr" -> Optional.empty();
            case "get-directories" -> List.of();
            case "[method]output-stream.check-write" -> Value.ok(4096L);
            case "[method]output-stream.write",
                    "[method]output-stream.blocking-flush",
                    "[method]output-stream.blocking-write-and-flush" -> Value.ok();
            default -> throw new TrapException("the guest called " + function);
        };
    }

    private static Object call(ComponentInstance instance, String interfaceName, String name, Object... args) {
        return instance.function(interfaceName, name).orElseThrow().call(args);
    }

    /** These export the very interface that they import, so one instance serves another; both check every value. */
    @ParameterizedTest
    @ValueSource(strings = {"numbers", "lists", "records", "flavorful"})
    void everyValueThatGoesRoundComesBack(String name) throws IOException {
        var peer = new AtomicReference<ComponentInstance>();
        int[] calls = {0};
        var errors = new AtomicInteger();
        var linked = link(name, (interfaceName, function) -> (store, args) -> {
            calls[0]++;
            return switch (function) {
                // What an import answers to a guest is not always what an export answers to a host.
                case "multiple-results" -> new Object[] {4, 5};
                case "errno-result" -> errors.getAndIncrement() == 0 ? Value.err(2) : Value.ok();
                case "list-of-variants" ->
                    new Object[] {List.of(false, true), List.of(Value.err(), Value.ok()), List.of(1, 2)};
                case "list-minmax8", "list-minmax16", "list-minmax32", "list-minmax64", "list-minmax-float" -> args;
                default -> call(peer.get(), interfaceName, function, args);
            };
        });
        peer.set(linked.instantiate(TestPlan.store()));
        assertNull(call(linked.instantiate(TestPlan.store()), "", "test-imports"));
        assertEquals(true, calls[0] > 5, "calls " + calls[0]);
    }

    @Test
    void callsBack() throws IOException {
        var called = new ArrayList<String>();
        var linked = link("smoke", (interfaceName, function) -> (store, args) -> {
            called.add(function);
            return null;
        });
        call(linked.instantiate(TestPlan.store()), "", "thunk");
        assertEquals(List.of("thunk"), called);
    }

    @Test
    void passesManyArguments() throws IOException {
        var passed = new ArrayList<Object[]>();
        var linked = link("many-arguments", (interfaceName, function) -> (store, args) -> {
            passed.add(args);
            return null;
        });
        var args = new Object[16];
        for (int i = 0; i < 16; i++) {
            args[i] = i + 1L;
        }
        call(linked.instantiate(TestPlan.store()), "", "many-arguments", args);
        assertEquals(1, passed.size());
        assertArrayEquals(args, passed.getFirst());
    }

    @Test
    void carriesStringsOfAUtf16Guest() throws IOException {
        var taken = new ArrayList<Object>();
        var linked = link("strings", (interfaceName, function) -> (store, args) -> {
            if (function.equals("take-basic")) {
                taken.add(args[0]);
                return null;
            }
            return "🚀🚀🚀 𠈄𓀀";
        });
        var instance = linked.instantiate(TestPlan.store());
        call(instance, "", "test-imports");
        assertEquals(List.of("latin utf16"), taken);
        assertEquals("", call(instance, "", "return-empty"));
        assertEquals("🚀🚀🚀 𠈄𓀀 é", call(instance, "", "roundtrip", "🚀🚀🚀 𠈄𓀀 é"));
    }

    /** The imported resource {@code y}. */
    private static final class Y {
        private int a;

        private Y(int a) {
            this.a = a;
        }
    }

    private static HostFunction y(String function) {
        return switch (function) {
            case "[constructor]y" -> (store, args) -> new Y((int) args[0]);
            case "[method]y.get-a" -> (store, args) -> ((Y) args[0]).a;
            case "[method]y.set-a" ->
                (store, args) -> {
                    ((Y) args[0]).a = (int) args[1];
                    return null;
                };
            case "[static]y.add" -> (store, args) -> new Y(((Y) args[0]).a + (int) args[1]);
            default -> throw new IllegalArgumentException(function);
        };
    }

    @Test
    void movesResourcesBothWays() throws IOException {
        var instance =
                link("resources", (interfaceName, function) -> y(function)).instantiate(TestPlan.store());
        assertInstanceOf(Ok.class, call(instance, "exports", "test-imports"));

        var x = call(instance, "exports", "[constructor]x", 5);
        assertEquals(5, call(instance, "exports", "[method]x.get-a", x));
        call(instance, "exports", "[method]x.set-a", x, 10);
        assertEquals(10, call(instance, "exports", "[method]x.get-a", x));
        var sum = call(instance, "exports", "[static]x.add", x, 5);
        assertEquals(15, call(instance, "exports", "[method]x.get-a", sum));
        call(instance, "exports", "consume", sum);

        long before = (long) call(instance, "exports", "[static]z.num-dropped");
        var z1 = (GuestResource) call(instance, "exports", "[constructor]z", 10);
        var z2 = (GuestResource) call(instance, "exports", "[constructor]z", 20);
        var z3 = (GuestResource) call(instance, "exports", "add", z1, z2);
        assertEquals(30, call(instance, "exports", "[method]z.get-a", z3));
        instance.drop(z1);
        instance.drop(z2);
        instance.drop(z3);
        assertEquals(before + 3, call(instance, "exports", "[static]z.num-dropped"));

        var kebab = call(instance, "exports", "[constructor]kebab-case", 20L);
        assertEquals(20L, call(instance, "exports", "[method]kebab-case.get-a", kebab));
        assertEquals(20L, call(instance, "exports", "[static]kebab-case.take-owned", kebab));
    }
}
