package dev.creel.component.abi;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.Footprint;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.Plan;
import dev.creel.component.type.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A plan made ready to run: code compiled, host functions bound, layouts computed. Everything that instances need is found by
 * number. Immutable, thread-safe, and shared by all instances; it keeps no parsed module.
 */
public final class LinkedPlan {
    /** What instantiating does, one after the other. */
    sealed interface Action {}

    /**
     * A core module to instantiate.
     *
     * @param imports slots, in module order
     */
    record Instantiation(CoreCode code, int[] imports, int coreInstance) implements Action {}

    /**
     * A core function to call, without arguments.
     *
     * @param slot where it is
     */
    record Call(int slot) implements Action {}

    /** Canonical options and the component instance that they are for. */
    record InstanceCanon(Canon.Linked options, int instance) {}

    private final int instances;
    private final int coreInstances;
    private final Action[] actions;
    private final Binding[] bindings;
    private final InstanceCanon[] canons;
    private final Map<ResourceType, Resource> resources;
    private final Map<String, Map<String, Callee>> exports;

    LinkedPlan(
            int instances,
            int coreInstances,
            List<Action> actions,
            List<Binding> bindings,
            List<InstanceCanon> canons,
            Map<ResourceType, Resource> resources,
            Map<String, Map<String, Callee>> exports) {
        this.instances = instances;
        this.coreInstances = coreInstances;
        this.actions = actions.toArray(Action[]::new);
        this.bindings = bindings.toArray(Binding[]::new);
        this.canons = canons.toArray(InstanceCanon[]::new);
        this.resources = resources;
        this.exports = exports;
    }

    /**
     * Links {@code plan}.
     *
     * @param compile gives the code of each module of the plan, once each
     * @param calls what moves values across borders
     * @throws LinkException if the host does not offer what the plan names, or the plan needs what this runtime lacks
     */
    public static LinkedPlan of(
            Plan plan, Function<? super CoreModule, CoreCode> compile, HostInterfaces host, CallCode calls) {
        return new Linker(plan, host, new Codes(calls))
                .link(plan.modules().stream().map(compile).toList());
    }

    /** A new instance in {@code store}: runs the steps of the plan. */
    public InstanceTree instantiate(Store store) {
        return InstanceTree.of(this, store);
    }

    /** What its core modules hold. */
    public List<Footprint> footprints() {
        var all = new ArrayList<Footprint>();
        for (var action : actions) {
            if (action instanceof Instantiation made) {
                all.add(made.code().footprint());
            }
        }
        return all;
    }

    /** Exported functions by interface name ("" for those exported by their own name), then by name, in export order. */
    public Map<String, Map<String, Callee>> exports() {
        return exports;
    }

    int instances() {
        return instances;
    }

    int coreInstances() {
        return coreInstances;
    }

    Action[] actions() {
        return actions;
    }

    int slots() {
        return bindings.length;
    }

    Binding binding(int slot) {
        return bindings[slot];
    }

    int canons() {
        return canons.length;
    }

    InstanceCanon canon(int number) {
        return canons[number];
    }

    Resource.Guest resource(ResourceType type) {
        if (resources.get(type) instanceof Resource.Guest guest) {
            return guest;
        }
        throw new IllegalArgumentException("this component does not define " + type);
    }
}
