package dev.creel.component.linking;

import dev.creel.component.binary.ModuleDefinition;
import dev.creel.component.binary.ModuleDefinition.Import;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.LinkException;
import dev.creel.component.plan.CanonOptions;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceSubstitution;
import dev.creel.component.type.ResourceType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a core module that is a component by its custom sections: one component instance around one core instance,
 * whose imports work on the memory that it makes itself. Functions of compatible interface versions share the host's resources.
 */
final class ModulePlanner {
    private final ModuleDefinition definition;
    private final PlanBuilder plan;
    private final DependencyImports imports;
    private final int instance;
    private final int coreInstance;
    private final ResourceSubstitution substitution;
    private final IdentityHashMap<FuncType, FuncType> functionTypes = new IdentityHashMap<>();

    private ModulePlanner(
            ModuleDefinition definition, PlanBuilder plan, int parentInstance, DependencyImports imports) {
        this.definition = definition;
        this.plan = plan;
        this.imports = imports;
        this.instance = plan.newInstance(parentInstance);
        this.coreInstance = plan.nextCoreInstance();
        this.substitution = ResourceSubstitution.forCalls(this::bound, plan.work);
    }

    /**
     * Adds an instance of {@code module} to {@code plan}; what it exports.
     *
     * @throws LinkException naming the import that nobody satisfies, or that has another type
     */
    static Map<String, Value> evaluate(
            ModuleDefinition module, PlanBuilder plan, int parentInstance, DependencyImports imports) {
        return new ModulePlanner(module, plan, parentInstance, imports).evaluate();
    }

    private Map<String, Value> evaluate() {
        var options = options(null);
        var refs = new ArrayList<CoreRef>();
        for (int i = 0; i < definition.imports().size(); i++) {
            refs.add(
                    switch (definition.imports().get(i)) {
                        case Import.Func(var interfaceName, var name, var type) ->
                            new CoreRef.Lowered(
                                    plan.reference(imports.function(interfaceName, name, concrete(type))),
                                    options,
                                    instance);
                        case Import.Drop(var resource) -> new CoreRef.ResourceDrop(bound(resource), instance);
                        case Import.Core(var module, var name) -> core(module, name, i);
                    });
        }
        plan.instantiate(definition.module(), refs, instance);
        if (definition.initialize()) {
            plan.call(export(ModuleDefinition.INITIALIZE));
        }
        return exports();
    }

    private CoreRef core(String module, String name, int number) {
        var path = "imports." + module + "." + name;
        var offered = imports.host().core(module, name);
        var wanted = definition.module().imports().get(number).type();
        if (!wanted.equals(new CoreType.Func(offered.type()))) {
            throw new LinkException(path + ": the module wants " + wanted + ", the host has " + offered.type());
        }
        if (!definition.memory()) {
            throw new LinkException(path + ": the module exports no memory for it to work on");
        }
        return new CoreRef.HostCore(
                module, name, export(ModuleDefinition.MEMORY), imports.host().number());
    }

    private Map<String, Value> exports() {
        var exports = new LinkedHashMap<String, Value>();
        var instances = new LinkedHashMap<String, Map<String, Value>>();
        for (var one : definition.exports()) {
            var function = new Value.Lifted(new FuncRef.Lifted(
                    export(one.core()),
                    concrete(one.type()),
                    options(one.postReturn().isEmpty() ? null : export(one.postReturn())),
                    instance));
            if (one.interfaceName().isEmpty()) {
                exports.put(one.name(), function);
            } else {
                instances
                        .computeIfAbsent(one.interfaceName(), name -> new LinkedHashMap<>())
                        .put(one.name(), function);
            }
        }
        instances.forEach((name, functions) -> exports.put(name, new Value.Instance(functions)));
        return exports;
    }

    private CanonOptions options(@Nullable CoreRef postReturn) {
        return new CanonOptions(
                definition.encoding(),
                definition.memory() ? export(ModuleDefinition.MEMORY) : null,
                definition.realloc().isEmpty() ? null : export(definition.realloc()),
                postReturn);
    }

    private CoreRef export(String name) {
        return new CoreRef.Export(coreInstance, name);
    }

    private FuncType concrete(FuncType type) {
        return functionTypes.computeIfAbsent(type, substitution::in);
    }

    private ResourceType bound(ResourceType resource) {
        var origin = definition.resources().get(resource);
        if (origin == null) {
            throw new LinkException(
                    resource + " is the module's own; make it a component with wasm-tools component new");
        }
        return imports.resource(origin.interfaceName(), origin.name());
    }
}
