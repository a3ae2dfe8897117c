package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Code of one key in the JVM, shared by all modules with that key.
 *
 * @param interpreted indices of the functions that the interpreter runs
 * @param bodies the instructions of these functions, by index
 * @param bytes of class files, and about those of instructions
 */
record LoadedClasses(GuestLoader loader, BitSet interpreted, Map<Integer, FunctionBody> bodies, long bytes) {
    private static final int INSTRUCTION = 100;

    /** Loads {@code classes}; {@code module} has at least the bodies of the interpreted functions. */
    static LoadedClasses of(GuestClasses classes, WasmModule module) {
        var imported = module.importSection().count(ExternalType.FUNCTION);
        var bodies = new HashMap<Integer, FunctionBody>();
        for (var function : classes.interpreted().stream().toArray()) {
            bodies.put(
                    function, InterpretedBody.of(module.codeSection().getFunctionBody(function - imported), function));
        }
        var loader = new GuestLoader(classes, module.typeSection().types());
        var files =
                classes.bytes().values().stream().mapToLong(file -> file.length).sum();
        var instructions = bodies.values().stream()
                .mapToLong(body -> body.instructions().size())
                .sum();
        return new LoadedClasses(loader, classes.interpreted(), bodies, files + instructions * INSTRUCTION);
    }
}
