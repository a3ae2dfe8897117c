package dev.creel.component.abi;

import dev.creel.component.host.HostResource;
import dev.creel.component.type.GuestResource;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Case;
import dev.creel.component.type.ValType.Field;
import dev.creel.component.type.ValType.Primitive;
import dev.creel.component.type.ValType.Result.Value.Err;
import dev.creel.component.type.ValType.Result.Value.Ok;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Types of every kind, and values of them, as a seed decides. */
final class RandomValues {
    /** The instance that implements the guest's resource. */
    static final int MAKER = 7;

    private static final ResourceType.Host THING = new ResourceType.Host("test:abi/host@1.0.0", "thing");
    private static final ResourceType.Guest MADE = new ResourceType.Guest(0);
    private static final Map<ResourceType, Resource> RESOURCES = Map.of(
            THING, new Resource.Host(new HostResource<>("thing", Thing.class, thing -> {})),
            MADE, new Resource.Guest(MADE, MAKER, -1, new int[0]));
    private static final List<Primitive> PRIMITIVES = List.of(Primitive.values());
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "plain ASCII that is longer than thirty-two bytes, so that it takes every loop",
            "größe",
            "ÿ",
            "日本語",
            "long enough for words, and then: é",
            "long enough for words, and then: 語 and on",
            "\uD83D\uDE00 a \uD83D\uDE00",
            "\u0000\u007F\u0080\u07FF\u0800\uFFFF");

    /** An object of the host. */
    record Thing(int id) {}

    private final Random chance;
    /** How deep the next type may be. */
    private final int depth;

    RandomValues(Random chance, int depth) {
        this.chance = chance;
        this.depth = depth;
    }

    static Shapes shapes() {
        return new Shapes(RESOURCES::get);
    }

    ValType type(boolean borrows) {
        return type(depth, borrows);
    }

    private ValType type(int deep, boolean borrows) {
        if (deep == 0 || chance.nextInt(4) == 0) {
            return leaf(borrows);
        }
        return switch (chance.nextInt(8)) {
            case 0, 1 ->
                new ValType.RecordOf(many(1, 6, deep, borrows).stream()
                        .map(RandomValues::field)
                        .toList());
            case 2 -> new ValType.Tuple(many(1, 20, deep, borrows));
            case 3 -> new ValType.Variant(cases(deep, borrows));
            case 4 -> new ValType.Option(type(deep - 1, borrows));
            case 5 -> new ValType.Result(optional(deep, borrows), optional(deep, borrows));
            default -> new ValType.ListOf(type(deep - 1, borrows));
        };
    }

    private ValType leaf(boolean borrows) {
        return switch (chance.nextInt(24)) {
            case 0 -> new ValType.Flags(labels(1 + chance.nextInt(32)));
            case 1 -> new ValType.Flags(labels(8 << chance.nextInt(3)));
            case 2 -> new ValType.EnumOf(labels(chance.nextBoolean() ? 3 : 300));
            case 3 -> new ValType.Own(chance.nextBoolean() ? THING : MADE);
            case 4 -> {
                ResourceType resource = chance.nextBoolean() ? THING : MADE;
                yield borrows ? new ValType.Borrow(resource) : new ValType.Own(resource);
            }
            case 5, 6 -> new ValType.ListOf(Primitive.U8);
            case 7, 8 -> new ValType.ListOf(primitive());
            case 9, 10, 11 -> Primitive.STRING;
            default -> primitive();
        };
    }

    private Primitive primitive() {
        return PRIMITIVES.get(chance.nextInt(PRIMITIVES.size()));
    }

    private List<ValType> many(int least, int most, int deep, boolean borrows) {
        var all = new ArrayList<ValType>();
        for (int left = least + chance.nextInt(most - least); left > 0; left--) {
            all.add(type(deep - 1, borrows));
        }
        return all;
    }

    private List<Case> cases(int deep, boolean borrows) {
        var all = new ArrayList<Case>();
        for (int left = 1 + chance.nextInt(chance.nextInt(10) == 0 ? 300 : 5); left > 0; left--) {
            all.add(new Case("c" + left, all.size() > 5 ? Optional.empty() : optional(deep, borrows)));
        }
        return all;
    }

    private Optional<ValType> optional(int deep, boolean borrows) {
        return chance.nextInt(4) == 0 ? Optional.empty() : Optional.of(type(deep - 1, borrows));
    }

    private static Field field(ValType type) {
        return new Field("f", type);
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    /** Parameters of a function, sometimes more than are flat. */
    List<Field> params() {
        return many(0, chance.nextInt(4) == 0 ? 20 : 5, depth + 1, true).stream()
                .map(RandomValues::field)
                .toList();
    }

    @Nullable
    Object value(@Nullable ValType type) {
        return switch (type) {
            case null -> null;
            case Primitive primitive -> scalar(primitive);
            case ValType.RecordOf(var fields) ->
                fields.stream().map(field -> value(field.type())).toArray();
            case ValType.Tuple(var elements) ->
                elements.stream().map(this::value).toArray();
            case ValType.ListOf(var element) -> {
                int length = chance.nextInt(5);
                if (element == Primitive.U8) {
                    var bytes = new byte[length * 20];
                    chance.nextBytes(bytes);
                    yield bytes;
                }
                yield IntStream.range(0, length).mapToObj(i -> value(element)).toList();
            }
            case ValType.Variant(var cases) -> {
                int index = chance.nextInt(cases.size());
                yield new ValType.Variant.Value(
                        index, value(cases.get(index).type().orElse(null)));
            }
            case ValType.EnumOf(var labels) -> chance.nextInt(labels.size());
            case ValType.Option(var some) ->
                chance.nextInt(3) == 0 ? Optional.empty() : Optional.ofNullable(value(some));
            case ValType.Result(var ok, var err) ->
                chance.nextBoolean() ? new Ok(value(ok.orElse(null))) : new Err(value(err.orElse(null)));
            case ValType.Flags(var labels) -> chance.nextLong() & ((1L << labels.size()) - 1);
            case ValType.Own(var resource) -> object(resource);
            case ValType.Borrow(var resource) -> object(resource);
            case ValType.Later later -> throw new IllegalArgumentException("no values of " + later);
        };
    }

    private Object object(ResourceType resource) {
        return resource.equals(THING) ? new Thing(chance.nextInt()) : new GuestResource(MADE, chance.nextInt());
    }

    private Object scalar(Primitive type) {
        return switch (type) {
            case BOOL -> chance.nextBoolean();
            case S8 -> (int) (byte) chance.nextInt();
            case U8 -> chance.nextInt(0x100);
            case S16 -> (int) (short) chance.nextInt();
            case U16 -> chance.nextInt(0x10000);
            case S32 -> chance.nextInt();
            case U32 -> Integer.toUnsignedLong(chance.nextInt());
            case S64, U64 -> chance.nextLong();
            case F32 -> chance.nextFloat();
            case F64 -> chance.nextGaussian();
            case CHAR -> TEXTS.get(8).codePointAt(chance.nextInt(2) * 3);
            case STRING -> TEXTS.get(chance.nextInt(TEXTS.size()));
        };
    }
}
