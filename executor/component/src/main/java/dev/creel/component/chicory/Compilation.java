package dev.creel.component.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.BitSet;
import java.util.HashMap;

/** Compiles a module with Chicory's compiler. */
final class Compilation {
    private Compilation() {}

    static GuestClasses of(WasmModule module, String className) {
        var compiled = Compiler.builder(module)
                .withClassName(className)
                .withInterpreterFallback(InterpreterFallback.SILENT)
                .withClassCollectorFactory(PatchedHelper::new)
                .build()
                .compile();
        var interpreted = new BitSet();
        compiled.interpretedFunctions().forEach(interpreted::set);
        var classes = new HashMap<String, byte[]>();
        var passive = PassiveSegments.usedBy(module);
        compiled.collector().classBytes().forEach((name, bytes) -> classes.put(
                name.replace('/', '.'),
                passive && name.contains("FuncGroup") ? PassiveSegments.withInstance(bytes) : bytes));
        return new GuestClasses(className, classes, interpreted);
    }
}
