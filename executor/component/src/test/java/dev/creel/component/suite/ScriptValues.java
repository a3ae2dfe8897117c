package dev.creel.component.suite;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values as the suite's JSON spells them. */
final class ScriptValues {
    private ScriptValues() {}

    /** The Java value of {@code node} for a parameter of {@code type}. */
    static Object value(ValType type, JsonNode node) {
        var value = node.get("value");
        return switch (type) {
            case Primitive primitive -> primitive(primitive, value);
            case ValType.RecordOf(var fields) -> {
                var values = new Object[fields.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(fields.get(i).type(), value.get(i).get(1));
                }
                yield values;
            }
            case ValType.Tuple(var elements) -> {
                var values = new Object[elements.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(elements.get(i), value.get(i));
                }
                yield values;
            }
            case ValType.ListOf(var element) -> {
                var values = all(value, one -> value(element, one));
                yield element == Primitive.U8 ? bytes(values) : values;
            }
            case ValType.Variant(var cases) -> {
                for (int i = 0; i < cases.size(); i++) {
                    if (cases.get(i).name().equals(node.get("case").asString())) {
                        var payload = cases.get(i).type();
                        yield new ValType.Variant.Value(
                                i, payload.isPresent() ? value(payload.get(), node.get("payload")) : null);
                    }
                }
                throw new IllegalArgumentException("no such case: " + node);
            }
            case ValType.EnumOf(var labels) -> labels.indexOf(value.asString());
            case ValType.Flags(var labels) -> {
                long bits = 0;
                for (var label : value) {
                    bits |= 1L << labels.indexOf(label.asString());
                }
                yield bits;
            }
            case ValType.Option(var some) -> value.isNull() ? Optional.empty() : Optional.of(value(some, value));
            case ValType.Result(var ok, var err) ->
                node.get("ok").asBoolean()
                        ? new ValType.Result.Value.Ok(ok.isPresent() ? value(ok.get(), value) : null)
                        : new ValType.Result.Value.Err(err.isPresent() ? value(err.get(), value) : null);
            case ValType.Own _, ValType.Borrow _ -> throw new IllegalArgumentException("handles have no text");
            case ValType.Later later -> throw new IllegalArgumentException("no values of " + later);
        };
    }

    private static Object primitive(Primitive type, JsonNode value) {
        return switch (type) {
            case BOOL -> value.asBoolean();
            case S8, U8, S16, U16, S32 -> (int) number(value);
            case U32, S64, U64 -> number(value);
            case F32 -> value.asString().startsWith("nan") ? (Object) Float.NaN : Float.valueOf(value.asString());
            case F64 -> value.asString().startsWith("nan") ? (Object) Double.NaN : Double.valueOf(value.asString());
            case CHAR -> value.asString().codePointAt(0);
            case STRING -> value.asString();
        };
    }

    private static long number(JsonNode value) {
        var text = value.asString();
        int radix = text.contains("0x") ? 16 : 10;
        var digits = text.replace("0x", "");
        return digits.startsWith("-") ? Long.parseLong(digits, radix) : Long.parseUnsignedLong(digits, radix);
    }

    private static byte[] bytes(List<Object> values) {
        var bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ((Integer) values.get(i)).byteValue();
        }
        return bytes;
    }

    private static List<Object> all(JsonNode array, Function<JsonNode, Object> each) {
        var all = new ArrayList<Object>();
        array.forEach(node -> all.add(each.apply(node)));
        return all;
    }

    /** Whether {@code actual} is what {@code expected} says; the type is the one that the script names. */
    static boolean matches(JsonNode expected, @Nullable Object actual) {
        var value = expected.get("value");
        return switch (expected.get("type").asString()) {
            case "bool" -> actual instanceof Boolean b && b == value.asBoolean();
            case "string" -> value.asString().equals(actual);
            case "char" -> actual instanceof Integer i && i == value.asString().codePointAt(0);
            case "s8", "u8", "s16", "u16", "s32" -> actual instanceof Integer i && i == (int) number(value);
            case "u32", "s64", "u64" -> actual instanceof Long l && l == number(value);
            case "f32" -> primitive(Primitive.F32, value).equals(actual);
            case "f64" -> primitive(Primitive.F64, value).equals(actual);
            case "record" -> actual instanceof Object[] fields && all(value, fields, one -> one.get(1));
            case "tuple" -> actual instanceof Object[] elements && all(value, elements, one -> one);
            case "list" -> all(value, list(actual), one -> one);
            case "option" ->
                actual instanceof Optional<?> option
                        && option.isPresent() != value.isNull()
                        && (option.isEmpty() || matches(value, option.get()));
            case "result" ->
                switch (actual) {
                    case ValType.Result.Value.Ok ok ->
                        expected.get("ok").asBoolean() && (value.isNull() || matches(value, ok.value()));
                    case ValType.Result.Value.Err err ->
                        !expected.get("ok").asBoolean() && (value.isNull() || matches(value, err.value()));
                    case null, default -> false;
                };
            // Names of cases and labels are not in the values; their payloads must agree.
            case "variant" ->
                actual instanceof ValType.Variant.Value one
                        && (expected.get("payload").isNull() || matches(expected.get("payload"), one.payload()));
            case "enum" -> actual instanceof Integer;
            case "flags" -> actual instanceof Long bits && Long.bitCount(bits) == value.size();
            default -> throw new AssertionError("unknown type " + expected);
        };
    }

    private static Object[] list(@Nullable Object actual) {
        if (actual instanceof byte[] bytes) {
            var values = new Object[bytes.length];
            Arrays.setAll(values, i -> Byte.toUnsignedInt(bytes[i]));
            return values;
        }
        return actual instanceof List<?> list ? list.toArray() : new Object[] {actual};
    }

    private static boolean all(JsonNode expected, Object[] actual, Function<JsonNode, JsonNode> part) {
        if (expected.size() != actual.length) {
            return false;
        }
        for (int i = 0; i < actual.length; i++) {
            if (!matches(part.apply(expected.get(i)), actual[i])) {
                return false;
            }
        }
        return true;
    }

    static String text(@Nullable Object value) {
        return value instanceof Object[] parts ? Arrays.deepToString(parts) : String.valueOf(value);
    }
}
