package dev.creel.component.plan;

import dev.creel.component.type.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instruction of a plan. */
public sealed interface Step {
    /**
     * Makes the runtime state of a component instance: handle table, may-enter, may-leave.
     *
     * @param instance its number, counted from 0 in step order
     * @param parent the instance around it, or -1 for the root
     */
    record NewInstance(int instance, int parent) implements Step {}

    /**
     * Defines a resource type.
     *
     * @param instance the component instance that implements it
     * @param destructor core function (i32) → (), or null
     */
    record DefineResource(
            ResourceType.Guest resource,
            int instance,
            @Nullable CoreRef destructor) implements Step {}

    /**
     * Instantiates a core module; its start function runs in the name of {@code instance}.
     *
     * @param module index in {@link Plan#modules()}
     * @param imports one for each import of the module, in module order
     * @param coreInstance number of the result, counted from 0 in step order
     */
    record Instantiate(int module, List<CoreRef> imports, int coreInstance, int instance) implements Step {}

    /**
     * Calls a core function without parameters or results, e.g. a reactor module's {@code _initialize}. It was made by an earlier
     * step.
     */
    record Call(CoreRef function) implements Step {}
}
