package dev.creel.codegen.run;

import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.TrapException;
import java.lang.reflect.UndeclaredThrowableException;

/** Traps, named as the specification names them. */
public final class Traps {
    static final String OUT_OF_BOUNDS_MEMORY = "out of bounds memory access";
    static final String OUT_OF_BOUNDS_TABLE = "out of bounds table access";

    private Traps() {}

    /** Looks whether something is wanted of the guest. */
    public static void poll(GuestInstance instance) {
        if (instance.flag.isRaised()) {
            instance.flag.reached();
        }
    }

    /** Between the pieces of an operation on {@code length} bytes, if there are several. */
    static void poll(int length, GuestFlag flag) {
        if (length > GuestMemory.PIECE && flag.isRaised()) {
            flag.reached();
        }
    }

    /** The instruction {@code unreachable}. */
    public static RuntimeException unreachable() {
        return new TrapException("unreachable");
    }

    /** An access beyond what any memory has. */
    public static RuntimeException outOfBounds() {
        return new TrapException(OUT_OF_BOUNDS_MEMORY);
    }

    /** An indirect call of a function of another type. */
    public static RuntimeException mismatch() {
        return new TrapException("indirect call type mismatch");
    }

    /**
     * The exception to throw at the boundary for {@code thrown}: a trap, or what a host function threw, unchanged. Errors of
     * host functions are thrown from here.
     */
    public static RuntimeException of(Throwable thrown) {
        return switch (thrown) {
            case Unwinding unwinding -> unchanged(unwinding.thrown());
            case TrapException trap -> trap;
            case StackOverflowError overflow -> new TrapException("call stack exhausted");
            case OutOfMemoryError memory -> new TrapException("out of memory in the host", memory);
            case GuestException uncaught -> new TrapException("uncaught exception of the guest", uncaught);
            case IndexOutOfBoundsException outside -> new TrapException(OUT_OF_BOUNDS_MEMORY, outside);
            case ArithmeticException arithmetic -> new TrapException("integer divide by zero", arithmetic);
            default -> new TrapException("engine failure: " + thrown, thrown);
        };
    }

    private static RuntimeException unchanged(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            return exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return new UndeclaredThrowableException(thrown);
    }
}
