package dev.creel.component.binary;

import dev.creel.component.type.ResourceSubstitution;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.WorkBudget;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Puts other resources into types of all sorts. Resources that a type itself introduces are nobody else's and stay. */
@SuppressWarnings("ReferenceEquality") // Whether something changed shows in whether it is the same object.
final class Substitution {
    private final ResourceSubstitution values;
    private final WorkBudget work;
    private final IdentityHashMap<Object, Object> done = new IdentityHashMap<>();
    private final Set<ResourceType> introduced = new HashSet<>();

    Substitution(UnaryOperator<ResourceType> replace, WorkBudget work) {
        this(replace, new IdentityHashMap<>(), work);
    }

    /** @param renamed types of values that others stand for */
    Substitution(UnaryOperator<ResourceType> replace, IdentityHashMap<ValType, ValType> renamed, WorkBudget work) {
        this.values = new ResourceSubstitution(replace, renamed, work);
        this.work = work;
    }

    /** Resources that {@code types} mention and do not introduce themselves within a type of components or instances. */
    static Set<ResourceType> foreign(Map<String, ExternType> types, WorkBudget work) {
        var seen = new HashSet<ResourceType>();
        var walk = collecting(seen, work);
        walk.in(types);
        seen.removeAll(walk.introduced);
        return seen;
    }

    /** The same of one type. */
    static Set<ResourceType> foreign(TypeDefinition type, WorkBudget work) {
        var seen = new HashSet<ResourceType>();
        var walk = collecting(seen, work);
        walk.in(type);
        seen.removeAll(walk.introduced);
        return seen;
    }

    private static Substitution collecting(Set<ResourceType> seen, WorkBudget work) {
        return new Substitution(
                resource -> {
                    seen.add(resource);
                    return resource;
                },
                work);
    }

    /** Resources that {@code types} export by a name, themselves or in an instance. */
    static Set<ResourceType> exported(Map<String, ExternType> types, WorkBudget work) {
        var found = new HashSet<ResourceType>();
        var walked = Collections.newSetFromMap(new IdentityHashMap<Map<String, ExternType>, Boolean>());
        exported(types, found, walked, work);
        return found;
    }

    private static void exported(
            Map<String, ExternType> types,
            Set<ResourceType> found,
            Set<Map<String, ExternType>> walked,
            WorkBudget work) {
        if (!walked.add(types)) {
            return;
        }
        work.spend(types.size() + 1L);
        for (var type : types.values()) {
            if (type instanceof ExternType.Type(TypeDefinition.Resource(var resource))) {
                found.add(resource);
            } else if (type instanceof ExternType.Instance(var inner)) {
                exported(inner, found, walked, work);
            }
        }
    }

    Map<String, ExternType> in(Map<String, ExternType> types) {
        @SuppressWarnings("unchecked")
        var known = (Map<String, ExternType>) done.get(types);
        if (known != null) {
            return known;
        }
        work.spend(types.size() + 1L);
        var result = new LinkedHashMap<String, ExternType>();
        boolean same = true;
        for (var entry : types.entrySet()) {
            var replaced = in(entry.getValue());
            same &= replaced == entry.getValue();
            result.put(entry.getKey(), replaced);
        }
        var answer = same ? types : Collections.unmodifiableMap(result);
        done.put(types, answer);
        return answer;
    }

    ExternType in(ExternType type) {
        return switch (type) {
            case ExternType.Module module -> module;
            case ExternType.Func func -> {
                var replaced = values.in(func.type());
                yield replaced == func.type() ? func : new ExternType.Func(replaced);
            }
            case ExternType.Type definition -> {
                var replaced = in(definition.type());
                yield replaced == definition.type() ? definition : new ExternType.Type(replaced);
            }
            case ExternType.Component component -> {
                var replaced = in(component.type());
                yield replaced == component.type() ? component : new ExternType.Component(replaced);
            }
            case ExternType.Instance instance -> {
                var replaced = in(instance.exports());
                yield replaced == instance.exports() ? instance : new ExternType.Instance(replaced);
            }
        };
    }

    private TypeDefinition in(TypeDefinition type) {
        return switch (type) {
            case TypeDefinition.Value value -> {
                var replaced = values.in(value.type());
                yield replaced == value.type() ? value : new TypeDefinition.Value(replaced);
            }
            case TypeDefinition.Func func -> {
                var replaced = values.in(func.type());
                yield replaced == func.type() ? func : new TypeDefinition.Func(replaced);
            }
            case TypeDefinition.Resource resource -> {
                var replaced = values.in(resource.type());
                yield replaced == resource.type() ? resource : new TypeDefinition.Resource(replaced);
            }
            case TypeDefinition.Component component -> {
                var replaced = in(component.type());
                yield replaced == component.type() ? component : new TypeDefinition.Component(replaced);
            }
            case TypeDefinition.Instance instance -> {
                var replaced = in(instance.type());
                yield replaced == instance.type() ? instance : new TypeDefinition.Instance(replaced);
            }
        };
    }

    ComponentType in(ComponentType type) {
        introduced.addAll(type.importBound());
        introduced.addAll(type.exportBound());
        var imports = in(type.imports());
        var exports = in(type.exports());
        return imports == type.imports() && exports == type.exports()
                ? type
                : new ComponentType(type.importBound(), imports, type.exportBound(), exports);
    }

    InstanceType in(InstanceType type) {
        introduced.addAll(type.bound());
        var exports = in(type.exports());
        return exports == type.exports() ? type : new InstanceType(type.bound(), exports);
    }
}
