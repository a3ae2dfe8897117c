package dev.creel.conformance.run;

/** A program that a suite needs before it can be played is not on this machine. The message says which, and what for. */
public final class MissingToolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is missing. */
    public MissingToolException(String message) {
        super(message);
    }
}
