package dev.creel.component.core;

/** The thread of a guest was interrupted, by its deadline or because nobody waits for it. The store is dead. */
public final class InterruptedGuestException extends TrapException {
    private static final long serialVersionUID = 1L;

    /** Stopped while running. */
    public InterruptedGuestException() {
        super("interrupted");
    }
}
