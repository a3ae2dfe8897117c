package dev.creel.component.abi;

import org.jspecify.annotations.Nullable;

/**
 * Moves the values of a guest's export that the host calls: parameters into the guest, the result out of it. Immutable; shared by
 * all instances of a plan. Generated classes extend it.
 */
abstract class ExportCode {
    final Signature signature;
    /** The resource types of the signature, as {@link ShapeTable} counts them. */
    final Resource[] resources;

    ExportCode(Signature signature, Resource[] resources) {
        this.signature = signature;
        this.resources = resources;
    }

    /** Writes what a guest's export gets. Objects that it was to own are freed if that fails. */
    final long[] lowerParams(Frame to, Object[] values) {
        try {
            int expected = signature.params.fields.length;
            if (values.length != expected) {
                throw new IllegalArgumentException(expected + " arguments are expected, not " + values.length);
            }
            return lower(to, values);
        } catch (Throwable failure) {
            to.dropUnheld(signature.params, values, failure);
            throw failure;
        }
    }

    /** Reads what a guest's export returned. */
    final @Nullable Object liftResult(Frame from, long[] core) {
        return signature.result == null ? null : lift(from, core);
    }

    /** As many values as the signature has parameters. */
    abstract long[] lower(Frame to, Object[] values);

    /** Only for signatures with a result. */
    abstract Object lift(Frame from, long[] core);

    /** The reference implementation: walks the shapes. */
    static final class Walking extends ExportCode {
        Walking(Signature signature) {
            super(signature, new Resource[0]);
        }

        @Override
        long[] lower(Frame to, Object[] values) {
            return signature.lowerParams(to, values);
        }

        @Override
        Object lift(Frame from, long[] core) {
            return signature.liftResult(from, core);
        }
    }
}
