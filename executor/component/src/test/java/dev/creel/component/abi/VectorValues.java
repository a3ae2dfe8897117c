package dev.creel.component.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Case;
import dev.creel.component.type.ValType.Field;
import dev.creel.component.type.ValType.Primitive;
import dev.creel.component.type.ValType.Result.Value.Err;
import dev.creel.component.type.ValType.Result.Value.Ok;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Types and values as the canonical ABI vectors spell them. */
final class VectorValues {
    private VectorValues() {}

    static ValType type(JsonNode node) {
        if (node.isString()) {
            return Primitive.valueOf(node.stringValue().toUpperCase(Locale.ROOT));
        }
        var kind = node.propertyNames().iterator().next();
        var of = node.get(kind);
        return switch (kind) {
            case "list" -> new ValType.ListOf(type(of));
            // A map travels as the list of its pairs.
            case "map" -> new ValType.ListOf(new ValType.Tuple(all(of, VectorValues::type)));
            case "record" ->
                new ValType.RecordOf(all(of, field -> new Field(field.get(0).stringValue(), type(field.get(1)))));
            case "tuple" -> new ValType.Tuple(all(of, VectorValues::type));
            case "variant" ->
                new ValType.Variant(all(of, one -> new Case(one.get(0).stringValue(), optional(one.get(1)))));
            case "enum" -> new ValType.EnumOf(all(of, JsonNode::stringValue));
            case "option" -> new ValType.Option(type(of));
            case "result" -> new ValType.Result(optional(of.get(0)), optional(of.get(1)));
            case "flags" -> new ValType.Flags(all(of, JsonNode::stringValue));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Optional<ValType> optional(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(type(node));
    }

    static <T> List<T> all(JsonNode array, Function<JsonNode, T> each) {
        var all = new ArrayList<T>();
        array.forEach(node -> all.add(each.apply(node)));
        return all;
    }

    /** A value whose strings lie in {@code source}; plain strings if that is null. */
    static Object value(ValType type, JsonNode node, @Nullable String source) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive, node, source);
            case ValType.ListOf(var element) -> {
                if (element == Primitive.U8) {
                    var bytes = new byte[node.size()];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) node.get(i).intValue();
                    }
                    yield bytes;
                }
                yield all(node, one -> value(element, one, source));
            }
            case ValType.RecordOf(var fields) ->
                fields.stream()
                        .map(field -> value(field.type(), node.get(field.name()), source))
                        .toArray();
            case ValType.Tuple(var elements) -> {
                var values = new Object[elements.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(elements.get(i), node.get(i), source);
                }
                yield values;
            }
            case ValType.Variant(var cases) -> {
                var label = node.propertyNames().iterator().next();
                int index = cases.stream().map(Case::name).toList().indexOf(label);
                var payload = cases.get(index).type().map(one -> value(one, node.get(label), source));
                yield new ValType.Variant.Value(index, payload.orElse(null));
            }
            case ValType.EnumOf(var labels) -> labels.indexOf(node.stringValue());
            case ValType.Option(var some) ->
                node.has("none") ? Optional.empty() : Optional.of(value(some, node.get("some"), source));
            case ValType.Result(var ok, var err) ->
                node.has("ok")
                        ? new Ok(ok.map(one -> value(one, node.get("ok"), source))
                                .orElse(null))
                        : new Err(err.map(one -> value(one, node.get("error"), source))
                                .orElse(null));
            case ValType.Flags(var labels) -> {
                long bits = 0;
                for (var label : node) {
                    bits |= 1L << labels.indexOf(label.stringValue());
                }
                yield bits;
            }
            case ValType.Own own -> throw new IllegalArgumentException("no resources here");
            case ValType.Borrow borrow -> throw new IllegalArgumentException("no resources here");
            case ValType.Later later -> throw new IllegalArgumentException("no values of " + later);
        };
    }

    private static Object primitive(Primitive type, JsonNode node, @Nullable String source) {
        return switch (type) {
            case BOOL -> node.booleanValue();
            case S8, U8, S16, U16, S32 -> node.intValue();
            case U32 -> node.longValue();
            case S64 -> Long.parseLong(node.stringValue());
            case U64 -> Long.parseUnsignedLong(node.stringValue());
            // A component-level float has one NaN.
            case F32 -> {
                float value = Float.intBitsToFloat(Integer.parseUnsignedInt(node.stringValue(), 16));
                yield Float.isNaN(value) ? Float.NaN : value;
            }
            case F64 -> {
                double value = Double.longBitsToDouble(Long.parseUnsignedLong(node.stringValue(), 16));
                yield Double.isNaN(value) ? Double.NaN : value;
            }
            case CHAR -> node.stringValue().codePointAt(0);
            case STRING -> source == null ? node.stringValue() : text(node.stringValue(), source);
        };
    }

    static Text text(String chars, String source) {
        boolean latin1 = chars.chars().allMatch(c -> c < 0x100);
        return switch (source) {
            case "utf8" -> new Text(chars, Text.Source.UTF8, chars.getBytes(UTF_8).length);
            case "utf16" -> new Text(chars, Text.Source.UTF16, chars.length());
            case "latin1+utf16" ->
                new Text(chars, latin1 ? Text.Source.LATIN1 : Text.Source.TAGGED_UTF16, chars.length());
            case "latin1+utf16:utf16" -> new Text(chars, Text.Source.TAGGED_UTF16, chars.length());
            default -> throw new IllegalArgumentException(source);
        };
    }

    /** A value as text, for comparing: arrays by content, floats by bits, NaN as one. */
    static String spelled(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Object[] fields -> spelled(List.of(fields));
            case byte[] bytes -> "bytes " + java.util.HexFormat.of().formatHex(bytes);
            case List<?> list ->
                list.stream().map(VectorValues::spelled).toList().toString();
            case ValType.Variant.Value variant -> variant.index() + "(" + spelled(variant.payload()) + ")";
            case Ok ok -> "ok(" + spelled(ok.value()) + ")";
            case Err err -> "err(" + spelled(err.value()) + ")";
            case Optional<?> option -> "option(" + spelled(option.orElse(null)) + ")";
            case Float f -> "f32 " + Integer.toHexString(Float.floatToIntBits(f));
            case Double d -> "f64 " + Long.toHexString(Double.doubleToLongBits(d));
            case Map<?, ?> map -> throw new IllegalArgumentException("maps are not values");
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }
}
