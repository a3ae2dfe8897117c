package dev.creel.component.core;

/** A guest broke the rules of WebAssembly and cannot go on: its whole store is dead. */
public class TrapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A trap that is described as the specification names it, e.g. {@code out of bounds memory access}. */
    public TrapException(String message) {
        super(message);
    }

    /** A trap with the engine's own exception below. */
    public TrapException(String message, Throwable cause) {
        super(message, cause);
    }
}
