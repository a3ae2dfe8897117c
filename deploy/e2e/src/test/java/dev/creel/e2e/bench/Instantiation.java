package dev.creel.e2e.bench;

import dev.creel.component.Component;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.context.WasiContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a fresh instance of a compiled component costs: memories, tables, globals, start functions. */
final class Instantiation {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 2_000;
    private static final long NANOS_MAX = 3_000_000_000L;

    private Instantiation() {}

    /** Times of one instantiation. */
    record Cost(double p50Micros, double p99Micros) {}

    static Cost measure(Path wasm) throws IOException {
        var engine = new ChicoryEngine();
        List<HostInterface> offered = new ArrayList<>(Wasi.interfaces());
        offered.addAll(SpinInterfaces.interfaces());
        var host = HostInterfaces.of(offered).withCore(Wasi.preview1());
        var linked = LinkedComponent.of(
                Component.decode(Files.readAllBytes(wasm), engine, ComponentLimits.DEFAULT)
                        .plan(host),
                engine,
                host);
        rounds(linked, WARM_UP);
        var nanos = rounds(linked, ROUNDS);
        Arrays.sort(nanos);
        return new Cost(nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
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

    private static final class Unlimited implements CoreLimits {
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
