package dev.creel.conformance.run;

/** A trial needs what an earlier trial of its script should have made. If that one is skipped, so is this one. */
public final class DependsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is missing; empty for what the trial before made. */
    public DependsException(String name) {
        super("needs what an earlier command makes" + (name.isEmpty() ? "" : ": " + name));
    }
}
