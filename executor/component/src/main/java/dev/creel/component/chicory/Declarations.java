package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Declares what may be referred to as Chicory wants it: it takes a function's reference to itself for invalid unless a declarative
 * segment holds the function, although an export, a global or any other segment will do.
 */
final class Declarations {
    /** What Chicory says of such a reference. */
    static final String REFUSAL = "undeclared function reference";

    private static final int ELEMENTS = 9;
    private static final int DECLARATIVE = 3;

    private Declarations() {}

    /** {@code wasm}, which is well-formed, with a segment more: its functions that anything outside of functions mentions. */
    static byte[] added(byte[] wasm) {
        var module = Parser.builder().withValidation(false).build().parse(() -> new ByteArrayInputStream(wasm));
        var mentioned = mentioned(module);
        var segments = new ByteArrayOutputStream();
        ModuleBytes.leb(segments, module.elementSection().elementCount() + 1);
        segments.writeBytes(ModuleBytes.items(wasm, ELEMENTS));
        segments.write(DECLARATIVE);
        segments.write(0);
        ModuleBytes.leb(segments, mentioned.size());
        mentioned.forEach(function -> ModuleBytes.leb(segments, function));
        return ModuleBytes.replaced(wasm, ELEMENTS, segments.toByteArray());
    }

    private static Set<Integer> mentioned(WasmModule module) {
        var mentioned = new TreeSet<Integer>();
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                mentioned.add(export.index());
            }
        }
        Arrays.stream(module.globalSection().globals()).forEach(global -> add(global.initInstructions(), mentioned));
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            add(module.tableSection().getTable(i).initialize(), mentioned);
        }
        module.elementSection().stream()
                .flatMap(element -> element.initializers().stream())
                .forEach(initial -> add(initial, mentioned));
        return mentioned;
    }

    private static void add(List<Instruction> expression, Set<Integer> mentioned) {
        for (var instruction : expression) {
            if (instruction.opcode() == OpCode.REF_FUNC) {
                mentioned.add((int) instruction.operand(0));
            }
        }
    }
}
