package dev.creel.component.host;

import org.jspecify.annotations.Nullable;

/**
 * A function that the host offers to guests. Runs on the guest's thread; may block it. Any exception unwinds the guest and
 * kills its store; errors that the interface knows are values.
 */
@FunctionalInterface
public interface HostFunction {
    /**
     * @param store whose guest calls; {@link Store#context} finds the host's own state
     * @param args as {@link dev.creel.component.type.ValType} says, already checked against the declared types
     * @return the result in the same form; null if the function has none
     */
    @Nullable
    Object call(Store store, Object[] args);
}
