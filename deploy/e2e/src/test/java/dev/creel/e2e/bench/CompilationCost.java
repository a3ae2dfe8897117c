package dev.creel.e2e.bench;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.Component;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.host.HostInterfaces;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compiles a component in a process of its own, and prints milliseconds to decode it and to compile it, bytes of classes, and the most
 * memory that the process took, in KiB.
 */
public final class CompilationCost {
    private CompilationCost() {}

    /** Counts what would be kept. */
    private record Counting(AtomicLong bytes) implements CodeCache {
        @Override
        public Optional<byte[]> get(String key) {
            return Optional.empty();
        }

        @Override
        public void put(String key, byte[] code) {
            bytes.addAndGet(code.length);
        }
    }

    /** The one argument is the component. */
    public static void main(String[] args) throws Exception {
        var classes = new AtomicLong();
        var engine = new CodegenEngine(new Counting(classes));
        var offered = new ArrayList<>(Wasi.interfaces());
        offered.addAll(SpinInterfaces.interfaces());
        var host = HostInterfaces.of(offered).withCore(Wasi.preview1());
        var wasm = Files.readAllBytes(Path.of(args[0]));
        long begin = System.nanoTime();
        var plan = Component.decode(wasm, engine, ComponentLimits.DEFAULT).plan(host);
        long decoded = System.nanoTime();
        plan.modules().forEach(module -> engine.compile(module, "module"));
        long compiled = System.nanoTime();
        System.out.println((decoded - begin) / 1_000_000 + " " + (compiled - decoded) / 1_000_000 + " " + classes + " "
                + Peak.kib(ProcessHandle.current()));
    }
}
