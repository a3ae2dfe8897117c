package dev.creel.component.type;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts other resources into types. Each part is replaced once, whatever the number of its uses, and parts without resources
 * stay the same objects, so types keep sharing what they shared. Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // Whether something changed shows in whether it is the same object.
public final class ResourceSubstitution {
    private final UnaryOperator<ResourceType> replace;
    private final WorkBudget work;
    private final boolean mapsAsLists;
    private final IdentityHashMap<ValType, ValType> done = new IdentityHashMap<>();

    /**
     * @param replace what stands for a resource; must always answer the same for the same one
     * @param work spent by one for each part
     */
    public ResourceSubstitution(UnaryOperator<ResourceType> replace, WorkBudget work) {
        this(replace, new IdentityHashMap<>(), false, work);
    }

    /** The same for calls, where a map is nothing but a list of pairs (reference component-model §4.1). */
    public static ResourceSubstitution forCalls(UnaryOperator<ResourceType> replace, WorkBudget work) {
        return new ResourceSubstitution(replace, new IdentityHashMap<>(), true, work);
    }

    /**
     * @param replace what stands for a resource; must always answer the same for the same one
     * @param renamed types that others stand for, looked up by identity
     * @param work spent by one for each part
     */
    public ResourceSubstitution(
            UnaryOperator<ResourceType> replace, IdentityHashMap<ValType, ValType> renamed, WorkBudget work) {
        this(replace, renamed, false, work);
    }

    private ResourceSubstitution(
            UnaryOperator<ResourceType> replace,
            IdentityHashMap<ValType, ValType> renamed,
            boolean mapsAsLists,
            WorkBudget work) {
        this.replace = replace;
        this.mapsAsLists = mapsAsLists;
        this.work = work;
        renamed.forEach(done::put);
    }

    /** The resource in its place. */
    public ResourceType in(ResourceType resource) {
        return replace.apply(resource);
    }

    /** The function type with its resources replaced. */
    public FuncType in(FuncType type) {
        var params = fields(type.params());
        var result = type.result().map(this::in);
        return same(params, type.params()) && same(result, type.result())
                ? type
                : new FuncType(params, result, type.async());
    }

    /** The value type with its resources replaced. */
    public ValType in(ValType type) {
        if (type instanceof ValType.Primitive) {
            return type;
        }
        var known = done.get(type);
        if (known == null) {
            work.spend(1);
            known = replaced(type);
            done.put(type, known);
        }
        return known;
    }

    private ValType replaced(ValType type) {
        return switch (type) {
            case ValType.Primitive primitive -> primitive;
            case ValType.RecordOf record -> {
                var fields = fields(record.fields());
                yield same(fields, record.fields()) ? record : new ValType.RecordOf(fields);
            }
            case ValType.Tuple tuple -> {
                var elements = new ArrayList<ValType>(tuple.elements().size());
                boolean same = true;
                for (var element : tuple.elements()) {
                    var replaced = in(element);
                    same &= replaced == element;
                    elements.add(replaced);
                }
                yield same ? tuple : new ValType.Tuple(List.copyOf(elements));
            }
            case ValType.Variant variant -> {
                var cases = cases(variant.cases());
                yield same(cases, variant.cases()) ? variant : new ValType.Variant(cases);
            }
            case ValType.ListOf list -> {
                var element = in(list.element());
                yield element == list.element() ? list : new ValType.ListOf(element);
            }
            case ValType.Flags flags -> flags;
            case ValType.EnumOf labels -> labels;
            case ValType.Option option -> {
                var some = in(option.some());
                yield some == option.some() ? option : new ValType.Option(some);
            }
            case ValType.Result result -> {
                var ok = result.ok().map(this::in);
                var err = result.err().map(this::in);
                yield same(ok, result.ok()) && same(err, result.err()) ? result : new ValType.Result(ok, err);
            }
            case ValType.Own own -> {
                var resource = replace.apply(own.resource());
                yield resource == own.resource() ? own : new ValType.Own(resource);
            }
            case ValType.Borrow borrow -> {
                var resource = replace.apply(borrow.resource());
                yield resource == borrow.resource() ? borrow : new ValType.Borrow(resource);
            }
            case ValType.Later later -> later(later);
        };
    }

    private ValType later(ValType.Later type) {
        return switch (type) {
            case ValType.StreamOf stream -> {
                var element = stream.element().map(this::in);
                yield same(element, stream.element()) ? stream : new ValType.StreamOf(element);
            }
            case ValType.FutureOf future -> {
                var value = future.value().map(this::in);
                yield same(value, future.value()) ? future : new ValType.FutureOf(value);
            }
            case ValType.MapOf map -> {
                var key = in(map.key());
                var value = in(map.value());
                if (mapsAsLists) {
                    yield new ValType.ListOf(new ValType.Tuple(List.of(key, value)));
                }
                yield key == map.key() && value == map.value() ? map : new ValType.MapOf(key, value);
            }
            case ValType.FixedList list -> {
                var element = in(list.element());
                yield element == list.element() ? list : new ValType.FixedList(element, list.length());
            }
            case ValType.ErrorContext context -> context;
        };
    }

    private List<ValType.Field> fields(List<ValType.Field> fields) {
        work.spend(fields.size());
        var result = new ArrayList<ValType.Field>(fields.size());
        boolean same = true;
        for (var field : fields) {
            var type = in(field.type());
            same &= type == field.type();
            result.add(type == field.type() ? field : new ValType.Field(field.name(), type));
        }
        return same ? fields : List.copyOf(result);
    }

    private List<ValType.Case> cases(List<ValType.Case> cases) {
        work.spend(cases.size());
        var result = new ArrayList<ValType.Case>(cases.size());
        boolean same = true;
        for (var one : cases) {
            var type = one.type().map(this::in);
            boolean unchanged = same(type, one.type());
            same &= unchanged;
            result.add(unchanged ? one : new ValType.Case(one.name(), type));
        }
        return same ? cases : List.copyOf(result);
    }

    private static boolean same(Optional<ValType> a, Optional<ValType> b) {
        return a.orElse(null) == b.orElse(null);
    }

    private static boolean same(Object a, Object b) {
        return a == b;
    }
}
