package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Result.Value.Err;
import dev.creel.component.type.ValType.Result.Value.Ok;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records, variants, options, results and enums as Java objects, for generated code, which finds these methods by name. */
final class Cases {
    private Cases() {}

    /** The values of a record. */
    static Object[] fields(Object value, int count) {
        if (value instanceof Object[] values && values.length == count) {
            return values;
        }
        throw Shape.mismatch("Object[" + count + "]", value);
    }

    /** {@code index} if there are more cases than that; traps otherwise. */
    static int checked(int index, int count) {
        if (Integer.compareUnsigned(index, count) >= 0) {
            throw new TrapException("discriminant " + Integer.toUnsignedString(index) + " of " + count + " cases");
        }
        return index;
    }

    static Object liftVariant(int index, @Nullable Object payload) {
        return new ValType.Variant.Value(index, payload);
    }

    static Object liftOption(int index, @Nullable Object payload) {
        return index == 0 ? Optional.empty() : Optional.of(payload(payload, "option"));
    }

    static Object liftResult(int index, @Nullable Object payload) {
        return index == 0 ? new Ok(payload) : new Err(payload);
    }

    static Object liftEnum(int index) {
        return index;
    }

    static int indexVariant(Object value, int count) {
        return within(
                value instanceof ValType.Variant.Value v ? v.index() : -1, count, VariantShape.Form.VARIANT, value);
    }

    static int indexOption(Object value, int count) {
        return within(
                value instanceof Optional<?> o ? (o.isPresent() ? 1 : 0) : -1, count, VariantShape.Form.OPTION, value);
    }

    static int indexResult(Object value, int count) {
        return within(value instanceof Ok ? 0 : value instanceof Err ? 1 : -1, count, VariantShape.Form.RESULT, value);
    }

    static int indexEnum(Object value, int count) {
        return within(value instanceof Integer i ? i : -1, count, VariantShape.Form.ENUM, value);
    }

    static Object payloadVariant(Object value) {
        return payload(((ValType.Variant.Value) value).payload(), value);
    }

    static Object payloadOption(Object value) {
        return ((Optional<?>) value).orElseThrow();
    }

    static Object payloadResult(Object value) {
        return payload(value instanceof Ok ok ? ok.value() : ((Err) value).value(), value);
    }

    private static Object payload(@Nullable Object payload, Object of) {
        if (payload == null) {
            throw Shape.mismatch("a payload", of);
        }
        return payload;
    }

    private static int within(int index, int count, VariantShape.Form form, Object value) {
        if (index < 0 || index >= count) {
            throw Shape.mismatch(form + " of " + count + " cases", value);
        }
        return index;
    }
}
