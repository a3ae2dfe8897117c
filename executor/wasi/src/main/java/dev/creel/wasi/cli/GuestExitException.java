package dev.creel.wasi.cli;

/**
 * The guest ended itself: {@code wasi:cli/exit}, or {@code proc_exit} of preview 1. Unwinds the guest like a trap and leaves its
 * store dead, but nothing went wrong; whoever called the guest decides what an end means there.
 */
public final class GuestExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    /** Ended with {@code code}; 0 says that all is well. */
    public GuestExitException(int code) {
        super("the guest exited with code " + Integer.toUnsignedString(code), null, false, false);
        this.code = code;
    }

    /** What the guest gave; {@code wasi:cli/exit} knows only 0 and 1. */
    public int code() {
        return code;
    }

    /** Whether the guest says that all is well. */
    public boolean ok() {
        return code == 0;
    }
}
