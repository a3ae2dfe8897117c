package dev.creel.component.type;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Compares types part by part and says where they differ. Pairs found equal are remembered, so shared parts cost once. Not
 * thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // Equality of types as values would walk shared parts once for each use.
public final class TypeComparison {
    private final BiPredicate<ResourceType, ResourceType> sameResource;
    private final WorkBudget work;
    private final Set<Pair> equal = new HashSet<>();

    /** Two types, by identity. */
    private record Pair(ValType a, ValType b) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pair pair && pair.a == a && pair.b == b;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(a) * 31 + System.identityHashCode(b);
        }
    }

    /**
     * @param sameResource told the expected resource first; must always answer the same
     * @param work spent by one for each pair of parts
     */
    public TypeComparison(BiPredicate<ResourceType, ResourceType> sameResource, WorkBudget work) {
        this.sameResource = sameResource;
        this.work = work;
    }

    /**
     * How {@code actual} differs, or empty.
     *
     * @param names whether names of parameters must agree; they mean nothing to the callee
     */
    public Optional<String> difference(FuncType expected, FuncType actual, boolean names) {
        if (expected.async() != actual.async()) {
            return Optional.of("one is async, the other is not");
        }
        if (expected.params().size() != actual.params().size()) {
            return Optional.of(expected.params().size() + " parameters expected, but there are "
                    + actual.params().size());
        }
        for (int i = 0; i < expected.params().size(); i++) {
            var e = expected.params().get(i);
            var a = actual.params().get(i);
            if (names && !e.name().equals(a.name())) {
                return Optional.of("parameter '" + e.name() + "' expected, but it is '" + a.name() + "'");
            }
            var difference = difference(e.type(), a.type());
            if (difference.isPresent()) {
                return difference.map(rest -> "parameter '" + e.name() + "'" + rest);
            }
        }
        return difference(expected.result(), actual.result()).map(rest -> "result" + rest);
    }

    /** How {@code actual} differs, or empty: the way to the part, a colon, and what was expected there. */
    public Optional<String> difference(ValType expected, ValType actual) {
        if (expected instanceof ValType.Primitive) {
            return expected == actual ? Optional.empty() : unlike(expected, actual);
        }
        var pair = new Pair(expected, actual);
        if (equal.contains(pair)) {
            return Optional.empty();
        }
        work.spend(1);
        var difference = parts(expected, actual);
        if (difference.isEmpty()) {
            equal.add(pair);
        }
        return difference;
    }

    private Optional<String> parts(ValType expected, ValType actual) {
        return switch (expected) {
            case ValType.RecordOf(var fields)
            when actual instanceof ValType.RecordOf(var others) -> fields(fields, others);
            case ValType.Tuple(var elements)
            when actual instanceof ValType.Tuple(var others) -> elements(elements, others);
            case ValType.Variant(var cases) when actual instanceof ValType.Variant(var others) -> cases(cases, others);
            case ValType.ListOf(var element)
            when actual instanceof ValType.ListOf(var other) ->
                difference(element, other).map(rest -> ", element" + rest);
            case ValType.Flags(var labels) when actual instanceof ValType.Flags(var others) -> labels(labels, others);
            case ValType.EnumOf(var labels) when actual instanceof ValType.EnumOf(var others) -> labels(labels, others);
            case ValType.Option(var some)
            when actual instanceof ValType.Option(var other) ->
                difference(some, other).map(rest -> ", some" + rest);
            case ValType.Result(var ok, var err)
            when actual instanceof ValType.Result(var ok2, var err2) ->
                difference(ok, ok2)
                        .map(rest -> ", ok" + rest)
                        .or(() -> difference(err, err2).map(rest -> ", err" + rest));
            case ValType.Own(var resource) when actual instanceof ValType.Own(var other) -> resource(resource, other);
            case ValType.Borrow(var resource)
            when actual instanceof ValType.Borrow(var other) -> resource(resource, other);
            case ValType.StreamOf(var element)
            when actual instanceof ValType.StreamOf(var other) ->
                difference(element, other).map(rest -> ", element" + rest);
            case ValType.FutureOf(var value)
            when actual instanceof ValType.FutureOf(var other) ->
                difference(value, other).map(rest -> ", value" + rest);
            case ValType.MapOf(var key, var value)
            when actual instanceof ValType.MapOf(var key2, var value2) ->
                difference(key, key2)
                        .map(rest -> ", key" + rest)
                        .or(() -> difference(value, value2).map(rest -> ", value" + rest));
            case ValType.FixedList(var element, var length)
            when actual instanceof ValType.FixedList(var other, var length2) ->
                length == length2
                        ? difference(element, other).map(rest -> ", element" + rest)
                        : Optional.of(": " + length + " elements expected, but there are " + length2);
            case ValType.ErrorContext _ when actual instanceof ValType.ErrorContext -> Optional.empty();
            default -> unlike(expected, actual);
        };
    }

    private Optional<String> difference(Optional<ValType> expected, Optional<ValType> actual) {
        if (expected.isPresent() && actual.isPresent()) {
            return difference(expected.get(), actual.get());
        }
        return expected.isPresent() == actual.isPresent()
                ? Optional.empty()
                : Optional.of(
                        expected.isPresent()
                                ? ": a value expected, but there is none"
                                : ": no value expected, but there is one");
    }

    private Optional<String> fields(List<ValType.Field> expected, List<ValType.Field> actual) {
        var difference = labels(
                expected.stream().map(ValType.Field::name).toList(),
                actual.stream().map(ValType.Field::name).toList());
        for (int i = 0; difference.isEmpty() && i < expected.size(); i++) {
            var field = expected.get(i);
            difference = difference(field.type(), actual.get(i).type()).map(rest -> "." + field.name() + rest);
        }
        return difference;
    }

    private Optional<String> elements(List<ValType> expected, List<ValType> actual) {
        if (expected.size() != actual.size()) {
            return Optional.of(": " + expected.size() + " elements expected, but there are " + actual.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            int element = i;
            var difference = difference(expected.get(i), actual.get(i));
            if (difference.isPresent()) {
                return difference.map(rest -> "." + element + rest);
            }
        }
        return Optional.empty();
    }

    private Optional<String> cases(List<ValType.Case> expected, List<ValType.Case> actual) {
        var difference = labels(
                expected.stream().map(ValType.Case::name).toList(),
                actual.stream().map(ValType.Case::name).toList());
        for (int i = 0; difference.isEmpty() && i < expected.size(); i++) {
            var one = expected.get(i);
            difference = difference(one.type(), actual.get(i).type()).map(rest -> "." + one.name() + rest);
        }
        return difference;
    }

    private Optional<String> labels(List<String> expected, List<String> actual) {
        work.spend(expected.size());
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                return Optional.of(": '" + expected.get(i) + "' expected, but there is '" + actual.get(i) + "'");
            }
        }
        return expected.size() == actual.size()
                ? Optional.empty()
                : Optional.of(": " + expected.size() + " parts expected, but there are " + actual.size());
    }

    private Optional<String> resource(ResourceType expected, ResourceType actual) {
        return sameResource.test(expected, actual)
                ? Optional.empty()
                : Optional.of(": " + expected + " expected, but it is " + actual);
    }

    private static Optional<String> unlike(ValType expected, ValType actual) {
        return Optional.of(": " + kind(expected) + " expected, but it is " + kind(actual));
    }

    /** The outermost word of a type, as WIT says it. */
    private static String kind(ValType type) {
        return switch (type) {
            case ValType.Primitive primitive -> primitive.name().toLowerCase(java.util.Locale.ROOT);
            case ValType.RecordOf _ -> "a record";
            case ValType.Tuple _ -> "a tuple";
            case ValType.Variant _ -> "a variant";
            case ValType.ListOf _ -> "a list";
            case ValType.Flags _ -> "flags";
            case ValType.EnumOf _ -> "an enum";
            case ValType.Option _ -> "an option";
            case ValType.Result _ -> "a result";
            case ValType.Own _ -> "an own handle";
            case ValType.Borrow _ -> "a borrow handle";
            case ValType.StreamOf _ -> "a stream";
            case ValType.FutureOf _ -> "a future";
            case ValType.MapOf _ -> "a map";
            case ValType.FixedList _ -> "a list of fixed length";
            case ValType.ErrorContext _ -> "an error-context";
        };
    }
}
