package dev.creel.component.core;

/** An engine that only runs was given a module whose code nobody has compiled, or whose code is lost. */
public final class NotCompiledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what names the module's code */
    public NotCompiledException(String what) {
        super(what + " is not compiled");
    }
}
