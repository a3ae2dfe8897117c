package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import java.util.BitSet;

/**
 * The module that instances are made from: without function bodies, as decoded instructions weigh 340 MB for a JavaScript
 * engine, but for those that are interpreted. Imports are named by their position, because Chicory looks each up by name among
 * all, and equal names would be ambiguous.
 */
final class Skeleton {
    private Skeleton() {}

    /** Parses (and so validates all but code) and strips. */
    static WasmModule of(WasmModule parsed, BitSet interpreted) {
        var imported = parsed.importSection().count(ExternalType.FUNCTION);
        var module = WasmModule.builder()
                .withValidation(false)
                .setTypeSection(parsed.typeSection())
                .setImportSection(numbered(parsed.importSection()))
                .setFunctionSection(parsed.functionSection())
                .setTableSection(parsed.tableSection())
                .setGlobalSection(parsed.globalSection())
                .setExportSection(parsed.exportSection())
                .setElementSection(parsed.elementSection())
                .setCodeSection(code(parsed.codeSection(), interpreted, imported))
                .setDataSection(parsed.dataSection());
        parsed.memorySection().ifPresent(module::setMemorySection);
        parsed.startSection().ifPresent(module::setStartSection);
        parsed.dataCountSection().ifPresent(module::setDataCountSection);
        parsed.tagSection().ifPresent(module::setTagSection);
        return module.build();
    }

    private static CodeSection code(CodeSection parsed, BitSet interpreted, int imported) {
        var code = CodeSection.builder().setRequiresDataCount(parsed.isRequiresDataCount());
        for (var i = 0; i < parsed.functionBodyCount(); i++) {
            var body = parsed.getFunctionBody(i);
            var function = imported + i;
            code.addFunctionBody(interpreted.get(function) ? InterpretedBody.of(body, function) : body);
        }
        return code.build();
    }

    private static ImportSection numbered(ImportSection parsed) {
        var imports = ImportSection.builder();
        for (var i = 0; i < parsed.importCount(); i++) {
            imports.addImport(named(parsed.getImport(i), name(i)));
        }
        return imports.build();
    }

    /** The name of import number {@code position}. */
    static String name(int position) {
        return Integer.toString(position);
    }

    private static Import named(Import entry, String name) {
        return switch (entry) {
            case FunctionImport function -> new FunctionImport("", name, function.typeIndex());
            case TableImport table -> new TableImport("", name, table.entryType(), table.limits());
            case MemoryImport memory -> new MemoryImport("", name, memory.limits());
            case GlobalImport global -> new GlobalImport("", name, global.mutabilityType(), global.type());
            case TagImport tag -> new TagImport(
                    "", name, tag.tagType().attribute(), tag.tagType().typeIdx());
            default -> throw new IllegalArgumentException("an import of kind " + entry.importType());
        };
    }
}
