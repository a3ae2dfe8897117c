package dev.creel.component.linking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.host.CoreHostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.plan.Plan;
import dev.creel.component.plan.PlanExport;
import dev.creel.component.plan.Step;
import dev.creel.component.wit.Wit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LinkingTest {
    private static final CoreEngine ENGINE = new ChicoryEngine();
    private static final String CLOCK = """
            package test:decode@1.2.0;
            interface clock {
              resource timer {
                constructor();
                elapsed: func() -> u64;
                more: func();
              }
            }
            interface names {
              of: func(number: u32) -> string;
            }
            """;
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

    private record Timer(long elapsed) {}

    private final List<Timer> dropped = new ArrayList<>();

    @Test
    void inlinesNestedComponentsAndTellsTheirResourcesApart() throws IOException {
        var component = component("counters");
        assertEquals(List.of("test:decode/clock@1.0.0"), component.imports());
        assertEquals(List.of("serve-one", "serve-two", "measure", "test:decode/api@1.0.0"), component.exports());

        var plan = component.plan(host(CLOCK));
        assertEquals(List.of(0, 0, 0, 0), nested(plan));
        var defined = plan.steps().stream()
                .filter(Step.DefineResource.class::isInstance)
                .map(Step.DefineResource.class::cast)
                .toList();
        assertEquals(2, defined.size());
        assertNotEquals(defined.getFirst().resource(), defined.getLast().resource());
        assertEquals(5, plan.modules().size());
        assertEquals(
                List.of("[constructor]timer", "[method]timer.elapsed"),
                plan.hostFunctions().stream().map(one -> one.name()).toList());
        // The function is the same wherever it is exported: aliases leave nothing behind.
        assertTrue(plan.exports().get("test:decode/api@1.0.0") instanceof PlanExport.Instance(var exports)
                && Objects.equals(exports.get("serve"), plan.exports().get("serve-one")));
    }

    private static List<Integer> nested(Plan plan) {
        return plan.steps().stream()
                .filter(Step.NewInstance.class::isInstance)
                .map(step -> ((Step.NewInstance) step).parent())
                .filter(parent -> parent >= 0)
                .toList();
    }

    @Test
    void whatItLinksRuns() throws IOException {
        var instance = instantiate(component("counters"), host(CLOCK));

        assertEquals(1L, call(instance, "", "serve-one"));
        assertEquals(2L, call(instance, "", "serve-one"));
        assertEquals(1L, call(instance, "", "serve-two"));
        assertEquals(3L, call(instance, "test:decode/api@1.0.0", "serve"));
        assertEquals(41L, call(instance, "", "measure"));
        assertEquals(List.of(new Timer(41)), dropped);
    }

    @Test
    void aCoreModuleWithComponentTypesRunsAsAComponent() throws IOException {
        var component = component("module");
        assertEquals(
                List.of("test:decode/clock@1.0.0", "test:decode/names@1.0.0", "wasi_snapshot_preview1"),
                component.imports());
        assertEquals(
                List.of("freed", "roll", "test:decode/api@1.0.0"),
                component.exports().stream().sorted().toList());

        var instance = instantiate(component, host(CLOCK).withCore(Map.of("wasi_snapshot_preview1", randomGet(2))));

        // _initialize ran once; a timer says 41.
        assertEquals(1_041L, call(instance, "test:decode/api@1.0.0", "measure"));
        assertEquals("number 7", call(instance, "test:decode/api@1.0.0", "name", 7L));
        assertEquals(1L, call(instance, "", "freed"));
        assertEquals(9, call(instance, "", "roll"));
        assertEquals(List.of(new Timer(41)), dropped);
    }

    @Test
    void namesWhatTheHostLacks() throws IOException {
        assertRefused(
                "imports.test:decode/clock@1.0.0: the host offers no such interface",
                "counters",
                HostInterfaces.of(List.of()));
        assertRefused(
                "imports.test:decode/clock@1.0.0.[method]timer.elapsed: the host has no such function"
                        + " (test:decode/clock@1.2.0)",
                "counters",
                host(CLOCK.replace("elapsed", "running")));
        assertRefused(
                "imports.test:decode/clock@1.0.0.[method]timer.elapsed: the component and the host"
                        + " (test:decode/clock@1.2.0) differ in its type: result: u64 expected, but it is s64",
                "counters",
                host(CLOCK.replace("u64", "s64")));
        assertRefused(
                "imports.test:decode/clock@1.0.0.timer: the host has no such resource",
                "counters",
                host("package test:decode@1.2.0; interface clock {}"));
        assertRefused("the host offers no such interface", "counters", host(CLOCK.replace("@1.2.0", "@2.0.0")));
        assertRefused(
                "imports.wasi_snapshot_preview1.random_get: the host has no such core function", "module", host(CLOCK));
        assertRefused(
                "imports.wasi_snapshot_preview1.random_get: the module wants",
                "module",
                host(CLOCK).withCore(Map.of("wasi_snapshot_preview1", randomGet(3))));
    }

    @Test
    void instancesThatLinkingMultipliesAreCounted() throws IOException {
        assertRefused(
                "linked together, the component has more than 1000 instances",
                "doubling",
                HostInterfaces.of(List.of()));
    }

    private HostInterfaces host(String wit) {
        var interfaces = new ArrayList<HostInterface>();
        Wit.parse(wit).forEach((name, declared) -> {
            var builder = HostInterface.of(declared);
            if (declared.resources().containsKey("timer")) {
                builder.resource("timer", Timer.class, dropped::add);
            }
            interfaces.add(builder.others((function, type) -> (store, args) -> switch (function) {
                        case "[constructor]timer" -> new Timer(41);
                        case "[method]timer.elapsed" -> ((Timer) args[0]).elapsed();
                        case "of" -> "number " + args[0];
                        default -> null;
                    })
                    .build());
        });
        return HostInterfaces.of(interfaces);
    }

    private static Map<String, CoreHostFunction> randomGet(int params) {
        var type = new CoreFuncType(
                List.of(ValueKind.I32, ValueKind.I32, ValueKind.I32).subList(0, params), List.of(ValueKind.I32));
        return Map.of("random_get", new CoreHostFunction(type, (store, memory, args) -> {
            memory.bytes()[(int) args[0]] = 9;
            return new long[] {0};
        }));
    }

    private static ComponentInstance instantiate(Component component, HostInterfaces host) {
        return LinkedComponent.of(component.plan(host), ENGINE, host)
                .instantiate(new Store(LIMITS, 100, Store.Waits.FREE));
    }

    private static Object call(ComponentInstance instance, String interfaceName, String name, Object... args) {
        return Objects.requireNonNull(
                instance.function(interfaceName, name).orElseThrow().call(args));
    }

    private static void assertRefused(String message, String guest, HostInterfaces host) throws IOException {
        var component = component(guest);
        var refusal = assertThrows(LinkException.class, () -> component.plan(host));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }

    private static Component component(String name) throws IOException {
        return Component.decode(guest(name), ENGINE, ComponentLimits.DEFAULT);
    }

    private static byte[] guest(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/guests/decode", name + ".wasm"));
    }
}
