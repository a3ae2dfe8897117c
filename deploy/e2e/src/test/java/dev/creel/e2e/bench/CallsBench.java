package dev.creel.e2e.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreModule;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.wit.Wit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a call across the border of a component costs, with generated code and with the reference implementation: from the host
 * to a guest, from a guest to the host, and from guest to guest. Every value goes there and back. Then what it costs to link and
 * to instantiate each guest at hand.
 */
class CallsBench {
    private static final String ECHO = """
            package creel:bench;
            interface echo {
              record ten { a: u32, b: u64, c: f32, d: f64, e: bool, f: u8, g: s16, h: char, i: u32, j: s64 }
              number: func(x: u32) -> u32;
              text: func(x: string) -> string;
              bytes: func(x: list<u8>) -> list<u8>;
              %record: func(x: ten) -> ten;
            }
            """;
    private static final long WARM_UP_NANOS = 1_000_000_000L;
    private static final long BATCH_NANOS = 300_000_000L;
    private static final int BATCHES = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<CoreModule, CoreCode> codes = new HashMap<>();

    /** What goes there and back. */
    private record Value(String name, String function, Object value, boolean fromHost) {}

    private static final List<Value> VALUES = List.of(
            new Value("u32", "number", 7L, false),
            new Value("string, 100 B", "text", "x".repeat(100), true),
            new Value("string, 10 kB", "text", "x".repeat(10_000), true),
            new Value("list<u8>, 64 kB", "bytes", new byte[1 << 16], true),
            new Value(
                    "record of 10 fields",
                    "record",
                    new Object[] {1L, 2L, 3f, 4d, true, 6, -7, 0x65E5, 9L, -10L},
                    false));

    /** Does something a number of times. */
    private interface Calls {
        void run(int times);
    }

    @Test
    void calls() throws IOException {
        var generated = instance(CallCode.GENERATED);
        var reference = instance(CallCode.REFERENCE);
        System.out.printf(
                "%-16s %-20s %16s %16s %8s%n", "from, to", "value", "generated/core-s", "reference/core-s", "ratio");
        for (var value : VALUES) {
            compare("host, guest", value, fromHost(generated, value), fromHost(reference, value));
        }
        for (var value : VALUES) {
            compare("guest, host", value, running(generated, "outside", value), running(reference, "outside", value));
        }
        for (var value : VALUES) {
            compare("guest, guest", value, running(generated, "inside", value), running(reference, "inside", value));
        }
        for (var wasm : Instantiation.guests()) {
            Instantiation.print(wasm);
        }
    }

    private ComponentInstance instance(CallCode calls) throws IOException {
        var engine = new ChicoryEngine();
        var echo = HostInterface.of(Wit.parse(ECHO).get("creel:bench/echo"))
                .others((name, type) -> (store, args) -> args[0])
                .build();
        var host = HostInterfaces.of(List.of(echo));
        var wasm = Files.readAllBytes(Path.of("src/test/guests/calls.wasm"));
        var plan = Component.decode(wasm, engine, ComponentLimits.DEFAULT).plan(host);
        var linked = LinkedComponent.of(
                plan, module -> codes.computeIfAbsent(module, one -> engine.compile(one, "calls")), host, calls);
        return linked.instantiate(new Store(new Instantiation.Unlimited(), 100, Store.Waits.FREE));
    }

    private static Calls fromHost(ComponentInstance instance, Value value) {
        var function =
                instance.function("creel:bench/echoing", value.function()).orElseThrow();
        return times -> {
            for (int i = 0; i < times; i++) {
                function.call(value.value());
            }
        };
    }

    private static Calls running(ComponentInstance instance, String interfaceName, Value value) {
        var function = instance.function("creel:bench/" + interfaceName, value.function())
                .orElseThrow();
        return times -> {
            long count = times;
            var good = value.fromHost() ? function.call(count, value.value()) : function.call(count);
            assertEquals(count, good);
        };
    }

    private static void compare(String way, Value value, Calls generated, Calls reference) {
        warmUp(generated);
        warmUp(reference);
        // The best batches: what else the machine does only makes them slower.
        double fast = 0;
        double slow = 0;
        for (int i = 0; i < BATCHES; i++) {
            fast = Math.max(fast, perSecond(generated));
            slow = Math.max(slow, perSecond(reference));
        }
        System.out.printf(Locale.ROOT, "%-16s %-20s %16.0f %16.0f %8.1f%n", way, value.name(), fast, slow, fast / slow);
    }

    private static void warmUp(Calls calls) {
        long begin = cpuNanos();
        while (cpuNanos() - begin < WARM_UP_NANOS) {
            calls.run(100);
        }
    }

    /** Time that this thread ran: others on the machine make it wait, but not work more. */
    private static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static double perSecond(Calls calls) {
        int times = 100;
        while (true) {
            long begin = cpuNanos();
            calls.run(times);
            long nanos = cpuNanos() - begin;
            if (nanos >= BATCH_NANOS) {
                return times * 1e9 / nanos;
            }
            times = (int) Math.min(1 << 28, times * Math.max(2, Math.min(100, 12 * BATCH_NANOS / (10 * nanos + 1))));
        }
    }
}
