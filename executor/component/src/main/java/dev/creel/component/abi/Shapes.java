package dev.creel.component.abi;

import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes shapes, one for each type object: types are DAGs, and equal parts are usually the same object. Not thread-safe. */
final class Shapes {
    private final Function<ResourceType, Resource> resources;
    private final IdentityHashMap<ValType, Shape> made = new IdentityHashMap<>();

    Shapes(Function<ResourceType, Resource> resources) {
        this.resources = resources;
    }

    Shape of(ValType type) {
        var known = made.get(type);
        if (known == null) {
            known = make(type);
            made.put(type, known);
        }
        return known;
    }

    private Shape make(ValType type) {
        return switch (type) {
            case Primitive primitive -> primitive == Primitive.STRING ? StringShape.ONE : Scalar.of(primitive);
            case ValType.RecordOf(var fields) ->
                new RecordShape(fields.stream().map(field -> of(field.type())).toList());
            case ValType.Tuple(var elements) ->
                new RecordShape(elements.stream().map(this::of).toList());
            case ValType.ListOf(var element) -> element == Primitive.U8 ? BytesShape.ONE : new ListShape(of(element));
            case ValType.Flags(var labels) -> new FlagsShape(labels.size());
            case ValType.Variant(var cases) -> {
                var payloads = new ArrayList<@Nullable Shape>();
                cases.forEach(one -> payloads.add(of(one.type())));
                yield new VariantShape(VariantShape.Form.VARIANT, payloads);
            }
            case ValType.EnumOf(var labels) ->
                new VariantShape(
                        VariantShape.Form.ENUM,
                        new ArrayList<@Nullable Shape>(java.util.Collections.nCopies(labels.size(), null)));
            case ValType.Option(var some) -> {
                var payloads = new ArrayList<@Nullable Shape>();
                payloads.add(null);
                payloads.add(of(some));
                yield new VariantShape(VariantShape.Form.OPTION, payloads);
            }
            case ValType.Result(var ok, var err) -> {
                var payloads = new ArrayList<@Nullable Shape>();
                payloads.add(of(ok));
                payloads.add(of(err));
                yield new VariantShape(VariantShape.Form.RESULT, payloads);
            }
            case ValType.Own(var resource) -> new HandleShape(resources.apply(resource), true);
            case ValType.Borrow(var resource) -> new HandleShape(resources.apply(resource), false);
            case ValType.Later later -> throw new IllegalArgumentException("a plan passes no " + later);
        };
    }

    private @Nullable Shape of(Optional<ValType> type) {
        return type.isPresent() ? of(type.get()) : null;
    }

    /** Shapes of parameters, one after the other. */
    List<Shape> of(List<ValType.Field> params) {
        return params.stream().map(param -> of(param.type())).toList();
    }
}
