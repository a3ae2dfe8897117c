package dev.creel.component.linking;

import dev.creel.component.binary.Definition;
import dev.creel.component.binary.ExternType;
import dev.creel.component.binary.Item;
import dev.creel.component.binary.Options;
import dev.creel.component.binary.Sort;
import dev.creel.component.binary.TypeDefinition;
import dev.creel.component.core.LinkException;
import dev.creel.component.plan.CanonOptions;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceSubstitution;
import dev.creel.component.type.ResourceType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instantiation of one component, evaluated symbolically: its definitions in order, each appending to an index space. The
 * component is validated, so sorts and types fit; only what comes from outside is new here.
 */
final class Frame {
    private final PlanBuilder plan;
    private final @Nullable Frame outer;
    private final int instance;
    private final Imports imports;
    private final Map<ResourceType, ResourceType> resources = new HashMap<>();
    private final ResourceSubstitution substitution;
    private final IdentityHashMap<FuncType, FuncType> functionTypes = new IdentityHashMap<>();
    private final Map<Sort, List<CoreRef>> core = new EnumMap<>(Sort.class);
    private final List<Map<String, CoreRef>> coreInstances = new ArrayList<>();
    private final List<Value.Module> modules = new ArrayList<>();
    private final List<Value.Component> components = new ArrayList<>();
    private final List<Value.Instance> instances = new ArrayList<>();
    private final List<Value.Func> funcs = new ArrayList<>();
    private final Map<String, Value> exports = new LinkedHashMap<>();

    /** Finds what is imported. */
    interface Imports {
        /** What satisfies an import of {@code frame}'s component. */
        Value find(Frame frame, Definition.Import imported);
    }

    /** @param outer the frame that the component was defined in */
    Frame(PlanBuilder plan, @Nullable Frame outer, int parentInstance, Imports imports) {
        this.plan = plan;
        this.outer = outer;
        this.instance = plan.newInstance(parentInstance);
        this.imports = imports;
        this.substitution = ResourceSubstitution.forCalls(this::bound, plan.work);
        for (var sort : List.of(Sort.CORE_FUNC, Sort.CORE_TABLE, Sort.CORE_MEMORY, Sort.CORE_GLOBAL, Sort.CORE_TAG)) {
            core.put(sort, new ArrayList<>());
        }
    }

    /** Evaluates all definitions and answers what the component exports. */
    Map<String, Value> evaluate(List<Definition> definitions) {
        for (var definition : definitions) {
            plan.work.spend(1);
            evaluate(definition);
        }
        return exports;
    }

    private void evaluate(Definition definition) {
        switch (definition) {
            case Definition.Module(var module) -> modules.add(new Value.Module(module));
            case Definition.Nested(var nested) -> components.add(new Value.Component(nested, this));
            case Definition.InstantiateModule(var module, var args) -> instantiateModule(module, args);
            case Definition.CoreBag(var items) -> {
                var bag = new HashMap<String, CoreRef>();
                items.forEach((name, item) -> bag.put(name, core(item.sort()).get(item.index())));
                coreInstances.add(bag);
            }
            case Definition.Instantiate made -> instantiate(made);
            case Definition.Bag(var items) -> {
                var bag = new LinkedHashMap<String, Value>();
                items.forEach((name, item) -> bag.put(name, value(item)));
                instances.add(new Value.Instance(bag));
            }
            case Definition.AliasExport(var sort, var from, var name) -> add(export(instances.get(from), name));
            case Definition.AliasCoreExport(var sort, var from, var name) ->
                core(sort).add(coreExport(from, name));
            case Definition.AliasOuter(var sort, var up, var index) ->
                add(around(up).indexed(sort, index));
            case Definition.Resource(var resource, var destructor) ->
                resources.put(resource, plan.defineResource(instance, destructor < 0 ? null : coreFunc(destructor)));
            case Definition.Lift(var coreFunc, var type, var options) ->
                funcs.add(new Value.Lifted(
                        new FuncRef.Lifted(coreFunc(coreFunc), concrete(type), options(options), instance)));
            case Definition.LaterFunc(var feature) -> funcs.add(new Value.Later(feature));
            case Definition.LaterCoreFunc(var feature, var type) ->
                function(new CoreRef.Later(feature.name(), feature.since(), type, instance));
            case Definition.Lower(var func, var options) ->
                function(new CoreRef.Lowered(plan.reference(funcs.get(func)), options(options), instance));
            case Definition.ResourceNew(var resource) -> function(new CoreRef.ResourceNew(guest(resource), instance));
            case Definition.ResourceRep(var resource) -> function(new CoreRef.ResourceRep(guest(resource), instance));
            case Definition.ResourceDrop(var resource) -> function(new CoreRef.ResourceDrop(bound(resource), instance));
            case Definition.Import imported -> {
                var value = imports.find(this, imported);
                bind(imported.type(), value);
                add(value);
            }
            case Definition.Export(var name, var item, var type) -> {
                var value = value(item);
                bind(type, value);
                exports.put(name, value);
                add(value);
            }
        }
    }

    private void function(CoreRef made) {
        core(Sort.CORE_FUNC).add(made);
    }

    private void instantiateModule(int index, Map<String, Integer> args) {
        var module = modules.get(index).module();
        var given = new ArrayList<CoreRef>();
        for (var needed : module.imports()) {
            var from = args.get(needed.module());
            if (from == null) {
                throw new LinkException("a core module imports from '" + needed.module() + "', which is not given");
            }
            given.add(coreExport(from, needed.name()));
        }
        int number = plan.instantiate(module, given, instance);
        var made = new HashMap<String, CoreRef>();
        module.exports().keySet().forEach(name -> made.put(name, new CoreRef.Export(number, name)));
        coreInstances.add(made);
    }

    private CoreRef coreExport(int from, String name) {
        var found = coreInstances.get(from).get(name);
        if (found == null) {
            throw new LinkException("a core instance has no export '" + name + "'");
        }
        return found;
    }

    private void instantiate(Definition.Instantiate made) {
        var component = components.get(made.component());
        var args = new HashMap<String, Value>();
        made.args().forEach((name, item) -> args.put(name, value(item)));
        var inner = new Frame(plan, component.around(), instance, (frame, imported) -> {
            var given = args.get(imported.name().name());
            if (given == null) {
                throw new LinkException(
                        "a nested component imports '" + imported.name().name() + "', which is not given");
            }
            return given;
        });
        var result = new Value.Instance(inner.evaluate(component.definition().definitions()));
        bind(new ExternType.Instance(made.exports()), result);
        instances.add(result);
    }

    private Value value(Item item) {
        return switch (item) {
            case Item.Indexed(var sort, var index) -> indexed(sort, index);
            case Item.Type(TypeDefinition.Resource(var resource)) -> new Value.Type(Optional.of(bound(resource)));
            case Item.Type other -> new Value.Type(Optional.empty());
        };
    }

    private Value indexed(Sort sort, int index) {
        return switch (sort) {
            case FUNC -> funcs.get(index);
            case INSTANCE -> instances.get(index);
            case COMPONENT -> components.get(index);
            case CORE_MODULE -> modules.get(index);
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE, TYPE ->
                throw new IllegalArgumentException(sort + " is no sort of values");
        };
    }

    private void add(Value value) {
        switch (value) {
            case Value.Func func -> funcs.add(func);
            case Value.Instance one -> instances.add(one);
            case Value.Component component -> components.add(component);
            case Value.Module module -> modules.add(module);
            case Value.Type _ -> {}
        }
    }

    private static Value export(Value.Instance instance, String name) {
        var found = instance.exports().get(name);
        if (found == null) {
            throw new LinkException("an instance has no export '" + name + "'");
        }
        return found;
    }

    private Frame around(int up) {
        var frame = this;
        for (int i = 0; i < up; i++) {
            if (frame.outer == null) {
                throw new IllegalArgumentException("no frame " + up + " levels up");
            }
            frame = frame.outer;
        }
        return frame;
    }

    /** Resources that {@code type} introduces here are those that {@code value} has under the same names. */
    private void bind(ExternType type, Value value) {
        plan.work.spend(1);
        switch (type) {
            case ExternType.Type(TypeDefinition.Resource(var resource)) -> {
                if (value instanceof Value.Type(var actual) && actual.isPresent()) {
                    resources.putIfAbsent(resource, actual.get());
                }
            }
            case ExternType.Instance(var types)
            when value instanceof Value.Instance actual ->
                types.forEach((name, inner) -> bind(inner, export(actual, name)));
            default -> {}
        }
    }

    /** Whether it is known already which resource this is. */
    boolean isBound(ResourceType resource) {
        return resources.containsKey(resource);
    }

    /** Declares which resource this is. */
    void bind(ResourceType resource, ResourceType actual) {
        resources.putIfAbsent(resource, actual);
    }

    ResourceType bound(ResourceType resource) {
        if (resource instanceof ResourceType.Abstract unknown) {
            var actual = resources.get(unknown);
            if (actual == null) {
                throw new LinkException(unknown + " is used, but neither imported nor exported");
            }
            return actual;
        }
        return resource;
    }

    private ResourceType.Guest guest(ResourceType resource) {
        return (ResourceType.Guest) bound(resource);
    }

    /** The type with the resources of this very instantiation. */
    FuncType concrete(FuncType type) {
        return functionTypes.computeIfAbsent(type, substitution::in);
    }

    private List<CoreRef> core(Sort sort) {
        var space = core.get(sort);
        if (space == null) {
            throw new IllegalArgumentException(sort + " is no sort of core items");
        }
        return space;
    }

    private CoreRef coreFunc(int index) {
        return core(Sort.CORE_FUNC).get(index);
    }

    private CanonOptions options(Options options) {
        return new CanonOptions(
                options.encoding(),
                options.memory() < 0 ? null : core(Sort.CORE_MEMORY).get(options.memory()),
                options.realloc() < 0 ? null : coreFunc(options.realloc()),
                options.postReturn() < 0 ? null : coreFunc(options.postReturn()));
    }
}
