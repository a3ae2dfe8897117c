package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance. What it imported and exports again is the same object as it was given. */
final class ChicoryInstance implements CoreInstance {
    private final Instance instance;
    private final GuestMachine machine;
    private final ModuleShape shape;
    private final Map<ExternalType, List<CoreExtern>> imports;
    private final Map<Integer, GuestFunction> functions = new HashMap<>();
    private final Map<Integer, GuestTag> tags = new HashMap<>();

    ChicoryInstance(
            Instance instance, GuestMachine machine, ModuleShape shape, Map<ExternalType, List<CoreExtern>> imports) {
        this.instance = instance;
        this.machine = machine;
        this.shape = shape;
        this.imports = imports;
    }

    @Override
    public @Nullable CoreExtern export(String name) {
        var export = shape.places().get(name);
        if (export == null) {
            return null;
        }
        var imported = imports.getOrDefault(export.exportType(), List.of());
        return export.index() < imported.size() ? imported.get(export.index()) : own(export);
    }

    private CoreExtern own(Export export) {
        var index = export.index();
        return switch (export.exportType()) {
            case FUNCTION -> functions.computeIfAbsent(index, i -> new GuestFunction(machine, i, function(export)));
            case TABLE -> (FlatTable) instance.table(index);
            case MEMORY -> (FlatMemory) instance.memory(index);
            case GLOBAL -> (GuestGlobal) instance.global(index);
            case TAG -> tags.computeIfAbsent(index, i -> new GuestTag(instance.tag(i), (CoreType.Tag) typeOf(export)));
        };
    }

    private CoreType.Func function(Export export) {
        return (CoreType.Func) typeOf(export);
    }

    private CoreType typeOf(Export export) {
        var type = shape.exports().get(export.name());
        if (type == null) {
            throw new IllegalStateException("no type of export " + export.name());
        }
        return type;
    }
}
