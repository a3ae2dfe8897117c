package dev.creel.codegen.run;

import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A global that instances share by holding this object; the field of its kind has the value. One thread at a time. */
public final class GuestGlobal implements CoreGlobal {
    /** An i32 or an externref. */
    public int i32;

    /** An i64. */
    public long i64;

    /** An f32. */
    public float f32;

    /** An f64. */
    public double f64;

    /** A funcref. */
    public @Nullable GuestFunction function;

    /** A v128. */
    public V128 vector = V128.ZERO;

    /** An exnref. */
    public @Nullable GuestException exception;

    private final CoreType.Global type;
    private final @Nullable ReferenceType reference;

    /**
     * A global of zero or null.
     *
     * @param reference its type in full if it is a reference
     */
    public GuestGlobal(CoreType.Global type, @Nullable ReferenceType reference) {
        this.type = type;
        this.reference = reference;
    }

    @Override
    public CoreType.Global type() {
        return type;
    }

    /** Whether a module that imports a global of type {@code wanted} can have this one. */
    public boolean fits(@Nullable ReferenceType wanted) {
        if (reference == null || wanted == null || type.mutable()) {
            return Objects.equals(reference, wanted);
        }
        return reference.matches(wanted);
    }

    @Override
    public long get() {
        return switch (type.value()) {
            case I32, EXTERNREF -> i32;
            case I64 -> i64;
            case F32 -> Float.floatToRawIntBits(f32);
            case F64 -> Double.doubleToRawLongBits(f64);
            case FUNCREF -> function == null ? GuestFunction.NULL : function.index();
            case EXNREF -> Crossing.bits(exception);
            case V128 -> throw new IllegalStateException("a vector, which has two halves");
        };
    }
}
