package dev.creel.codegen.run;

import dev.creel.component.core.TrapException;
import org.jspecify.annotations.Nullable;

/**
 * An exception that guests throw and catch; also what an exnref refers to. Handlers of guests catch this class and no other: traps,
 * what the host throws, errors of the JVM and interruption pass them by.
 */
public final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** Exceptions may carry references to exceptions, in a heap that no limit counts. */
    private static final int NESTED_MAX = 64;

    /** Its tag. */
    @SuppressWarnings("serial") // Never written.
    public final GuestTag tag;

    /** Values as raw bits, but funcrefs and exnrefs. */
    public final long[] bits;

    /** Values that are funcrefs or exnrefs. */
    @SuppressWarnings("serial") // Never written.
    public final @Nullable Object[] references;

    private int nested;

    private GuestException(GuestTag tag, int values) {
        super(null, null, false, false);
        this.tag = tag;
        this.bits = new long[values];
        this.references = new Object[values];
    }

    /** An exception with values still to be put in. */
    public static GuestException of(int tag, int values, GuestInstance instance) {
        return new GuestException(instance.tags[tag], values);
    }

    /** Puts a reference in. */
    public static void put(GuestException into, int index, @Nullable Object reference) {
        if (reference instanceof GuestException inner) {
            into.nested = Math.max(into.nested, inner.nested + 1);
            if (into.nested > NESTED_MAX) {
                throw new TrapException("exceptions within exceptions, more than " + NESTED_MAX + " deep");
            }
        }
        into.references[index] = reference;
    }

    /** {@code throw_ref}: the exception itself, if it is none. */
    public static GuestException thrown(@Nullable GuestException exception) {
        if (exception == null) {
            throw new TrapException("null exception reference");
        }
        return exception;
    }
}
