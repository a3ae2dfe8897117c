package dev.creel.codegen;

import dev.creel.codegen.run.GuestInstance;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreInstance;
import org.jspecify.annotations.Nullable;

/** An instance as its surroundings see it. What it imported and exports again is the same object as it was given. */
record CodegenInstance(GuestInstance instance, InstancePlan plan) implements CoreInstance {
    @Override
    public @Nullable CoreExtern export(String name) {
        var place = plan.places().get(name);
        if (place == null) {
            return null;
        }
        var index = place.index();
        return switch (place.exportType()) {
            case FUNCTION -> index < instance.imports.length ? instance.imports[index] : instance.function(index);
            case TABLE -> instance.tables[index];
            case MEMORY -> instance.memories[index];
            case GLOBAL -> instance.globals[index];
            case TAG -> instance.tags[index];
        };
    }

    @Override
    public void release() {
        for (var i = plan.importedMemories(); i < instance.memories.length; i++) {
            plan.rooms().ended(i, instance.memories[i].release());
        }
    }
}
