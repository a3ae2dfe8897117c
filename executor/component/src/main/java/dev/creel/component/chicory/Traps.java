package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import java.lang.reflect.UndeclaredThrowableException;

/** Turns whatever comes out of guest code into what the engine port promises. */
final class Traps {
    static final String OUT_OF_BOUNDS_MEMORY = "out of bounds memory access";
    static final String OUT_OF_BOUNDS_TABLE = "out of bounds table access";
    static final String STACK_EXHAUSTED = "call stack exhausted";

    private Traps() {}

    /**
     * The exception to throw at the boundary for {@code thrown}: a trap, or what a host function threw, unchanged. Errors of
     * host functions are thrown from here.
     */
    static RuntimeException of(Throwable thrown) {
        return switch (thrown) {
            case HostUnwinding unwinding -> unchanged(unwinding.thrown());
            case TrapException trap -> trap;
            case ChicoryInterruptedException interrupted -> new InterruptedGuestException();
            case StackOverflowError overflow -> new TrapException(STACK_EXHAUSTED);
            case OutOfMemoryError memory -> new TrapException("out of memory in the host", memory);
            case WasmException uncaught -> new TrapException("uncaught exception of the guest", uncaught);
            case IndexOutOfBoundsException outside -> new TrapException(OUT_OF_BOUNDS_MEMORY, outside);
            case ArithmeticException arithmetic -> new TrapException("integer divide by zero", arithmetic);
            case ChicoryException chicory -> new TrapException(named(chicory), chicory);
            default -> new TrapException("engine failure: " + thrown, thrown);
        };
    }

    private static String named(ChicoryException thrown) {
        var message = String.valueOf(thrown.getMessage());
        if (message.startsWith("Trapped on unreachable")) {
            return "unreachable";
        }
        // How calls of a type that very many functions have say that this is none of them.
        if (message.startsWith("unknown function")) {
            return "indirect call type mismatch";
        }
        if (message.startsWith("uninitialized element")) {
            return "uninitialized element";
        }
        if (message.startsWith(OUT_OF_BOUNDS_MEMORY)) {
            return OUT_OF_BOUNDS_MEMORY;
        }
        if (message.startsWith("unaligned atomic")) {
            return "unaligned atomic";
        }
        return message;
    }

    /** What a host function threw, which no guest's frame touched. */
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
