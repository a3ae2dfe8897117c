package dev.creel.component.abi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The distinct shapes of one signature, numbered so that parts come before wholes: shapes of equal structure have one number,
 * whatever their types are called, and resource types are counted in the order in which they are met. What is equal here can
 * share generated code. Types are DAGs; each shape is looked at once.
 */
final class ShapeTable {
    /** Most fields or distinct payloads of one shape: its code must stay far below a JVM method's 64 KiB. */
    static final int PARTS_MAX = 500;

    /** Most of them in all methods of a class. */
    static final int ALL_PARTS_MAX = 8_000;

    /** What a case weighs for its entry in a jump table alone. */
    private static final int CASES_PER_PART = 8;

    private final Map<String, Integer> known = new LinkedHashMap<>();
    private final IdentityHashMap<Shape, Integer> numbers = new IdentityHashMap<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final IdentityHashMap<Resource, Integer> places = new IdentityHashMap<>();
    private final List<Resource> resources = new ArrayList<>();
    private final BitSet allocating = new BitSet();
    private final BitSet plain = new BitSet();

    /** A record, variant or list, which needs a method of its own, for values in slots or in memory. */
    record Use(Shape shape, boolean flat) {
        static boolean needed(Shape shape) {
            return switch (shape) {
                case RecordShape record -> true;
                case VariantShape variant -> true;
                case ListShape list -> true;
                case Scalar scalar -> false;
                case StringShape string -> false;
                case BytesShape bytes -> false;
                case FlagsShape flags -> false;
                case HandleShape handle -> false;
            };
        }
    }

    /** The number of {@code shape}. */
    int number(Shape shape) {
        var number = numbers.get(shape);
        if (number == null) {
            var text = text(shape);
            number = known.get(text);
            if (number == null) {
                number = shapes.size();
                known.put(text, number);
                shapes.add(shape);
                note(number, shape);
            }
            numbers.put(shape, number);
        }
        return number;
    }

    private String text(Shape shape) {
        return switch (shape) {
            case Scalar scalar -> scalar.type.name();
            case StringShape string -> "string";
            case BytesShape bytes -> "bytes";
            case FlagsShape flags -> "flags " + Long.toHexString(flags.mask);
            case HandleShape handle -> (handle.own ? "own " : "borrow ") + resource(handle.resource);
            case ListShape list -> "list " + number(list.element);
            case RecordShape record -> "record" + numbers(record.fields);
            case VariantShape variant -> variant.form + numbers(variant.cases);
        };
    }

    private String numbers(@Nullable Shape[] parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part == null ? " -" : " " + number(part));
        }
        return text.toString();
    }

    private void note(int number, Shape shape) {
        boolean allocates = false;
        boolean same = false;
        switch (shape) {
            case Scalar scalar ->
                same = switch (scalar.type) {
                    case BOOL, CHAR -> false;
                    case S8, U8, S16, U16, S32, U32, S64, U64, F32, F64 -> true;
                    case STRING -> throw new IllegalStateException("strings are not scalars");
                };
            case StringShape string -> allocates = true;
            case BytesShape bytes -> allocates = true;
            case ListShape list -> allocates = true;
            case FlagsShape flags -> same = flags.mask == (1L << (8 * flags.size)) - 1;
            case HandleShape handle -> {}
            case RecordShape record -> {
                int end = 0;
                same = true;
                for (int i = 0; i < record.fields.length; i++) {
                    var field = record.fields[i];
                    allocates |= allocates(field);
                    same &= plain(field) && record.offsets[i] == end;
                    end = record.offsets[i] + field.size;
                }
                // Padding holds what the guest left there, which is nobody else's business.
                same &= end == record.size;
            }
            case VariantShape variant -> {
                for (var payload : variant.cases) {
                    allocates |= payload != null && allocates(payload);
                }
            }
        }
        allocating.set(number, allocates);
        plain.set(number, same);
    }

    /** The index of {@code resource}. */
    int resource(Resource resource) {
        return places.computeIfAbsent(resource, met -> {
            resources.add(met);
            return resources.size() - 1;
        });
    }

    /** Resource types by index. */
    Resource[] resources() {
        return resources.toArray(Resource[]::new);
    }

    /** Whether writing a value may call the guest's realloc, and so move its memory. */
    boolean allocates(Shape shape) {
        return allocating.get(number(shape));
    }

    /** Whether a value is the same bits in every memory, all bits are valid, and none is padding. */
    boolean plain(Shape shape) {
        return plain.get(number(shape));
    }

    /** Every shape in order of its number, as text: equal for signatures that can share code. */
    String text() {
        return String.join("\n", known.keySet());
    }

    /** The uses that {@code roots} lead to, themselves included; each structure once for slots and once for memory. */
    List<Use> uses(List<Use> roots) {
        var found = new ArrayList<Use>();
        var seen = new HashSet<String>();
        var open = new ArrayList<>(roots);
        while (!open.isEmpty()) {
            var next = open.removeLast();
            // A list's elements are in memory, wherever the list is.
            boolean flat = next.flat() && !(next.shape() instanceof ListShape);
            if (Use.needed(next.shape()) && seen.add(number(next.shape()) + " " + flat)) {
                found.add(new Use(next.shape(), flat));
                parts(next.shape()).forEach(part -> open.add(new Use(part, flat)));
            }
        }
        return found;
    }

    /** Whether methods for {@code uses} fit into a class, and each into a method. */
    boolean fits(List<Use> uses) {
        int all = 0;
        for (var use : uses) {
            int parts = parts(use.shape()).size();
            if (use.shape() instanceof VariantShape variant && parts > 0) {
                parts += variant.cases.length / CASES_PER_PART;
            }
            if (parts > PARTS_MAX) {
                return false;
            }
            all += parts + 1;
        }
        return all <= ALL_PARTS_MAX;
    }

    /** Fields, the element, or the distinct payloads. */
    List<Shape> parts(Shape shape) {
        return switch (shape) {
            case RecordShape record -> List.of(record.fields);
            case ListShape list -> List.of(list.element);
            case VariantShape variant -> {
                var distinct = new LinkedHashMap<Integer, Shape>();
                for (var payload : variant.cases) {
                    if (payload != null) {
                        distinct.putIfAbsent(number(payload), payload);
                    }
                }
                yield List.copyOf(distinct.values());
            }
            case Scalar scalar -> List.of();
            case StringShape string -> List.of();
            case BytesShape bytes -> List.of();
            case FlagsShape flags -> List.of();
            case HandleShape handle -> List.of();
        };
    }
}
