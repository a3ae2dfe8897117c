package dev.creel.component.binary;

import dev.creel.component.core.CoreType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.TypeComparison;
import dev.creel.component.type.ValType;
import dev.creel.component.type.WorkBudget;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks that what is given fits what is asked for, and finds out which resources stand for those that the asking side
 * introduces: each is bound by the first type export that has it.
 */
@SuppressWarnings("ReferenceEquality") // Equality of types as values would walk shared parts once for each use.
final class Matching {
    private final WorkBudget work;
    private final Set<ResourceType> open;
    private final Map<ResourceType, ResourceType> bound = new HashMap<>();
    private final IdentityHashMap<ValType, ValType> renamed = new IdentityHashMap<>();
    private final TypeComparison comparison;

    /** It does not fit; the message says where and why. */
    static final class MismatchException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MismatchException(String message) {
            super(message, null, false, false);
        }
    }

    /** @param open resources that the asking side introduces */
    Matching(Collection<? extends ResourceType> open, WorkBudget work) {
        this.work = work;
        this.open = new HashSet<>(open);
        this.comparison =
                new TypeComparison((expected, actual) -> resolve(expected).equals(actual), work);
    }

    /** What stands for {@code resource} after matching. */
    ResourceType resolve(ResourceType resource) {
        return bound.getOrDefault(resource, resource);
    }

    /** Types of values that the asking side names, and what stands for each: the same type, as the other side names it. */
    IdentityHashMap<ValType, ValType> renamed() {
        return renamed;
    }

    /** @throws MismatchException if {@code actual} lacks something or has another type there */
    void exports(Map<String, ExternType> expected, Map<String, ExternType> actual) {
        expected.forEach((name, type) -> {
            work.spend(1);
            var given = actual.get(name);
            if (given == null) {
                throw new MismatchException("'" + name + "' is missing");
            }
            extern(name, type, given);
        });
    }

    void extern(String name, ExternType expected, ExternType actual) {
        try {
            extern(expected, actual);
        } catch (MismatchException e) {
            throw new MismatchException("'" + name + "': " + e.getMessage());
        }
    }

    private void extern(ExternType expected, ExternType actual) {
        switch (expected) {
            case ExternType.Module(var type) when actual instanceof ExternType.Module(var other) -> module(type, other);
            case ExternType.Func(var type)
            when actual instanceof ExternType.Func(var other) ->
                comparison.difference(type, other, true).ifPresent(Matching::fail);
            case ExternType.Type(var type) when actual instanceof ExternType.Type(var other) -> definition(type, other);
            case ExternType.Component(var type)
            when actual instanceof ExternType.Component(var other) -> component(type, other);
            case ExternType.Instance(var exports)
            when actual instanceof ExternType.Instance(var others) -> exports(exports, others);
            default -> fail(sort(expected) + " expected, but it is " + sort(actual));
        }
    }

    private void definition(TypeDefinition expected, TypeDefinition actual) {
        switch (expected) {
            case TypeDefinition.Value(var type)
            when actual instanceof TypeDefinition.Value(var other) -> {
                comparison.difference(type, other).ifPresent(rest -> fail("type" + rest));
                if (!(type instanceof ValType.Primitive)) {
                    renamed.putIfAbsent(type, other);
                }
            }
            case TypeDefinition.Func(var type)
            when actual instanceof TypeDefinition.Func(var other) ->
                comparison.difference(type, other, true).ifPresent(Matching::fail);
            case TypeDefinition.Resource(var type)
            when actual instanceof TypeDefinition.Resource(var other) -> {
                if (open.contains(type)) {
                    bound.putIfAbsent(type, other);
                }
                if (!resolve(type).equals(other)) {
                    fail(resolve(type) + " expected, but it is " + other);
                }
            }
            case TypeDefinition.Component(var type)
            when actual instanceof TypeDefinition.Component(var other) -> {
                component(type, other);
                new Matching(Set.of(), work).component(other, substitution().in(type));
            }
            case TypeDefinition.Instance(var type)
            when actual instanceof TypeDefinition.Instance(var other) -> {
                var mine = substitution().in(type);
                new Matching(mine.bound(), work).exports(mine.exports(), other.exports());
                new Matching(other.bound(), work).exports(other.exports(), mine.exports());
            }
            default -> fail("another kind of type expected");
        }
    }

    /** The other way round for imports: {@code actual} may ask for no more than {@code expected} promises to give. */
    private void component(ComponentType expected, ComponentType actual) {
        var wanted = substitution().in(expected);
        if (wanted == actual) {
            return;
        }
        var imports = new Matching(actual.importBound(), work);
        imports.exports(actual.imports(), wanted.imports());
        var given = imports.substitution().in(actual.exports());
        new Matching(wanted.exportBound(), work).exports(wanted.exports(), given);
    }

    private void module(ModuleType expected, ModuleType actual) {
        for (var needed : actual.imports()) {
            work.spend(expected.imports().size() + 1L);
            var offered = expected.imports().stream()
                    .filter(one ->
                            one.module().equals(needed.module()) && one.name().equals(needed.name()))
                    .findFirst();
            if (offered.isEmpty()) {
                fail("the module imports " + needed.module() + "." + needed.name() + ", which its type does not say");
            } else if (!coreFits(needed.type(), offered.get().type())) {
                fail("the module imports " + needed.module() + "." + needed.name() + " with another type");
            }
        }
        expected.exports().forEach((name, type) -> {
            var given = actual.exports().get(name);
            if (given == null || !coreFits(type, given)) {
                fail("the module does not export '" + name + "' with that type");
            }
        });
    }

    /** Whether something of type {@code given} can be imported as {@code wanted}. */
    static boolean coreFits(CoreType wanted, CoreType given) {
        return switch (wanted) {
            case CoreType.Func func -> func.equals(given);
            case CoreType.Tag tag -> tag.equals(given);
            case CoreType.Global global -> global.equals(given);
            case CoreType.Memory memory ->
                given instanceof CoreType.Memory other
                        && memory.shared() == other.shared()
                        && limitsFit(memory.min(), memory.max(), other.min(), other.max());
            case CoreType.Table table ->
                given instanceof CoreType.Table other
                        && table.element() == other.element()
                        && limitsFit(table.min(), table.max(), other.min(), other.max());
        };
    }

    private static boolean limitsFit(long min, long max, long givenMin, long givenMax) {
        return givenMin >= min && (max < 0 || (givenMax >= 0 && givenMax <= max));
    }

    private Substitution substitution() {
        return new Substitution(this::resolve, renamed, work);
    }

    private static void fail(String why) {
        throw new MismatchException(why);
    }

    private static String sort(ExternType type) {
        return switch (type) {
            case ExternType.Module _ -> "a core module";
            case ExternType.Func _ -> "a function";
            case ExternType.Type _ -> "a type";
            case ExternType.Component _ -> "a component";
            case ExternType.Instance _ -> "an instance";
        };
    }
}
