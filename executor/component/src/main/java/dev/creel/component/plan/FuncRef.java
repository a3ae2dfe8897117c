package dev.creel.component.plan;

import dev.creel.component.type.FuncType;

/** A component function: the host's, or a lifted core function. Aliases and re-exports have vanished. */
public sealed interface FuncRef {
    /** Its type, resources resolved. */
    FuncType type();

    /**
     * A function of the host.
     *
     * @param interfaceName as the component imports it; empty for a function imported by its own plain name
     * @param name e.g. {@code [method]pollable.ready}
     * @param index in {@link Plan#hostFunctions()}
     * @param host whose function it is: 0 for the host that is linked with, {@code n} for number {@code n - 1} of {@link
     *     Plan#dependencyHosts()}
     */
    record Host(String interfaceName, String name, FuncType type, int index, int host) implements FuncRef {
        /** A function of the host that is linked with. */
        public Host(String interfaceName, String name, FuncType type, int index) {
            this(interfaceName, name, type, index, 0);
        }
    }

    /**
     * {@code canon lift}.
     *
     * @param instance component instance that is entered
     */
    record Lifted(CoreRef core, FuncType type, CanonOptions options, int instance) implements FuncRef {}
}
