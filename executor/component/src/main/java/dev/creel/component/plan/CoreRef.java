package dev.creel.component.plan;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.type.ResourceType;

/** Names something of core WebAssembly that exists once earlier steps have run. */
public sealed interface CoreRef {
    /**
     * An export of a core instance.
     *
     * @param instance number of the {@link Step.Instantiate} that makes it
     */
    record Export(int instance, String name) implements CoreRef {}

    /**
     * A component function as a core function ({@code canon lower}).
     *
     * @param caller component instance in whose name it is called
     */
    record Lowered(FuncRef function, CanonOptions options, int caller) implements CoreRef {}

    /** {@code resource.new}: rep → own handle in {@code instance}. */
    record ResourceNew(ResourceType.Guest resource, int instance) implements CoreRef {}

    /** {@code resource.rep}: handle → rep. */
    record ResourceRep(ResourceType.Guest resource, int instance) implements CoreRef {}

    /** {@code resource.drop}: drops a handle of {@code instance}. */
    record ResourceDrop(ResourceType resource, int instance) implements CoreRef {}

    /**
     * A core function of the host ({@link dev.creel.component.host.CoreHostFunction}), e.g. of WASI preview 1.
     *
     * @param memory the caller's memory; may name a core instance that a later step makes: it is looked up at the first call
     * @param host whose function it is, as for {@link FuncRef.Host}
     */
    record HostCore(String module, String name, CoreRef memory, int host) implements CoreRef {}

    /**
     * A built-in function of a later version, e.g. {@code task.return}: components that have it and never call it run, a call
     * traps.
     *
     * @param feature as messages name it
     * @param since what it belongs to, e.g. {@code WASI 0.3}
     */
    record Later(String feature, String since, CoreFuncType type, int instance) implements CoreRef {}
}
