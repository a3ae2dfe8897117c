package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import java.util.Map;

/**
 * The module that instances are made from: without function bodies, as decoded instructions weigh 340 MB for a JavaScript
 * engine, but for those that are interpreted. Imports are named by their position, because Chicory looks each up by name among
 * all, and equal names would be ambiguous.
 */
final class Skeleton {
    /** {@code unreachable}: valid as the body of any function. */
    private static final FunctionBody STUB = Parser.parse(new byte[] {
                0,
                'a',
                's',
                'm',
                1,
                0,
                0,
                0, // preamble
                1,
                4,
                1,
                0x60,
                0,
                0, // a type without parameters and results
                3,
                2,
                1,
                0, // a function of it
                10,
                5,
                1,
                3,
                0,
                0,
                0x0b // its body: no locals, unreachable, end
            })
            .codeSection()
            .getFunctionBody(0);

    private Skeleton() {}

    /** The module to make instances from, whatever bodies {@code parsed} has; {@code interpreted} are by function index. */
    static WasmModule of(WasmModule parsed, Map<Integer, FunctionBody> interpreted) {
        var imported = parsed.importSection().count(ExternalType.FUNCTION);
        var code =
                CodeSection.builder().setRequiresDataCount(parsed.codeSection().isRequiresDataCount());
        for (var i = 0; i < parsed.codeSection().functionBodyCount(); i++) {
            code.addFunctionBody(interpreted.getOrDefault(imported + i, STUB));
        }
        return copy(parsed)
                .setImportSection(numbered(parsed.importSection()))
                .setCodeSection(code.build())
                .build();
    }

    /** The module with stubs for all bodies but those from {@code from} to {@code to}. */
    static WasmModule only(WasmModule parsed, int from, int to) {
        var code =
                CodeSection.builder().setRequiresDataCount(parsed.codeSection().isRequiresDataCount());
        for (var i = 0; i < parsed.codeSection().functionBodyCount(); i++) {
            code.addFunctionBody(i >= from && i < to ? parsed.codeSection().getFunctionBody(i) : STUB);
        }
        return copy(parsed)
                .setImportSection(parsed.importSection())
                .setCodeSection(code.build())
                .build();
    }

    /** The module with these bodies, the first of which is number {@code from}, and stubs for all others: valid if it is returned. */
    static WasmModule validated(WasmModule parsed, int from, CodeSection bodies) {
        var code = CodeSection.builder().setRequiresDataCount(bodies.isRequiresDataCount());
        var to = from + bodies.functionBodyCount();
        for (var i = 0; i < parsed.codeSection().functionBodyCount(); i++) {
            code.addFunctionBody(i >= from && i < to ? bodies.getFunctionBody(i - from) : STUB);
        }
        return copy(parsed)
                .withValidation(true)
                .setImportSection(parsed.importSection())
                .setCodeSection(code.build())
                .build();
    }

    /** All sections but imports and code. Not validated again unless the caller says so. */
    private static WasmModule.Builder copy(WasmModule parsed) {
        var module = WasmModule.builder()
                .withValidation(false)
                .setTypeSection(parsed.typeSection())
                .setFunctionSection(parsed.functionSection())
                .setTableSection(parsed.tableSection())
                .setGlobalSection(parsed.globalSection())
                .setExportSection(parsed.exportSection())
                .setElementSection(parsed.elementSection())
                .setDataSection(parsed.dataSection());
        parsed.memorySection().ifPresent(module::setMemorySection);
        parsed.startSection().ifPresent(module::setStartSection);
        parsed.dataCountSection().ifPresent(module::setDataCountSection);
        parsed.tagSection().ifPresent(module::setTagSection);
        return module;
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
            case TagImport tag ->
                new TagImport("", name, tag.tagType().attribute(), tag.tagType().typeIdx());
            default -> throw new IllegalArgumentException("an import of kind " + entry.importType());
        };
    }
}
