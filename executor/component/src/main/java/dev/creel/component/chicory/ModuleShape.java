package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.TypeSection;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** What a module imports and exports, in the engine port's types. Keeps nothing of the module itself. */
final class ModuleShape {
    private final List<CoreImport> imports = new ArrayList<>();
    private final Map<ExternalType, List<CoreType>> imported = new LinkedHashMap<>();
    private final Map<String, CoreType> exports = new LinkedHashMap<>();
    private final Map<String, Export> places = new LinkedHashMap<>();

    private ModuleShape(WasmModule module) {
        var types = module.typeSection();
        for (var kind : ExternalType.values()) {
            imported.put(kind, new ArrayList<>());
        }
        for (var i = 0; i < module.importSection().importCount(); i++) {
            var entry = module.importSection().getImport(i);
            var type = type(entry, types);
            imports.add(NamelessImports.restored(entry.module(), entry.name(), type));
            of(entry.importType()).add(type);
        }
        module.tagSection().ifPresent(tags -> {
            for (var tag : tags.types()) {
                tag(tag.typeIdx(), types);
            }
        });
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (places.put(export.name(), export) != null) {
                throw new InvalidModuleException(
                        InvalidModuleException.Kind.INVALID, "duplicate export name " + export.name());
            }
            exports.put(export.name(), type(export.exportType(), export.index(), module));
        }
    }

    /** The shape of a module whose indices may still be wrong: Chicory looks at some only when it instantiates. */
    static ModuleShape of(WasmModule module) {
        try {
            return new ModuleShape(module);
        } catch (InvalidException | IndexOutOfBoundsException | NoSuchElementException e) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.INVALID,
                    "an import or export names what is not there: " + e.getMessage(),
                    e);
        }
    }

    List<CoreImport> imports() {
        return Collections.unmodifiableList(imports);
    }

    Map<String, CoreType> exports() {
        return Collections.unmodifiableMap(exports);
    }

    /** Export name → kind and index. */
    Map<String, Export> places() {
        return places;
    }

    int importCount(ExternalType kind) {
        return of(kind).size();
    }

    private List<CoreType> of(ExternalType kind) {
        return imported.getOrDefault(kind, List.of());
    }

    private static CoreType type(Import entry, TypeSection types) {
        return switch (entry) {
            case FunctionImport function -> function(function.typeIndex(), types);
            case TableImport table -> TypeMapping.table(table.entryType(), table.limits());
            case MemoryImport memory -> TypeMapping.memory(memory.limits());
            case GlobalImport global ->
                new CoreType.Global(TypeMapping.kind(global.type()), global.mutabilityType() == MutabilityType.Var);
            case TagImport tag -> tag(tag.tagType().typeIdx(), types);
            default -> throw new IllegalArgumentException("an import of kind " + entry.importType());
        };
    }

    /** The type of anything in the module that this is the shape of. */
    CoreType type(ExternalType kind, int index, WasmModule module) {
        var types = module.typeSection();
        var before = importCount(kind);
        if (index < before) {
            return of(kind).get(index);
        }
        var own = index - before;
        return switch (kind) {
            case FUNCTION -> function(module.functionSection().getFunctionType(own), types);
            case TABLE -> {
                var table = module.tableSection().getTable(own);
                yield TypeMapping.table(table.elementType(), table.limits());
            }
            case MEMORY ->
                TypeMapping.memory(
                        module.memorySection().orElseThrow().getMemory(own).limits());
            case GLOBAL -> {
                var global = module.globalSection().getGlobal(own);
                yield new CoreType.Global(
                        TypeMapping.kind(global.valueType()), global.mutabilityType() == MutabilityType.Var);
            }
            case TAG -> tag(module.tagSection().orElseThrow().getTag(own).typeIdx(), types);
        };
    }

    private static CoreType.Func function(int typeIndex, TypeSection types) {
        return new CoreType.Func(TypeMapping.function(types.getType(typeIndex)));
    }

    private static CoreType.Tag tag(int typeIndex, TypeSection types) {
        var type = TypeMapping.function(types.getType(typeIndex));
        if (!type.results().isEmpty()) {
            throw new InvalidModuleException(InvalidModuleException.Kind.INVALID, "non-empty tag result type");
        }
        return new CoreType.Tag(type);
    }
}
