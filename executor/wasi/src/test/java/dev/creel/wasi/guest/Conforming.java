package dev.creel.wasi.guest;

import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says whether a Java value is what {@link ValType} promises for a type; the runtime would refuse to lower another. */
final class Conforming {
    private final Map<ResourceType, Class<?>> resources;

    Conforming(Map<ResourceType, Class<?>> resources) {
        this.resources = resources;
    }

    boolean holds(Optional<ValType> type, Object value) {
        return type.isEmpty() ? value == null : holds(type.get(), value);
    }

    private boolean holds(ValType type, Object value) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive, value);
            case ValType.RecordOf(var fields) ->
                all(fields.stream().map(ValType.Field::type).toList(), value);
            case ValType.Tuple(var elements) -> all(elements, value);
            case ValType.Variant(var cases) ->
                value instanceof ValType.Variant.Value(int index, Object payload)
                        && index < cases.size()
                        && holds(cases.get(index).type(), payload);
            case ValType.ListOf(var element) ->
                element == Primitive.U8
                        ? value instanceof byte[]
                        : value instanceof List<?> list && list.stream().allMatch(one -> holds(element, one));
            case ValType.Flags(var labels) -> value instanceof Long bits && bits >> labels.size() == 0;
            case ValType.EnumOf(var labels) -> value instanceof Integer index && index >= 0 && index < labels.size();
            case ValType.Option(var some) ->
                value instanceof Optional<?> option
                        && option.map(one -> holds(some, one)).orElse(true);
            case ValType.Result(var ok, var err) ->
                switch (value) {
                    case ValType.Result.Value.Ok(var payload) -> holds(ok, payload);
                    case ValType.Result.Value.Err(var payload) -> holds(err, payload);
                    default -> false;
                };
            case ValType.Own(var resource) -> resources.get(resource).isInstance(value);
            case ValType.Borrow(var resource) -> resources.get(resource).isInstance(value);
            case ValType.Later later -> throw new IllegalArgumentException("no host passes " + later);
        };
    }

    private boolean all(List<ValType> types, Object value) {
        if (!(value instanceof Object[] parts) || parts.length != types.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!holds(types.get(i), parts[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean primitive(Primitive type, Object value) {
        return switch (type) {
            case BOOL -> value instanceof Boolean;
            case S8, U8, S16, U16, S32, CHAR -> value instanceof Integer;
            case U32 -> value instanceof Long number && number >> 32 == 0;
            case S64, U64 -> value instanceof Long;
            case F32 -> value instanceof Float;
            case F64 -> value instanceof Double;
            case STRING -> value instanceof String;
        };
    }
}
