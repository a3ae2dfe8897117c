package dev.creel.component.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.component.core.InvalidModuleException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Compiles one module with Chicory's compiler. Large modules are compiled in slices, several at once: for each slice Chicory gets
 * the module with stubs in place of all other functions, and the classes that hold the slice's functions are kept. What is
 * too large for a JVM method is left to the interpreter; Chicory finds that out only when it writes a class and then
 * starts over, which for a slice is soon done.
 */
final class Compilation {
    /** Functions in one class: few enough for a class's constant pool, and the grain of slices. */
    private static final int GROUP = 512;

    /** Wasm bytes of functions in one slice. */
    private static final int SLICE = 1 << 20;

    /** A body of more bytes has never fitted into a JVM method; smaller ones are tried. */
    static final int SURELY_TOO_LARGE = 60_000;

    private static final String FUNCTIONS = "FuncGroup_";
    private static final String METHOD = "func_";

    private final WasmModule module;
    private final String className;
    private final int imported;
    private final int[] sizes;
    private final int compiledMax;
    private final boolean passiveSegments;

    /** Classes of one run of Chicory's compiler, and what it left to the interpreter. */
    private record Run(Map<String, byte[]> classes, Set<Integer> interpreted) {}

    /** The functions from {@code from} to {@code to}, by index; {@code from} starts a class. */
    private record Slice(int from, int to) {}

    private Compilation(WasmModule module, int[] sizes, String className, int compiledMax) {
        this.module = module;
        this.className = className;
        this.imported = module.importSection().count(ExternalType.FUNCTION);
        this.sizes = sizes;
        this.compiledMax = compiledMax;
        this.passiveSegments = uses(OpCode.MEMORY_INIT);
    }

    /**
     * Compiles {@code module}, whose function bodies have {@code sizes} bytes, to classes named from {@code className}. Functions of more
     * than {@code compiledMax} bytes are left to the interpreter.
     */
    static GuestClasses of(WasmModule module, int[] sizes, String className, int compiledMax) {
        return new Compilation(module, sizes, className, compiledMax).run();
    }

    private GuestClasses run() {
        var slices = slices();
        // The classes beside functions depend on bodies only by this instruction.
        if (slices.size() == 1 || uses(OpCode.CALL_REF) || uses(OpCode.RETURN_CALL_REF)) {
            return whole();
        }
        var classes = new HashMap<String, byte[]>();
        var interpreted = new BitSet();
        var workers = Math.min(Runtime.getRuntime().availableProcessors(), slices.size());
        try (var pool = Executors.newFixedThreadPool(workers)) {
            var runs = slices.stream()
                    .map(slice -> pool.submit(() -> compile(slice)))
                    .toList();
            var frame = compile(new Slice(0, 0)).classes();
            frame.forEach((name, bytes) -> {
                if (!name.contains(FUNCTIONS)) {
                    classes.put(name, bytes);
                }
            });
            for (var i = 0; i < runs.size(); i++) {
                var run = await(pool, runs.get(i));
                run.interpreted().forEach(interpreted::set);
                if (!keep(slices.get(i), run.classes(), classes)) {
                    pool.shutdownNow();
                    return whole();
                }
            }
        }
        return new GuestClasses(className, classes, interpreted, imported);
    }

    private static Run await(ExecutorService pool, Future<Run> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling", e);
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private GuestClasses whole() {
        var run = compile(null);
        var interpreted = new BitSet();
        run.interpreted().forEach(interpreted::set);
        var classes = new HashMap<>(run.classes());
        if (passiveSegments) {
            classes.replaceAll((name, bytes) -> name.contains(FUNCTIONS) ? PassiveSegments.withInstance(bytes) : bytes);
        }
        return new GuestClasses(className, classes, interpreted, imported);
    }

    /** Keeps the classes of the slice's functions; false if Chicory cut them otherwise than asked. */
    private boolean keep(Slice slice, Map<String, byte[]> from, Map<String, byte[]> to) {
        var groups = Math.ceilDiv(imported + sizes.length, GROUP);
        if (from.containsKey(className + FUNCTIONS + groups)) {
            return false;
        }
        for (var group = slice.from / GROUP; group < Math.ceilDiv(slice.to, GROUP); group++) {
            var name = className + FUNCTIONS + group;
            var bytes = from.get(name);
            if (bytes == null) {
                return false;
            }
            to.put(name, passiveSegments ? PassiveSegments.withInstance(bytes) : bytes);
        }
        return true;
    }

    private List<Slice> slices() {
        var slices = new ArrayList<Slice>();
        var total = imported + sizes.length;
        var from = 0;
        var bytes = 0L;
        for (var function = 0; function < total; function++) {
            bytes += function < imported ? 0 : sizes[function - imported];
            if ((function + 1) % GROUP == 0 && bytes >= SLICE) {
                slices.add(new Slice(from, function + 1));
                from = function + 1;
                bytes = 0;
            }
        }
        if (from < total || slices.isEmpty()) {
            slices.add(new Slice(from, total));
        }
        return slices;
    }

    /** Compiles a slice, or all if null; starts over without the function that turned out too large. */
    private Run compile(@Nullable Slice slice) {
        var only = slice == null ? module : Skeleton.only(module, slice.from - imported, slice.to - imported);
        var interpreted = surelyTooLarge(slice);
        while (true) {
            try {
                var compiler = Compiler.builder(only)
                        .withClassName(className)
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withInterpretedFunctions(interpreted)
                        .withClassCollectorFactory(PatchedShaded::new);
                if (slice != null) {
                    compiler.withMaxFunctionsPerClass(GROUP);
                }
                var classes = new HashMap<String, byte[]>();
                compiler.build().compile().collector().classBytes().forEach((name, bytes) -> {
                    var repaired = name.contains(LargeTypes.CLASSES) ? LargeTypes.repaired(bytes) : bytes;
                    classes.put(name.replace('/', '.'), QuietNans.repaired(repaired));
                });
                return new Run(classes, interpreted);
            } catch (ChicoryException e) {
                interpreted.add(tooLarge(e));
            } catch (RuntimeException e) {
                throw new InvalidModuleException("the compiler cannot compile the module: " + e, e);
            }
        }
    }

    private Set<Integer> surelyTooLarge(@Nullable Slice slice) {
        var found = new HashSet<Integer>();
        for (var own = 0; own < sizes.length; own++) {
            var function = imported + own;
            if (sizes[own] > compiledMax && (slice == null || (function >= slice.from && function < slice.to))) {
                found.add(function);
            }
        }
        return found;
    }

    /** The function that Chicory could not write. */
    private static int tooLarge(ChicoryException thrown) {
        if (thrown.getCause() instanceof MethodTooLargeException method
                && method.getMethodName().startsWith(METHOD)) {
            return Integer.parseInt(method.getMethodName().substring(METHOD.length()));
        }
        throw new InvalidModuleException("the compiler cannot compile the module: " + thrown.getMessage(), thrown);
    }

    private boolean uses(OpCode opcode) {
        var code = module.codeSection();
        for (var i = 0; i < code.functionBodyCount(); i++) {
            for (var instruction : code.getFunctionBody(i).instructions()) {
                if (instruction.opcode() == opcode) {
                    return true;
                }
            }
        }
        return false;
    }
}
