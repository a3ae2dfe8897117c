package dev.creel.component.abi;

import org.jspecify.annotations.Nullable;

/**
 * Moves the values of a guest's import that the host answers: parameters out of the guest, the result into it. Immutable; shared
 * by all instances of a plan. Generated classes extend it.
 */
abstract class ImportCode {
    final Signature signature;
    /** The resource types of the signature, as {@link ShapeTable} counts them. */
    final Resource[] resources;

    ImportCode(Signature signature, Resource[] resources) {
        this.signature = signature;
        this.resources = resources;
    }

    /** Reads what a guest hands to an import. Objects that it gave away are freed if that fails. */
    final Object[] liftParams(Frame from, long[] core) {
        try {
            return lift(from, core);
        } catch (Throwable failure) {
            from.dropTaken(failure);
            throw failure;
        }
    }

    /**
     * Writes what an import returns: flat, or where the last of its parameters {@code core} points. Objects that the guest was to
     * own are freed if that fails.
     */
    final long[] lowerResult(Frame to, long[] core, @Nullable Object value) {
        var result = signature.result;
        if (result == null) {
            return Trampoline.NOTHING;
        }
        if (value == null) {
            throw Shape.mismatch("a result", null);
        }
        try {
            return lower(to, core, value);
        } catch (Throwable failure) {
            to.dropUnheld(result, value, failure);
            throw failure;
        }
    }

    abstract Object[] lift(Frame from, long[] core);

    /** Only for signatures with a result. */
    abstract long[] lower(Frame to, long[] core, Object value);

    /** The reference implementation: walks the shapes. */
    static final class Walking extends ImportCode {
        Walking(Signature signature) {
            super(signature, new Resource[0]);
        }

        @Override
        Object[] lift(Frame from, long[] core) {
            return signature.liftParams(from, core);
        }

        @Override
        long[] lower(Frame to, long[] core, Object value) {
            return signature.lowerResult(to, core, value);
        }
    }
}
