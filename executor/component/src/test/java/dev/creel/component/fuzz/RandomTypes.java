package dev.creel.component.fuzz;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Types of values, and values of types. */
final class RandomTypes {
    private static final int DEPTH = 4;
    private static final List<Primitive> PRIMITIVES = List.of(Primitive.values());

    private final Random random;

    RandomTypes(Random random) {
        this.random = random;
    }

    ValType type() {
        return type(DEPTH);
    }

    private ValType type(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        }
        return switch (random.nextInt(9)) {
            case 0 -> new ValType.RecordOf(list(i -> new ValType.Field("f" + i, type(depth - 1))));
            case 1 -> new ValType.Tuple(list(i -> type(depth - 1)));
            case 2 -> new ValType.Variant(list(i -> new ValType.Case("c" + i, optional(depth - 1))));
            case 3, 4 -> new ValType.ListOf(type(depth - 1));
            case 5 -> new ValType.Flags(labels(32));
            case 6 -> new ValType.EnumOf(labels(300));
            case 7 -> new ValType.Option(type(depth - 1));
            default -> new ValType.Result(optional(depth - 1), optional(depth - 1));
        };
    }

    private Optional<ValType> optional(int depth) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(type(depth));
    }

    private List<String> labels(int max) {
        var labels = new ArrayList<String>();
        for (int i = random.nextInt(max); i >= 0; i--) {
            labels.add("l" + i);
        }
        return labels;
    }

    private <T> List<T> list(java.util.function.IntFunction<T> part) {
        var parts = new ArrayList<T>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            parts.add(part.apply(i));
        }
        return parts;
    }

    /** A value as {@link ValType} says; lists and strings are short. */
    Object value(ValType type) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive);
            case ValType.RecordOf(var fields) ->
                fields.stream().map(field -> value(field.type())).toArray();
            case ValType.Tuple(var elements) ->
                elements.stream().map(this::value).toArray();
            case ValType.Variant(var cases) -> {
                int index = random.nextInt(cases.size());
                yield new ValType.Variant.Value(index, payload(cases.get(index).type()));
            }
            case ValType.ListOf(var element) -> {
                if (element == Primitive.U8) {
                    var bytes = new byte[random.nextInt(20)];
                    random.nextBytes(bytes);
                    yield bytes;
                }
                var elements = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(element));
                }
                yield elements;
            }
            case ValType.Flags(var labels) -> random.nextLong() & ((1L << labels.size()) - 1);
            case ValType.EnumOf(var labels) -> random.nextInt(labels.size());
            case ValType.Option(var some) -> random.nextBoolean() ? Optional.of(value(some)) : Optional.empty();
            case ValType.Result(var ok, var err) ->
                random.nextBoolean()
                        ? new ValType.Result.Value.Ok(payload(ok))
                        : new ValType.Result.Value.Err(payload(err));
            case ValType.Own _, ValType.Borrow _, ValType.Later _ ->
                throw new IllegalArgumentException("no such types are made here");
        };
    }

    private @Nullable Object payload(Optional<ValType> type) {
        return type.isPresent() ? value(type.get()) : null;
    }

    private Object primitive(Primitive type) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case S8 -> (int) (byte) random.nextInt();
            case U8 -> random.nextInt(1 << 8);
            case S16 -> (int) (short) random.nextInt();
            case U16 -> random.nextInt(1 << 16);
            case S32 -> random.nextInt();
            case U32 -> random.nextLong() >>> 32;
            case S64, U64 -> random.nextLong();
            case F32 -> random.nextFloat();
            case F64 -> random.nextDouble();
            case CHAR -> random.nextBoolean() ? random.nextInt(0xd800) : 0xe000 + random.nextInt(0x102000);
            case STRING -> string();
        };
    }

    private String string() {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> 1 + random.nextInt(0x7f);
                        case 1 -> random.nextInt(0x100);
                        case 2 -> random.nextInt(0xd800);
                        default -> 0x10000 + random.nextInt(0x10000);
                    });
        }
        return text.toString();
    }

    /** Whether {@code value} is one of {@code type}. */
    static boolean conforms(ValType type, @Nullable Object value) {
        return switch (type) {
            case Primitive primitive -> conforms(primitive, value);
            case ValType.RecordOf(var fields) ->
                all(fields.stream().map(ValType.Field::type).toList(), value);
            case ValType.Tuple(var elements) -> all(elements, value);
            case ValType.Variant(var cases) ->
                value instanceof ValType.Variant.Value(int index, var payload)
                        && index >= 0
                        && index < cases.size()
                        && conforms(cases.get(index).type(), payload);
            case ValType.ListOf(var element) ->
                element == Primitive.U8
                        ? value instanceof byte[]
                        : value instanceof List<?> list && list.stream().allMatch(one -> conforms(element, one));
            case ValType.Flags(var labels) -> value instanceof Long bits && bits >>> labels.size() == 0;
            case ValType.EnumOf(var labels) -> value instanceof Integer index && index >= 0 && index < labels.size();
            case ValType.Option(var some) ->
                value instanceof Optional<?> option && (option.isEmpty() || conforms(some, option.get()));
            case ValType.Result(var ok, var err) ->
                (value instanceof ValType.Result.Value.Ok(var good) && conforms(ok, good))
                        || (value instanceof ValType.Result.Value.Err(var bad) && conforms(err, bad));
            case ValType.Own _, ValType.Borrow _, ValType.Later _ -> false;
        };
    }

    /** The same in things that know whether they are equal; NaN is any NaN. */
    static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Object[] values ->
                java.util.Arrays.stream(values).map(RandomTypes::plain).toList();
            case byte[] bytes -> java.util.HexFormat.of().formatHex(bytes);
            case List<?> list -> list.stream().map(RandomTypes::plain).toList();
            case Optional<?> option -> option.isPresent() ? List.of(plain(option.get())) : List.of();
            case ValType.Variant.Value(int index, var payload) -> List.of(index, plain(payload));
            case ValType.Result.Value.Ok(var good) -> List.of("ok", plain(good));
            case ValType.Result.Value.Err(var bad) -> List.of("err", plain(bad));
            default -> value;
        };
    }

    private static boolean conforms(Optional<ValType> type, @Nullable Object value) {
        return type.isPresent() ? conforms(type.get(), value) : value == null;
    }

    private static boolean all(List<ValType> types, @Nullable Object value) {
        if (!(value instanceof Object[] values) || values.length != types.size()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!conforms(types.get(i), values[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean conforms(Primitive type, @Nullable Object value) {
        return switch (type) {
            case BOOL -> value instanceof Boolean;
            case S8 -> value instanceof Integer i && i == (byte) (int) i;
            case U8 -> value instanceof Integer i && i >>> 8 == 0;
            case S16 -> value instanceof Integer i && i == (short) (int) i;
            case U16 -> value instanceof Integer i && i >>> 16 == 0;
            case S32 -> value instanceof Integer;
            case U32 -> value instanceof Long l && l >>> 32 == 0;
            case S64, U64 -> value instanceof Long;
            case F32 -> value instanceof Float;
            case F64 -> value instanceof Double;
            case CHAR -> value instanceof Integer i && Character.isValidCodePoint(i) && (i < 0xd800 || i > 0xdfff);
            case STRING ->
                value instanceof String text
                        && text.codePoints()
                                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        };
    }
}
