package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreType;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    enum Form {
        COMPONENT,
        COMPONENT_TYPE,
        INSTANCE_TYPE
    }

    Scope(Form form, @Nullable Scope outer) {
        this.form = form;
        this.outer = outer;
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

    /** What the whole scope imports and exports, seen from outside. */
    ComponentType componentType() {
        return new ComponentType(List.copyOf(importBound), imports.types(), List.copyOf(exportBound), exports.types());
    }

    /** Names of one list of imports or exports, each with its type. */
    static final class Names {
        private final String what;
        private final Map<String, ExternType> types = new LinkedHashMap<>();
        private final Set<String> keys = new HashSet<>();
        private final Map<String, ResourceType> resources = new LinkedHashMap<>();

        Names(String what) {
            this.what = what;
        }

        Map<String, ExternType> types() {
            return Collections.unmodifiableMap(types);
        }

        /** Refuses a name that follows no grammar, is taken, or does not fit its type. */
        void add(Input in, String text, ExternType type, int max) {
            var name = ExternName.parse(text)
                    .orElseThrow(() -> in.invalid(what + " name '" + shortened(text) + "' is not valid"));
            if (!keys.add(name.uniqueKey())) {
                throw in.invalid(what + " '" + text + "' conflicts with another " + what + " of nearly the same name");
            }
            checkAnnotation(in, name, type);
            if (name.form() == ExternName.Form.PLAIN
                    && type instanceof ExternType.Type(var definition)
                    && definition instanceof TypeDefinition.Resource(var resource)) {
                resources.put(text, resource);
            }
            types.put(text, type);
            if (types.size() > max) {
                throw in.wrong(Kind.TOO_LARGE, "there are more than " + max + " " + what + "s");
            }
        }

        private void checkAnnotation(Input in, ExternName name, ExternType type) {
            if (name.resource().isEmpty()) {
                return;
            }
            if (!(type instanceof ExternType.Func(var func))) {
                throw in.invalid(what + " '" + name.text() + "' must be a function");
            }
            var resource = resources.get(name.resource().get());
            if (resource == null) {
                throw in.invalid(what + " '" + name.text() + "' needs a resource '"
                        + name.resource().get() + "' before it");
            }
            if (!fits(name.form(), func, resource)) {
                throw in.invalid(what + " '" + name.text() + "' does not have the type that its name says");
            }
        }

        private static boolean fits(ExternName.Form form, FuncType func, ResourceType resource) {
            return switch (form) {
                case CONSTRUCTOR ->
                    func.result().filter(type -> makes(type, resource)).isPresent();
                case METHOD ->
                    !func.params().isEmpty()
                            && func.params().getFirst().name().equals("self")
                            && func.params().getFirst().type() instanceof ValType.Borrow(var self)
                            && self.equals(resource);
                case STATIC, PLAIN, INTERFACE -> true;
            };
        }

        private static boolean makes(ValType type, ResourceType resource) {
            return switch (type) {
                case ValType.Own(var made) -> made.equals(resource);
                case ValType.Result(var ok, var _) ->
                    ok.isPresent() && ok.get() instanceof ValType.Own(var made) && made.equals(resource);
                default -> false;
            };
        }

        private static String shortened(String text) {
            return text.length() <= 100 ? text : text.substring(0, 100) + "…";
        }
    }
}
