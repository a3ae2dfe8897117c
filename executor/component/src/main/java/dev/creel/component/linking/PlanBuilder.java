package dev.creel.component.linking;

import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.plan.Plan;
import dev.creel.component.plan.PlanExport;
import dev.creel.component.plan.Step;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.WorkBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the steps of one plan, over all frames. */
final class PlanBuilder {
    final WorkBudget work;
    private final ComponentLimits limits;
    private final List<CoreModule> modules = new ArrayList<>();
    private final IdentityHashMap<CoreModule, Integer> moduleNumbers = new IdentityHashMap<>();
    private final List<FuncRef.Host> hostFunctions = new ArrayList<>();
    private final Map<HostName, FuncRef.Host> hostFunctionsByName = new HashMap<>();
    private final List<HostInterfaces> dependencyHosts = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private int instances;
    private int coreInstances;
    private int resources;

    private record HostName(String interfaceName, String name, int host) {}

    PlanBuilder(ComponentLimits limits) {
        this.limits = limits;
        this.work = new WorkBudget(
                limits.typeWork(), () -> new LinkException("linking the types of this component takes too many steps"));
    }

    /** The number of a dependency's host, by which its functions refer to it. */
    int dependencyHost(HostInterfaces host) {
        int known = dependencyHosts.indexOf(host);
        if (known < 0) {
            known = dependencyHosts.size();
            dependencyHosts.add(host);
        }
        return known + 1;
    }

    int newInstance(int parent) {
        count();
        steps.add(new Step.NewInstance(instances, parent));
        return instances++;
    }

    ResourceType.Guest defineResource(int instance, @Nullable CoreRef destructor) {
        var resource = new ResourceType.Guest(resources++);
        steps.add(new Step.DefineResource(resource, instance, destructor));
        return resource;
    }

    int instantiate(CoreModule module, List<CoreRef> imports, int instance) {
        count();
        int number = moduleNumbers.computeIfAbsent(module, one -> {
            modules.add(one);
            return modules.size() - 1;
        });
        steps.add(new Step.Instantiate(number, List.copyOf(imports), coreInstances, instance));
        return coreInstances++;
    }

    /** The number that the next {@link #instantiate} will answer: a core module's imports may work on its own memory. */
    int nextCoreInstance() {
        return coreInstances;
    }

    void call(CoreRef function) {
        steps.add(new Step.Call(function));
    }

    private void count() {
        if (instances + coreInstances >= limits.instances()) {
            throw new LinkException(
                    "linked together, the component has more than " + limits.instances() + " instances");
        }
    }

    /** The function as the plan refers to it; the host's are listed once each. */
    FuncRef reference(Value.Func function) {
        return switch (function) {
            case Value.Lifted(var lifted) -> lifted;
            case Value.Later(var feature) -> throw feature.refusal();
            case Value.OfHost(var interfaceName, var name, var type, var host) ->
                hostFunctionsByName.computeIfAbsent(new HostName(interfaceName, name, host), key -> {
                    var made = new FuncRef.Host(interfaceName, name, type, hostFunctions.size(), host);
                    hostFunctions.add(made);
                    return made;
                });
        };
    }

    Plan plan(Map<String, Value> exports) {
        var tree = exports(exports);
        return new Plan(
                List.copyOf(modules),
                List.copyOf(hostFunctions),
                List.copyOf(steps),
                tree,
                List.copyOf(dependencyHosts));
    }

    private Map<String, PlanExport> exports(Map<String, Value> values) {
        var exports = new LinkedHashMap<String, PlanExport>();
        values.forEach((name, value) -> {
            work.spend(1);
            switch (value) {
                case Value.Func function -> exports.put(name, new PlanExport.Func(reference(function)));
                case Value.Instance(var inner) -> exports.put(name, new PlanExport.Instance(exports(inner)));
                case Value.Component _, Value.Module _, Value.Type _ -> {}
            }
        });
        return exports;
    }
}
