package dev.creel.codegen.run;

import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreType;
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

    /** An exnref. */
    public @Nullable GuestException exception;

    private final CoreType.Global type;

    /** A global of zero or null. */
    public GuestGlobal(CoreType.Global type) {
        this.type = type;
    }

    @Override
    public CoreType.Global type() {
        return type;
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
            case V128 -> throw new IllegalStateException("a global of " + type.value());
        };
    }
}
