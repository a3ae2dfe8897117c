package dev.creel.conformance.abi;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import dev.creel.component.type.ValType.Result.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Values of a type, its edges often among them, and values as text, for comparing. */
final class AbiValues {
    private static final int LENGTH_MAX = 5;
    private static final int EDGE_OF = 3;
    private static final List<String> TEXTS =
            List.of("", "plain", "\u0000", "é", "\u07ff\uffff", "🚀 𠈄", "a".repeat(300));
    private static final int[] CODE_POINTS = {0, 'a', 0xe9, 0xd7ff, 0xe000, 0xffff, 0x1f680, 0x10ffff};

    private AbiValues() {}

    static Object value(ValType type, RandomGenerator random) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive, random);
            case ValType.RecordOf(var fields) ->
                fields.stream().map(field -> value(field.type(), random)).toArray();
            case ValType.Tuple(var elements) ->
                elements.stream().map(element -> value(element, random)).toArray();
            case ValType.Variant(var cases) -> {
                int index = random.nextInt(cases.size());
                yield new ValType.Variant.Value(
                        index,
                        cases.get(index).type().map(one -> value(one, random)).orElse(null));
            }
            case ValType.ListOf(var element) -> list(element, random);
            case ValType.Flags(var labels) -> random.nextLong() & ((1L << labels.size()) - 1);
            case ValType.EnumOf(var labels) -> random.nextInt(labels.size());
            case ValType.Option(var some) -> random.nextBoolean() ? Optional.empty() : Optional.of(value(some, random));
            case ValType.Result(var ok, var err) ->
                random.nextBoolean()
                        ? new Value.Ok(ok.map(one -> value(one, random)).orElse(null))
                        : new Value.Err(err.map(one -> value(one, random)).orElse(null));
            case ValType.Own _, ValType.Borrow _ -> throw new IllegalArgumentException("handles cannot be made up");
            case ValType.Later later -> throw new IllegalArgumentException("no values of " + later);
        };
    }

    private static Object list(ValType element, RandomGenerator random) {
        int length = random.nextInt(LENGTH_MAX);
        if (element == Primitive.U8) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
        var values = new ArrayList<Object>();
        for (int i = 0; i < length; i++) {
            values.add(value(element, random));
        }
        return values;
    }

    private static Object primitive(Primitive type, RandomGenerator random) {
        long bits = random.nextInt(EDGE_OF) > 0
                ? random.nextLong()
                : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}[random.nextInt(4)];
        return switch (type) {
            case BOOL -> (bits & 1) == 1;
            case S8 -> (int) (byte) bits;
            case U8 -> (int) (bits & 0xff);
            case S16 -> (int) (short) bits;
            case U16 -> (int) (bits & 0xffff);
            case S32 -> (int) bits;
            case U32 -> bits & 0xffff_ffffL;
            case S64, U64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            case CHAR -> CODE_POINTS[random.nextInt(CODE_POINTS.length)];
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    /** By content, floats by their bits, all NaNs alike. */
    static String spelled(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Object[] parts -> spelled(Arrays.asList(parts));
            case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
            case List<?> list -> list.stream().map(AbiValues::spelled).toList().toString();
            case ValType.Variant.Value(int index, var payload) -> index + "(" + spelled(payload) + ")";
            case Value.Ok(var payload) -> "ok(" + spelled(payload) + ")";
            case Value.Err(var payload) -> "error(" + spelled(payload) + ")";
            case Optional<?> option -> "option(" + spelled(option.orElse(null)) + ")";
            case Float f -> "f32 " + Integer.toHexString(Float.floatToIntBits(f));
            case Double d -> "f64 " + Long.toHexString(Double.doubleToLongBits(d));
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }
}
