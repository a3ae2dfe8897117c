package dev.creel.component;

import dev.creel.component.abi.Callee;
import dev.creel.component.abi.InstanceTree;
import dev.creel.component.type.FuncType;
import org.jspecify.annotations.Nullable;

/** An exported function of one component instance. One thread at a time for the whole instance. */
public final class GuestFunction {
    private final InstanceTree tree;
    private final Callee callee;
    private final String name;

    GuestFunction(InstanceTree tree, Callee callee, String name) {
        this.tree = tree;
        this.callee = callee;
        this.name = name;
    }

    /** Its type. */
    public FuncType type() {
        return callee.type();
    }

    /**
     * Calls the guest on this thread and returns when it has returned. Whatever is thrown, but for a wrong number of arguments,
     * has killed the store. What an argument owns is the guest's as soon as the store was alive: it is freed also if the call fails.
     *
     * @param args in the form that {@link dev.creel.component.type.ValType} says
     * @return the result in that form, or null if the function has none
     * @throws dev.creel.component.core.TrapException if the guest traps, breaks the canonical ABI, or is dead since before
     * @throws IllegalArgumentException if an argument does not fit its type
     */
    public @Nullable Object call(Object... args) {
        int expected = callee.type().params().size();
        if (args.length != expected) {
            throw new IllegalArgumentException(name + " takes " + expected + " arguments, not " + args.length);
        }
        return tree.call(callee, args);
    }
}
