package dev.creel.component.core;

/** A callable core function: a guest's, or one of the host's made with {@link #host}. */
public non-sealed interface CoreFunction extends CoreExtern {
    @Override
    CoreType.Func type();

    /**
     * Calls it.
     *
     * @param args raw bits, one for each parameter; a v128 has two, the lower half first
     * @return raw bits, one for each result, likewise; never null
     * @throws TrapException on a guest's trap; any other exception came from a host function below
     */
    long[] call(long... args);

    /** Body of a host function. Arguments belong to the callee. */
    @FunctionalInterface
    interface Body {
        /** Runs on the guest's thread. A {@link RuntimeException} unwinds the guest. */
        long[] call(long[] args);
    }

    /** A host function that core modules can import. */
    static CoreFunction host(String name, CoreFuncType type, Body body) {
        return new HostCoreFunction(name, new CoreType.Func(type), body);
    }
}
