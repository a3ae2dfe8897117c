package dev.creel.component.abi;

import dev.creel.component.core.ValueKind;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one type lie in linear memory and in flat slots (reference component-model §4.1–§4.4). Immutable and shared
 * by all instances.
 *
 * <p>Slots are raw bits. An i32 or f32 is written zero-extended and read by its low half, so that slots that variants join need
 * no conversion.
 */
abstract sealed class Shape
        permits Scalar, StringShape, BytesShape, ListShape, RecordShape, FlagsShape, VariantShape, HandleShape {
    /** More slots than a function may take; types beyond it are never flat. */
    static final int FLAT_MAX = 16;

    /** Bytes in memory. */
    final int size;

    /** Alignment in memory: 1, 2, 4 or 8. */
    final int align;

    /** Kinds of the slots, or null if there are more than {@link #FLAT_MAX}. */
    final @Nullable List<ValueKind> flat;

    /** Estimated bytes of one value in Java, without what its strings and lists hold. */
    final int heap;

    Shape(int size, int align, @Nullable List<ValueKind> flat, int heap) {
        this.size = size;
        this.align = align;
        this.flat = flat;
        this.heap = heap;
    }

    /** Reads a value at {@code at}, which lies within the memory and is aligned. */
    abstract Object load(Frame from, int at);

    /** Writes a value at {@code at}, which lies within the memory and is aligned. */
    abstract void store(Frame to, int at, Object value);

    /** Reads a value from slots, the first of them at {@code at}. */
    abstract Object lift(Frame from, long[] slots, int at);

    /** Writes a value to slots that are still 0, the first of them at {@code at}. */
    abstract void lower(Frame to, long[] slots, int at, Object value);

    /** Shows {@code owned} every object of the host that {@code value} owns; what is not of this shape is passed over. */
    void owned(Object value, BiConsumer<Resource.Host, Object> owned) {}

    /** Number of slots, or more than {@link #FLAT_MAX}. */
    final int slots() {
        return flat == null ? FLAT_MAX + 1 : flat.size();
    }

    /** {@code address} rounded up to a multiple of {@code align}, a power of two. */
    static int alignUp(int address, int align) {
        return Math.addExact(address, align - 1) & -align;
    }

    /** The host handed in a value of the wrong Java type or out of range. */
    static IllegalArgumentException mismatch(String expected, @Nullable Object got) {
        var what = got == null ? "null" : got.getClass().getSimpleName() + " " + got;
        return new IllegalArgumentException(
                "expected " + expected + ", got " + (what.length() > 80 ? what.substring(0, 80) + "…" : what));
    }
}
