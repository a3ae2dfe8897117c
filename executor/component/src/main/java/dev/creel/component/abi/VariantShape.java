package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Result.Value.Err;
import dev.creel.component.type.ValType.Result.Value.Ok;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Variants, options, results and enums: a discriminant, then the payload of one case. They differ only in their Java form. */
final class VariantShape extends Shape {
    /** What a value is in Java. */
    enum Form {
        VARIANT,
        OPTION,
        RESULT,
        ENUM
    }

    final Form form;
    final @Nullable Shape[] cases;
    final int tagSize;
    final int payloadOffset;

    VariantShape(Form form, List<? extends @Nullable Shape> cases) {
        int tagSize = cases.size() <= 0x100 ? 1 : cases.size() <= 0x10000 ? 2 : 4;
        int align = 1;
        int size = 0;
        int heap = 0;
        for (var one : cases) {
            if (one != null) {
                align = Math.max(align, one.align);
                size = Math.max(size, one.size);
                heap = Math.max(heap, one.heap);
            }
        }
        this.form = form;
        this.cases = cases.toArray(Shape[]::new);
        this.tagSize = tagSize;
        int payloadOffset = alignUp(tagSize, align);
        this.payloadOffset = payloadOffset;
        int alignAll = Math.max(align, tagSize);
        super(
                alignUp(Math.addExact(payloadOffset, size), alignAll),
                alignAll,
                flatten(cases),
                Math.addExact(heap, form == Form.ENUM ? 16 : 24));
    }

    private static @Nullable List<ValueKind> flatten(List<? extends @Nullable Shape> cases) {
        var flat = new ArrayList<ValueKind>();
        flat.add(ValueKind.I32);
        for (var one : cases) {
            if (one == null) {
                continue;
            }
            if (one.flat == null || one.flat.size() >= FLAT_MAX) {
                return null;
            }
            for (int i = 0; i < one.flat.size(); i++) {
                var kind = one.flat.get(i);
                if (i + 1 == flat.size()) {
                    flat.add(kind);
                } else {
                    flat.set(i + 1, join(flat.get(i + 1), kind));
                }
            }
        }
        return List.copyOf(flat);
    }

    private static ValueKind join(ValueKind a, ValueKind b) {
        if (a == b) {
            return a;
        }
        boolean narrow = (a == ValueKind.I32 || a == ValueKind.F32) && (b == ValueKind.I32 || b == ValueKind.F32);
        return narrow ? ValueKind.I32 : ValueKind.I64;
    }

    @Override
    Object load(Frame from, int at) {
        int index = checked((int) Bits.read(from.bytes(), at, tagSize));
        var payload = cases[index];
        return value(index, payload == null ? null : payload.load(from, at + payloadOffset));
    }

    @Override
    void store(Frame to, int at, Object value) {
        int index = index(value);
        Bits.write(to.bytes(), at, tagSize, index);
        var payload = cases[index];
        if (payload != null) {
            payload.store(to, at + payloadOffset, payload(value));
        }
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        int index = checked((int) slots[at]);
        var payload = cases[index];
        return value(index, payload == null ? null : payload.lift(from, slots, at + 1));
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        int index = index(value);
        slots[at] = index;
        var payload = cases[index];
        if (payload != null) {
            payload.lower(to, slots, at + 1, payload(value));
        }
    }

    @Override
    void owned(Object value, BiConsumer<Resource.Host, Object> owned) {
        if (form != Form.ENUM) {
            int index = indexOf(value);
            var payload = index < 0 || index >= cases.length ? null : cases[index];
            var inside = payloadOf(value);
            if (payload != null && inside != null) {
                payload.owned(inside, owned);
            }
        }
    }

    private int checked(int index) {
        if (Integer.compareUnsigned(index, cases.length) >= 0) {
            throw new TrapException(
                    "discriminant " + Integer.toUnsignedString(index) + " of " + cases.length + " cases");
        }
        return index;
    }

    private Object value(int index, @Nullable Object payload) {
        return switch (form) {
            case VARIANT -> new ValType.Variant.Value(index, payload);
            case OPTION -> Optional.ofNullable(payload);
            case RESULT -> index == 0 ? new Ok(payload) : new Err(payload);
            case ENUM -> index;
        };
    }

    private int index(Object value) {
        int index = indexOf(value);
        if (index < 0 || index >= cases.length) {
            throw mismatch(form + " of " + cases.length + " cases", value);
        }
        return index;
    }

    private int indexOf(Object value) {
        return switch (form) {
            case VARIANT -> value instanceof ValType.Variant.Value v ? v.index() : -1;
            case OPTION -> value instanceof Optional<?> o ? (o.isPresent() ? 1 : 0) : -1;
            case RESULT -> value instanceof Ok ? 0 : value instanceof Err ? 1 : -1;
            case ENUM -> value instanceof Integer i ? i : -1;
        };
    }

    private static Object payload(Object value) {
        var payload = payloadOf(value);
        if (payload == null) {
            throw mismatch("a payload", value);
        }
        return payload;
    }

    private static @Nullable Object payloadOf(Object value) {
        return switch (value) {
            case ValType.Variant.Value v -> v.payload();
            case Optional<?> o -> o.orElse(null);
            case Ok ok -> ok.value();
            case Err err -> err.value();
            default -> null;
        };
    }
}
