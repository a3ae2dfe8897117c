package dev.creel.e2e.bench;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the kernels on generated code, in a process of its own, and prints what they print elsewhere: number, checksum, best time. */
public final class KernelTimes {
    private static final int KERNELS = 9;
    private static final int RUNS = 60;

    private KernelTimes() {}

    /** The one argument is the module. */
    public static void main(String[] args) throws Exception {
        var engine = new CodegenEngine();
        var module = engine.parse(Files.readAllBytes(Path.of(args[0])));
        List<CoreExtern> imports = module.imports().stream()
                .<CoreExtern>map(one ->
                        CoreFunction.host(one.name(), ((CoreType.Func) one.type()).type(), given -> new long[] {0}))
                .toList();
        var instance = engine.compile(module, "kernels").instantiate(imports, new Instantiation.Unlimited());
        var run = (CoreFunction) java.util.Objects.requireNonNull(instance.export("run"));
        for (int kernel = 0; kernel < KERNELS; kernel++) {
            long best = Long.MAX_VALUE;
            long sum = 0;
            for (int i = 0; i < RUNS; i++) {
                long begin = System.nanoTime();
                sum = run.call(kernel)[0] & 0xffff_ffffL;
                best = Math.min(best, System.nanoTime() - begin);
            }
            System.out.println(kernel + " " + sum + " " + best);
        }
    }
}
