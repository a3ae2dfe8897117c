package dev.creel.component.binary;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.WorkBudget;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which types have a name among the imports, or among the exports, of a component: others see them only under such a name. Resources,
 * records, variants, enums and flags must have one before anything that mentions them is imported or exported; a name makes a type
 * anew, so it is the object that has it.
 */
final class NamedTypes {
    private final WorkBudget work;
    /** Types and resources with names, and whatever was found to mention no others. */
    private final Set<Object> named = Collections.newSetFromMap(new IdentityHashMap<>());

    NamedTypes(WorkBudget work) {
        this.work = work;
    }

    /** Whether {@code type} mentions named types only; if so, the types that it exports have names from now on. */
    boolean admit(ExternType type) {
        return switch (type) {
            case ExternType.Type(var definition) -> {
                boolean closed = hasNamedParts(definition);
                if (closed) {
                    name(definition);
                }
                yield closed;
            }
            case ExternType.Instance(var exports) -> {
                if (named.contains(exports)) {
                    yield true;
                }
                for (var one : exports.values()) {
                    work.spend(1);
                    if (!admit(one)) {
                        yield false;
                    }
                }
                named.add(exports);
                yield true;
            }
            case ExternType.Func(var func) -> names(func);
            case ExternType.Component _, ExternType.Module _ -> true;
        };
    }

    private void name(TypeDefinition type) {
        switch (type) {
            case TypeDefinition.Value(var value) -> named.add(value);
            case TypeDefinition.Resource(var resource) -> named.add(resource);
            case TypeDefinition.Func _, TypeDefinition.Component _, TypeDefinition.Instance _ -> {}
        }
    }

    private boolean hasNamedParts(TypeDefinition type) {
        return switch (type) {
            case TypeDefinition.Value(var value) -> hasNamedParts(value);
            case TypeDefinition.Func(var func) -> names(func);
            case TypeDefinition.Instance(var instance) -> hasNamedParts(instance.exports());
            case TypeDefinition.Resource _, TypeDefinition.Component _ -> true;
        };
    }

    private boolean hasNamedParts(Map<String, ExternType> exports) {
        for (var one : exports.values()) {
            work.spend(1);
            boolean closed = switch (one) {
                case ExternType.Type(var definition) -> hasNamedParts(definition);
                case ExternType.Instance(var inner) -> hasNamedParts(inner);
                case ExternType.Func(var func) -> names(func);
                case ExternType.Component _, ExternType.Module _ -> true;
            };
            if (!closed) {
                return false;
            }
        }
        return true;
    }

    private boolean names(FuncType func) {
        if (named.contains(func)) {
            return true;
        }
        for (var param : func.params()) {
            if (!names(param.type())) {
                return false;
            }
        }
        if (!names(func.result())) {
            return false;
        }
        named.add(func);
        return true;
    }

    private boolean names(Optional<ValType> type) {
        return type.isEmpty() || names(type.get());
    }

    private boolean names(ValType type) {
        if (type instanceof ValType.Primitive || named.contains(type)) {
            return true;
        }
        work.spend(1);
        boolean mayBeNameless = switch (type) {
            case ValType.RecordOf _, ValType.Variant _, ValType.Flags _, ValType.EnumOf _ -> false;
            default -> true;
        };
        if (!mayBeNameless || !hasNamedParts(type)) {
            return false;
        }
        named.add(type);
        return true;
    }

    private boolean hasNamedParts(ValType type) {
        return switch (type) {
            case ValType.Primitive _, ValType.Flags _, ValType.EnumOf _, ValType.ErrorContext _ -> true;
            case ValType.RecordOf(var fields) -> {
                for (var field : fields) {
                    if (!names(field.type())) {
                        yield false;
                    }
                }
                yield true;
            }
            case ValType.Tuple(var elements) -> {
                for (var element : elements) {
                    if (!names(element)) {
                        yield false;
                    }
                }
                yield true;
            }
            case ValType.Variant(var cases) -> {
                for (var one : cases) {
                    if (!names(one.type())) {
                        yield false;
                    }
                }
                yield true;
            }
            case ValType.ListOf(var element) -> names(element);
            case ValType.Option(var some) -> names(some);
            case ValType.Result(var ok, var err) -> names(ok) && names(err);
            case ValType.Own(var resource) -> has(resource);
            case ValType.Borrow(var resource) -> has(resource);
            case ValType.StreamOf(var element) -> names(element);
            case ValType.FutureOf(var value) -> names(value);
            case ValType.MapOf(var key, var value) -> names(key) && names(value);
            case ValType.FixedList(var element, var _) -> names(element);
        };
    }

    private boolean has(ResourceType resource) {
        return named.contains(resource);
    }
}
