package dev.creel.component.linking;

import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.Definition;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.plan.Plan;

/** Evaluates a component once, symbolically, with a host's offers as imports. */
public final class Planner {
    private Planner() {}

    /**
     * The plan: nested components inlined, aliases followed, resources told apart.
     *
     * @throws dev.creel.component.binary.InvalidComponentException naming the feature that nothing can be linked with yet
     * @throws dev.creel.component.core.LinkException naming the import that the host lacks or has with another type
     */
    public static Plan plan(ComponentDefinition component, HostInterfaces host, ComponentLimits limits) {
        for (var definition : component.definitions()) {
            if (definition instanceof Definition.Import imported
                    && imported.later().isPresent()) {
                throw imported.later().get().refusal();
            }
        }
        var plan = new PlanBuilder(limits);
        var root = new Frame(plan, null, -1, new HostImports(host, plan.work));
        return plan.plan(root.evaluate(component.definitions()));
    }
}
