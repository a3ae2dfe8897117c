package dev.creel.e2e.bench;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.Component;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.host.HostInterfaces;
import dev.creel.engine.spin.Spin1Abi;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import java.io.IOException;
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

    /** What compiling one component took. */
    private record Cost(long decodeMillis, long compileMillis, long classes) {}

    /** The first argument is the component; the others, if there are any, are compiled before it, so that it finds a warm JVM. */
    public static void main(String[] args) throws Exception {
        for (int i = 1; i < args.length; i++) {
            compile(args[i]);
        }
        var cost = compile(args[0]);
        System.out.println(cost.decodeMillis() + " " + cost.compileMillis() + " " + cost.classes() + " "
                + Peak.kib(ProcessHandle.current()));
    }

    /** By an engine of its own: components may have modules in common, and no engine compiles one twice. */
    private static Cost compile(String file) throws IOException {
        var classes = new AtomicLong();
        var engine = new CodegenEngine(new Counting(classes));
        var offered = new ArrayList<>(Wasi.interfaces());
        offered.addAll(SpinInterfaces.interfaces());
        var host = HostInterfaces.of(offered).withCore(Wasi.preview1());
        var wasm = Files.readAllBytes(Path.of(file));
        long begin = System.nanoTime();
        var plan = Component.decode(wasm, engine, ComponentLimits.DEFAULT, Spin1Abi.world())
                .plan(host);
        long decoded = System.nanoTime();
        plan.modules().forEach(module -> engine.compile(module, "module"));
        long compiled = System.nanoTime();
        return new Cost((decoded - begin) / 1_000_000, (compiled - decoded) / 1_000_000, classes.get());
    }
}
