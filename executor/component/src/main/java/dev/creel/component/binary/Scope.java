package dev.creel.component.binary;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreType;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.WorkBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The index spaces of a component, or of a component or instance type, while it is being read. */
final class Scope {
    final Form form;
    final @Nullable Scope outer;
    final int depth;
    final List<CoreFuncType> coreFuncs = new ArrayList<>();
    final List<CoreType.Table> coreTables = new ArrayList<>();
    final List<CoreType.Memory> coreMemories = new ArrayList<>();
    final List<CoreType.Global> coreGlobals = new ArrayList<>();
    final List<CoreType.Tag> coreTags = new ArrayList<>();
    final List<CoreTypeDefinition> coreTypes = new ArrayList<>();
    final List<ModuleType> modules = new ArrayList<>();
    final List<Map<String, CoreType>> coreInstances = new ArrayList<>();
    final List<FuncType> funcs = new ArrayList<>();
    final List<TypeDefinition> types = new ArrayList<>();
    final List<ComponentType> components = new ArrayList<>();
    final List<Map<String, ExternType>> instances = new ArrayList<>();
    final List<Definition> definitions = new ArrayList<>();
    /** Resources that imports introduce. */
    final List<ResourceType.Abstract> importBound = new ArrayList<>();
    /** Resources that exist only once this is instantiated. */
    final List<ResourceType.Abstract> exportBound = new ArrayList<>();
    /** Resources whose representation this component owns. */
    final Set<ResourceType> own = new HashSet<>();

    final Names imports = new Names("import");
    final Names exports = new Names("export");
    private final WorkBudget work;
    private final NamedTypes importedTypes;
    private final NamedTypes exportedTypes;

    enum Form {
        COMPONENT,
        COMPONENT_TYPE,
        INSTANCE_TYPE
    }

    Scope(Form form, @Nullable Scope outer, WorkBudget work) {
        this.form = form;
        this.outer = outer;
        this.work = work;
        this.importedTypes = new NamedTypes(work);
        this.exportedTypes = new NamedTypes(work);
        this.depth = outer == null ? 1 : outer.depth + 1;
    }

    /** The scope {@code up} levels around this one. */
    Scope outer(Input in, int up) {
        Scope scope = this;
        for (int i = 0; i < up; i++) {
            if (scope.outer == null) {
                throw in.invalid("there are not " + up + " scopes around this one");
            }
            scope = scope.outer;
        }
        return scope;
    }

    static <T> T at(Input in, List<T> space, int index, Sort sort) {
        if (index >= space.size()) {
            throw in.invalid("there is no " + sort.text() + " " + index + ": " + space.size() + " are defined so far");
        }
        return space.get(index);
    }

    CoreFuncType coreFunc(Input in, int index) {
        return at(in, coreFuncs, index, Sort.CORE_FUNC);
    }

    FuncType func(Input in, int index) {
        return at(in, funcs, index, Sort.FUNC);
    }

    TypeDefinition type(Input in, int index) {
        return at(in, types, index, Sort.TYPE);
    }

    FuncType funcType(Input in, int index) {
        if (type(in, index) instanceof TypeDefinition.Func(var type)) {
            return type;
        }
        throw in.invalid("type " + index + " is not a function type");
    }

    ValType valType(Input in, int index) {
        if (type(in, index) instanceof TypeDefinition.Value(var type)) {
            return type;
        }
        throw in.invalid("type " + index + " is not a type of values");
    }

    ResourceType resource(Input in, int index) {
        if (type(in, index) instanceof TypeDefinition.Resource(var type)) {
            return type;
        }
        throw in.invalid("type " + index + " is not a resource type");
    }

    /** The type of a core item. */
    CoreType coreItem(Input in, Sort sort, int index) {
        return switch (sort) {
            case CORE_FUNC -> new CoreType.Func(coreFunc(in, index));
            case CORE_TABLE -> at(in, coreTables, index, sort);
            case CORE_MEMORY -> at(in, coreMemories, index, sort);
            case CORE_GLOBAL -> at(in, coreGlobals, index, sort);
            case CORE_TAG -> at(in, coreTags, index, sort);
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
                throw in.invalid("a " + sort.text() + " cannot be exported by a core instance");
        };
    }

    void addCore(CoreType type) {
        switch (type) {
            case CoreType.Func(var func) -> coreFuncs.add(func);
            case CoreType.Table table -> coreTables.add(table);
            case CoreType.Memory memory -> coreMemories.add(memory);
            case CoreType.Global global -> coreGlobals.add(global);
            case CoreType.Tag tag -> coreTags.add(tag);
        }
    }

    /** The type of a component-level item. */
    ExternType item(Input in, Sort sort, int index) {
        return switch (sort) {
            case CORE_MODULE -> new ExternType.Module(at(in, modules, index, sort));
            case FUNC -> new ExternType.Func(func(in, index));
            case TYPE -> new ExternType.Type(type(in, index));
            case COMPONENT -> new ExternType.Component(at(in, components, index, sort));
            case INSTANCE -> new ExternType.Instance(at(in, instances, index, sort));
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw in.invalid("a " + sort.text() + " cannot be handed from component to component");
        };
    }

    /** A new entry of the index space for things of this type. */
    void add(ExternType type) {
        switch (type) {
            case ExternType.Module(var module) -> modules.add(module);
            case ExternType.Func(var func) -> funcs.add(func);
            case ExternType.Type(var definition) -> types.add(definition);
            case ExternType.Component(var component) -> components.add(component);
            case ExternType.Instance(var exports) -> instances.add(exports);
        }
    }

    /** An import: a new entry of its index space. */
    void imported(Input in, AttributedName name, ExternType type, int max) {
        imports.add(in, name, type, max);
        if (!importedTypes.admit(type)) {
            throw nameless(in, "import", name);
        }
        // What others gave may be given to others.
        exportedTypes.admit(type);
        add(type);
    }

    /** An export: a new entry of its index space. */
    void exported(Input in, AttributedName name, ExternType type, int max) {
        exports.add(in, name, type, max);
        // An instance type only describes: it is checked where it is used.
        if (form != Form.INSTANCE_TYPE && !exportedTypes.admit(type)) {
            throw nameless(in, "export", name);
        }
        add(type);
    }

    private static InvalidComponentException nameless(Input in, String what, AttributedName name) {
        return in.invalid(
                what + " '" + Input.shortened(name.name()) + "' mentions a resource, record, variant, enum or flags"
                        + " that " + what + "s before it give no name");
    }

    /** What the whole scope imports and exports, seen from outside. */
    ComponentType componentType(Input in) {
        var type =
                new ComponentType(List.copyOf(importBound), imports.types(), List.copyOf(exportBound), exports.types());
        var local = new HashSet<ResourceType>(exportBound);
        for (var resource : Substitution.foreign(type.imports(), work)) {
            if (local.contains(resource)) {
                throw in.invalid("an import depends on " + resource + ", which the component itself makes");
            }
        }
        var exported = Substitution.exported(type.exports(), work);
        for (var resource : Substitution.foreign(type.exports(), work)) {
            if (local.contains(resource) && !exported.contains(resource)) {
                throw in.invalid("an export mentions " + resource + ", which is not exported itself");
            }
        }
        return type;
    }
}
