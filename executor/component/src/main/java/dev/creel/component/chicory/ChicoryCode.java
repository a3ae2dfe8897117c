package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreTable;
import dev.creel.component.core.CoreTag;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.Footprint;
import dev.creel.component.core.LinkException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Compiled classes and the skeleton of one module. */
final class ChicoryCode implements CoreCode {
    private final String name;
    private final ModuleShape shape;
    private final WasmModule skeleton;
    private final LoadedClasses classes;

    ChicoryCode(String name, ModuleShape shape, WasmModule skeleton, LoadedClasses classes) {
        this.name = name;
        this.shape = shape;
        this.skeleton = skeleton;
        this.classes = classes;
    }

    LoadedClasses classes() {
        return classes;
    }

    @Override
    public List<CoreImport> imports() {
        return shape.imports();
    }

    @Override
    public Map<String, CoreType> exports() {
        return shape.exports();
    }

    @Override
    public Footprint footprint() {
        var data = 0L;
        for (var segment : skeleton.dataSection().dataSegments()) {
            data += segment.data().length;
        }
        return new Footprint(data, classes.loader(), classes.bytes());
    }

    @Override
    public CoreInstance instantiate(List<? extends CoreExtern> imports, CoreLimits limits) {
        CoreImport.check(shape.imports(), imports, name);
        var values = values(imports);
        var machine = new GuestMachine[1];
        try {
            var instance = Instance.builder(skeleton)
                    .withImportValues(values)
                    .withStart(false)
                    .withMachineFactory(made -> machine[0] = new GuestMachine(made, classes))
                    .withMemoryFactory(declared -> new FlatMemory(declared, limits))
                    .withTableFactory(
                            (declared, initial) -> new FlatTable(declared, initial, machine[0].instance(), limits))
                    .withGlobalFactory(GuestGlobal::new)
                    .build();
            return new ChicoryInstance(instance, machine[0], shape, byKind(imports));
        } catch (UnlinkableException e) {
            // Chicory compares more closely where types name other types.
            throw new LinkException(name + ": " + e.getMessage());
        } catch (Throwable thrown) {
            throw Traps.of(thrown);
        }
    }

    private Map<ExternalType, List<CoreExtern>> byKind(List<? extends CoreExtern> imports) {
        var kinds = new EnumMap<ExternalType, List<CoreExtern>>(ExternalType.class);
        for (var i = 0; i < imports.size(); i++) {
            kinds.computeIfAbsent(skeleton.importSection().getImport(i).importType(), kind -> new ArrayList<>())
                    .add(imports.get(i));
        }
        return kinds;
    }

    private ImportValues values(List<? extends CoreExtern> imports) {
        var values = ImportValues.builder();
        for (var i = 0; i < imports.size(); i++) {
            var name = Skeleton.name(i);
            switch (imports.get(i)) {
                case CoreFunction function ->
                    values.addFunction(new ImportFunction("", name, type(i), handle(function)));
                case CoreMemory memory -> values.addMemory(new ImportMemory("", name, ours(memory, FlatMemory.class)));
                case CoreTable table -> values.addTable(new ImportTable("", name, ours(table, FlatTable.class)));
                case CoreGlobal global -> values.addGlobal(new ImportGlobal("", name, ours(global, GuestGlobal.class)));
                case CoreTag tag ->
                    values.addTag(
                            new ImportTag("", name, ours(tag, GuestTag.class).tag()));
            }
        }
        return values.build();
    }

    private FunctionType type(int position) {
        var entry = (FunctionImport) skeleton.importSection().getImport(position);
        return skeleton.typeSection().getType(entry.typeIndex());
    }

    private static WasmFunctionHandle handle(CoreFunction function) {
        return function instanceof GuestFunction guest ? guest : new HostHandle(function);
    }

    private static <T> T ours(CoreExtern given, Class<T> type) {
        if (!type.isInstance(given)) {
            throw new LinkException("a " + given.getClass().getSimpleName() + " of another engine");
        }
        return type.cast(given);
    }
}
