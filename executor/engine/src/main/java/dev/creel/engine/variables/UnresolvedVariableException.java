package dev.creel.engine.variables;

/** An application variable has no value now. Expected, so it carries no stack trace. */
public final class UnresolvedVariableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code message} is what a guest is told. */
    public UnresolvedVariableException(String message) {
        super(message, null, false, false);
    }

    /** No provider has a value for this required variable, and it has no default. */
    static UnresolvedVariableException required(String name) {
        return new UnresolvedVariableException("no provider resolved required variable \"" + name + "\"");
    }
}
