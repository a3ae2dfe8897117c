package dev.creel.codegen.run;

import dev.creel.component.core.TrapException;
import org.jspecify.annotations.Nullable;

/** Calls that leave an instance. */
public final class Crossing {
    private static final String NULL_REFERENCE = "null reference";

    private Crossing() {}

    /** The import at {@code index} if it is a function of this engine, else null. */
    public static @Nullable GuestFunction guest(int index, GuestInstance instance) {
        return instance.imports[index] instanceof GuestFunction function ? function : null;
    }

    /** Calls the import at {@code index}, a function of the host. */
    public static long[] host(long[] args, int index, GuestInstance instance) {
        try {
            return instance.imports[index].call(args);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            // The guest's doing, even if it happened in a host's frame: the boundary makes a trap of it.
            throw exhausted;
        } catch (Throwable thrown) {
            throw new Unwinding(thrown);
        }
    }

    /** The function that an indirect call found in another instance, if it has the type that is expected. */
    public static GuestFunction expected(GuestFunction function, int type, GuestInstance caller) {
        if (!function.type().type().equals(caller.program().types().get(type))) {
            throw Traps.mismatch();
        }
        return function;
    }

    /**
     * Whether a reference is to a function of {@code caller} with just this type.
     *
     * @throws TrapException if it is null
     */
    public static boolean isOwn(@Nullable GuestFunction function, int type, GuestInstance caller) {
        if (function == null) {
            throw new TrapException("null function reference");
        }
        return function.owner() == caller && caller.program().functions()[function.index()] == type;
    }

    /** {@code ref.as_non_null} of a funcref. */
    public static GuestFunction nonNull(@Nullable GuestFunction function) {
        if (function == null) {
            throw new TrapException(NULL_REFERENCE);
        }
        return function;
    }

    /** {@code ref.as_non_null} of an exnref. */
    public static GuestException nonNull(@Nullable GuestException exception) {
        if (exception == null) {
            throw new TrapException(NULL_REFERENCE);
        }
        return exception;
    }

    /** {@code ref.as_non_null} of an externref. */
    public static int nonNull(int external) {
        if (external == GuestFunction.NULL) {
            throw new TrapException(NULL_REFERENCE);
        }
        return external;
    }

    /** Takes the second and further results over from the instance that was called. */
    public static void results(GuestFunction called, GuestInstance caller, int count) {
        if (called.owner() != caller) {
            System.arraycopy(called.owner().results, 0, caller.results, 0, count - 1);
            System.arraycopy(called.owner().referenceResults, 0, caller.referenceResults, 0, count - 1);
        }
    }

    /** A funcref as bits. */
    public static long bits(@Nullable GuestFunction function) {
        return function == null ? GuestFunction.NULL : function.index();
    }

    /** An exnref as bits, which can only be null: the host cannot hold an exception. */
    public static long bits(@Nullable GuestException exception) {
        if (exception != null) {
            throw new TrapException("an exception reference cannot leave the guest");
        }
        return GuestFunction.NULL;
    }

    /** An exnref from bits. */
    public static @Nullable GuestException exception(long bits) {
        if ((int) bits != GuestFunction.NULL) {
            throw new TrapException("an exception reference that the host made");
        }
        return null;
    }

    /** A funcref from bits, which name a function of {@code instance}. */
    public static @Nullable GuestFunction function(long bits, GuestInstance instance) {
        var index = (int) bits;
        if (index == GuestFunction.NULL) {
            return null;
        }
        if (index < 0 || index >= instance.program().functions().length) {
            throw new TrapException("a function reference of another instance");
        }
        return instance.function(index);
    }
}
