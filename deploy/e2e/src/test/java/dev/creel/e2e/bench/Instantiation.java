package dev.creel.e2e.bench;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.Component;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.engine.spin.Spin1Abi;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.context.WasiContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to link a component whose modules are compiled (adapters are generated, host functions bound), and what each
 * fresh instance costs: memories, tables, globals, start functions.
 */
final class Instantiation {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 2_000;
    private static final int LINKS = 20;
    private static final long NANOS_MAX = 3_000_000_000L;

    private Instantiation() {}

    /** Times of the first and of a later link, in which all adapters are known, and of one instantiation. */
    record Cost(double firstLinkMillis, double linkMillis, double p50Micros, double p99Micros) {}

    /** The hello example. */
    static Path hello() {
        return Path.of("../examples/hello/hello.wasm").toAbsolutePath();
    }

    /** The hello example, and what each folder of guests holds. */
    static List<Path> guests() throws IOException {
        var all = new ArrayList<Path>();
        all.add(hello());
        var guests = System.getProperty("creel.guests", "");
        if (!guests.isEmpty()) {
            try (var files = Files.walk(Path.of(guests), 2)) {
                files.filter(file -> file.toString().endsWith(".wasm")).sorted().forEach(all::add);
            }
        }
        return all;
    }

    static void print(Path wasm) throws IOException {
        var name = wasm.getFileName().toString();
        try {
            var cost = measure(wasm);
            System.out.printf(
                    Locale.ROOT,
                    "%-32s link %.1f ms, again %.2f ms; instantiate p50 %.1f µs, p99 %.1f µs%n",
                    name,
                    cost.firstLinkMillis(),
                    cost.linkMillis(),
                    cost.p50Micros(),
                    cost.p99Micros());
        } catch (InvalidComponentException | InvalidModuleException | LinkException | TrapException e) {
            System.out.printf("%-32s not measured: %s%n", name, e.getMessage());
        }
    }

    static Cost measure(Path wasm) throws IOException {
        var engine = EngineChoice.DEFAULT.engine();
        List<HostInterface> offered = new ArrayList<>(Wasi.interfaces());
        offered.addAll(SpinInterfaces.interfaces());
        var host = HostInterfaces.of(offered).withCore(Wasi.preview1());
        var plan = Component.decode(Files.readAllBytes(wasm), engine, ComponentLimits.DEFAULT, Spin1Abi.world())
                .plan(host);
        var codes = new HashMap<CoreModule, CoreCode>();
        plan.modules().forEach(module -> codes.put(module, engine.compile(module, "module")));
        long begin = System.nanoTime();
        var linked = LinkedComponent.of(plan, codes::get, host);
        double firstLink = (System.nanoTime() - begin) / 1e6;
        begin = System.nanoTime();
        for (int i = 0; i < LINKS; i++) {
            LinkedComponent.of(plan, codes::get, host);
        }
        double link = (System.nanoTime() - begin) / 1e6 / LINKS;
        rounds(linked, WARM_UP);
        var nanos = rounds(linked, ROUNDS);
        Arrays.sort(nanos);
        return new Cost(firstLink, link, nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
    }

    /** As many as asked for, or as fit into the time. */
    private static long[] rounds(LinkedComponent linked, int count) {
        var nanos = new long[count];
        long begin = System.nanoTime();
        int done = 0;
        while (done < count && System.nanoTime() - begin < NANOS_MAX) {
            try (var store = new Store(new Unlimited(), 1 << 20, Store.Waits.FREE)) {
                WasiContext.builder().build().into(store);
                long start = System.nanoTime();
                linked.instantiate(store);
                nanos[done++] = System.nanoTime() - start;
            }
        }
        return Arrays.copyOf(nanos, done);
    }

    /** A guest may take what it wants. */
    static final class Unlimited implements CoreLimits {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    }
}
