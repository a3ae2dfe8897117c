package dev.creel.component.binary;

import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Knows of each value type what its parts add up to; each part is looked at once. Not thread-safe. */
final class TypeFacts {
    /** One more than any function passes flat: longer lists say no more than that they are too long. */
    static final int FLAT_MAX = 17;

    private static final List<ValueKind> POINTER = List.of(ValueKind.I32, ValueKind.I32);

    private final IdentityHashMap<ValType, Facts> known = new IdentityHashMap<>();

    /**
     * What the parts of a type add up to.
     *
     * @param nodes parts, shared ones counted at each use
     * @param depth levels
     * @param borrows whether a borrow is in it
     * @param points whether a string or list is in it
     * @param size bytes in memory
     * @param align of it in memory
     * @param flat core values it is passed as, at most {@link #FLAT_MAX} of them
     * @param wide bytes in a memory with pointers of 64 bits, which no value may take too many of, wherever it is passed
     * @param wideAlign of it there
     * @param later what is in it that cannot be passed yet, as messages name it, or empty
     */
    record Facts(
            long nodes,
            int depth,
            boolean borrows,
            boolean points,
            long size,
            int align,
            List<ValueKind> flat,
            long wide,
            int wideAlign,
            String later) {}

    Facts of(ValType type) {
        var facts = known.get(type);
        if (facts == null) {
            facts = compute(type);
            known.put(type, facts);
        }
        return facts;
    }

    private Facts compute(ValType type) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive);
            case ValType.RecordOf(var fields) ->
                sequence(fields.stream().map(ValType.Field::type).toList());
            case ValType.Tuple(var elements) -> sequence(elements);
            case ValType.Variant(var cases) ->
                choice(cases.stream().map(ValType.Case::type).toList());
            case ValType.EnumOf(var labels) -> leaf(discriminant(labels.size()), ValueKind.I32);
            case ValType.Option(var some) -> choice(List.of(Optional.empty(), Optional.of(some)));
            case ValType.Result(var ok, var err) -> choice(List.of(ok, err));
            case ValType.ListOf(var element) -> {
                var inner = of(element);
                yield new Facts(
                        inner.nodes() + 1,
                        inner.depth() + 1,
                        inner.borrows(),
                        true,
                        8,
                        4,
                        POINTER,
                        16,
                        8,
                        inner.later());
            }
            case ValType.Flags(var labels) -> leaf(labels.size() <= 8 ? 1 : labels.size() <= 16 ? 2 : 4, ValueKind.I32);
            case ValType.Own _ -> leaf(4, ValueKind.I32);
            case ValType.Borrow _ -> new Facts(1, 1, true, false, 4, 4, List.of(ValueKind.I32), 4, 4, "");
            case ValType.Later later -> later(later);
        };
    }

    private Facts later(ValType.Later type) {
        return switch (type) {
            case ValType.StreamOf(var element) -> end("streams", element);
            case ValType.FutureOf(var value) -> end("futures", value);
            case ValType.ErrorContext _ -> end("error-context", Optional.empty());
            case ValType.MapOf(var key, var value) -> {
                var pair = sequence(List.of(key, value));
                yield new Facts(
                        pair.nodes() + 1, pair.depth() + 1, pair.borrows(), true, 8, 4, POINTER, 16, 8, pair.later());
            }
            case ValType.FixedList(var element, var length) -> {
                var inner = of(element);
                var flat = new ArrayList<ValueKind>();
                for (int i = 0;
                        i < length && flat.size() < FLAT_MAX && !inner.flat().isEmpty();
                        i++) {
                    flat.addAll(inner.flat());
                }
                yield new Facts(
                        inner.nodes() + 1,
                        inner.depth() + 1,
                        inner.borrows(),
                        inner.points(),
                        inner.size() * length,
                        inner.align(),
                        List.copyOf(flat.subList(0, Math.min(flat.size(), FLAT_MAX))),
                        inner.wide() * length,
                        inner.wideAlign(),
                        "lists of fixed length");
            }
        };
    }

    /** The end of a stream or future: a handle, whatever comes through it. */
    private Facts end(String what, Optional<ValType> element) {
        var inner = element.map(this::of);
        return new Facts(
                inner.map(Facts::nodes).orElse(0L) + 1,
                inner.map(Facts::depth).orElse(0) + 1,
                inner.map(Facts::borrows).orElse(false),
                false,
                4,
                4,
                List.of(ValueKind.I32),
                4,
                4,
                what);
    }

    private static Facts primitive(Primitive type) {
        return switch (type) {
            case BOOL, S8, U8 -> leaf(1, ValueKind.I32);
            case S16, U16 -> leaf(2, ValueKind.I32);
            case S32, U32, CHAR -> leaf(4, ValueKind.I32);
            case S64, U64 -> leaf(8, ValueKind.I64);
            case F32 -> leaf(4, ValueKind.F32);
            case F64 -> leaf(8, ValueKind.F64);
            case STRING -> new Facts(1, 1, false, true, 8, 4, POINTER, 16, 8, "");
        };
    }

    private static Facts leaf(int size, ValueKind flat) {
        return new Facts(1, 1, false, false, size, size, List.of(flat), size, size, "");
    }

    /** Parts one after the other. */
    Facts sequence(List<ValType> parts) {
        long nodes = 1;
        int depth = 0;
        boolean borrows = false;
        boolean points = false;
        long size = 0;
        int align = 1;
        long wide = 0;
        int wideAlign = 1;
        var later = "";
        var flat = new ArrayList<ValueKind>();
        for (var part : parts) {
            var facts = of(part);
            later = later.isEmpty() ? facts.later() : later;
            nodes += facts.nodes();
            depth = Math.max(depth, facts.depth());
            borrows |= facts.borrows();
            points |= facts.points();
            size = alignTo(size, facts.align()) + facts.size();
            align = Math.max(align, facts.align());
            wide = alignTo(wide, facts.wideAlign()) + facts.wide();
            wideAlign = Math.max(wideAlign, facts.wideAlign());
            flat.addAll(facts.flat());
            if (flat.size() > FLAT_MAX) {
                flat.subList(FLAT_MAX, flat.size()).clear();
            }
        }
        return new Facts(
                nodes,
                depth + 1,
                borrows,
                points,
                alignTo(size, align),
                align,
                List.copyOf(flat),
                alignTo(wide, wideAlign),
                wideAlign,
                later);
    }

    /** One of several parts, or of nothing. */
    private Facts choice(List<Optional<ValType>> cases) {
        long nodes = 1;
        int depth = 0;
        boolean borrows = false;
        boolean points = false;
        int tag = discriminant(cases.size());
        long size = 0;
        int align = 1;
        long wide = 0;
        int wideAlign = 1;
        var later = "";
        var flat = new ArrayList<ValueKind>();
        for (var one : cases) {
            nodes++;
            if (one.isPresent()) {
                var facts = of(one.get());
                later = later.isEmpty() ? facts.later() : later;
                nodes += facts.nodes();
                depth = Math.max(depth, facts.depth());
                borrows |= facts.borrows();
                points |= facts.points();
                size = Math.max(size, facts.size());
                align = Math.max(align, facts.align());
                wide = Math.max(wide, facts.wide());
                wideAlign = Math.max(wideAlign, facts.wideAlign());
                join(flat, facts.flat());
            }
        }
        long whole = alignTo(alignTo(tag, align) + size, Math.max(tag, align));
        long wideWhole = alignTo(alignTo(tag, wideAlign) + wide, Math.max(tag, wideAlign));
        flat.addFirst(ValueKind.I32);
        if (flat.size() > FLAT_MAX) {
            flat.removeLast();
        }
        return new Facts(
                nodes,
                depth + 1,
                borrows,
                points,
                whole,
                Math.max(tag, align),
                List.copyOf(flat),
                wideWhole,
                Math.max(tag, wideAlign),
                later);
    }

    private static void join(List<ValueKind> flat, List<ValueKind> other) {
        for (int i = 0; i < other.size(); i++) {
            if (i == flat.size()) {
                flat.add(other.get(i));
            } else {
                flat.set(i, join(flat.get(i), other.get(i)));
            }
        }
    }

    private static ValueKind join(ValueKind a, ValueKind b) {
        if (a == b) {
            return a;
        }
        boolean narrow = (a == ValueKind.I32 || a == ValueKind.F32) && (b == ValueKind.I32 || b == ValueKind.F32);
        return narrow ? ValueKind.I32 : ValueKind.I64;
    }

    private static int discriminant(int cases) {
        return cases <= 256 ? 1 : cases <= 65536 ? 2 : 4;
    }

    private static long alignTo(long at, int align) {
        return (at + align - 1) / align * align;
    }
}
