package dev.creel.conformance.component;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values as the scripts' JSON spells them. */
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
                int index = cases.stream()
                        .map(ValType.Case::name)
                        .toList()
                        .indexOf(node.get("case").asString());
                var payload = cases.get(index).type().map(one -> value(one, node.get("payload")));
                yield new ValType.Variant.Value(index, payload.orElse(null));
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
                        ? new ValType.Result.Value.Ok(
                                ok.map(one -> value(one, value)).orElse(null))
                        : new ValType.Result.Value.Err(
                                err.map(one -> value(one, value)).orElse(null));
            case ValType.Own _, ValType.Borrow _ -> throw new IllegalArgumentException("handles have no text");
            case ValType.Later later -> throw new IllegalArgumentException("no values of " + later);
        };
    }

    private static Object primitive(Primitive type, JsonNode value) {
        return switch (type) {
            case BOOL -> value.asBoolean();
            case S8, U8, S16, U16, S32 -> (int) number(value);
            case U32, S64, U64 -> number(value);
            case F32 -> (float) real(value.asString());
            case F64 -> real(value.asString());
            case CHAR -> value.asString().codePointAt(0);
            case STRING -> value.asString();
        };
    }

    private static long number(JsonNode value) {
        var text = value.asString();
        int radix = text.contains("0x") ? 16 : 10;
        var digits = text.replace("0x", "").replace("+", "");
        return digits.startsWith("-") ? Long.parseLong(digits, radix) : Long.parseUnsignedLong(digits, radix);
    }

    /** A float of the text format: the values in these scripts are the same when they go through a double. */
    private static double real(String text) {
        var magnitude = text.replaceAll("^[+-]", "");
        double value;
        if (magnitude.startsWith("nan")) {
            return Double.NaN;
        } else if (magnitude.equals("inf")) {
            value = Double.POSITIVE_INFINITY;
        } else if (magnitude.startsWith("0x") && !magnitude.contains("p")) {
            value = Double.parseDouble(magnitude + "p0");
        } else {
            value = Double.parseDouble(magnitude);
        }
        return text.startsWith("-") ? -value : value;
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

    /** Whether {@code actual}, of {@code type}, is what {@code expected} says. */
    static boolean matches(ValType type, JsonNode expected, @Nullable Object actual) {
        if (expected.get("type").asString().equals("either")) {
            for (var one : expected.get("values")) {
                if (matches(type, one, actual)) {
                    return true;
                }
            }
            return false;
        }
        if (!kind(type).equals(expected.get("type").asString())) {
            return false;
        }
        return type instanceof ValType.ListOf(var element)
                ? lists(element, expected.get("value"), actual)
                : equal(value(type, expected), actual);
    }

    /** Lists may be long: element by element, as bytes or as values. */
    private static boolean lists(ValType element, JsonNode expected, @Nullable Object actual) {
        if (actual instanceof byte[] bytes) {
            return Arrays.equals(bytes(all(expected, one -> value(element, one))), bytes);
        }
        return actual instanceof List<?> list && equal(all(expected, one -> value(element, one)), list);
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        return switch (a) {
            case Object[] parts -> b instanceof Object[] others && equal(Arrays.asList(parts), Arrays.asList(others));
            case byte[] bytes -> b instanceof byte[] others && Arrays.equals(bytes, others);
            case List<?> list -> b instanceof List<?> others && equalAll(list, others);
            case Optional<?> option ->
                b instanceof Optional<?> other
                        && option.isPresent() == other.isPresent()
                        && equal(option.orElse(null), other.orElse(null));
            case ValType.Variant.Value(int index, var payload) ->
                b instanceof ValType.Variant.Value(int otherIndex, var otherPayload)
                        && index == otherIndex
                        && equal(payload, otherPayload);
            case ValType.Result.Value.Ok(var value) ->
                b instanceof ValType.Result.Value.Ok(var other) && equal(value, other);
            case ValType.Result.Value.Err(var value) ->
                b instanceof ValType.Result.Value.Err(var other) && equal(value, other);
            case null, default -> Objects.equals(a, b);
        };
    }

    private static boolean equalAll(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String kind(ValType type) {
        return switch (type) {
            case Primitive primitive -> primitive.name().toLowerCase(Locale.ROOT);
            case ValType.RecordOf _ -> "record";
            case ValType.Tuple _ -> "tuple";
            case ValType.ListOf _ -> "list";
            case ValType.Variant _ -> "variant";
            case ValType.EnumOf _ -> "enum";
            case ValType.Flags _ -> "flags";
            case ValType.Option _ -> "option";
            case ValType.Result _ -> "result";
            case ValType.Own _ -> "own";
            case ValType.Borrow _ -> "borrow";
            case ValType.Later later -> later.toString();
        };
    }

    static String text(@Nullable Object value) {
        return switch (value) {
            case Object[] parts -> Arrays.deepToString(parts);
            case byte[] bytes -> Arrays.toString(bytes);
            case null, default -> String.valueOf(value);
        };
    }
}
