package dev.creel.component.linking;

import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.Decoded;
import dev.creel.component.binary.Definition;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.binary.ModuleDefinition;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.linking.DependencyImports.Given;
import dev.creel.component.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates a component once, symbolically, with a host's offers and the exports of its dependencies as imports. */
public final class Planner {
    private static final int OWN_HOST = 0;

    private final PlanBuilder plan;
    /** The component instance around the component and its dependencies, or -1. */
    private final int around;

    /**
     * A component whose exports satisfy imports of another.
     *
     * @param name for messages
     * @param host what satisfies its own imports
     * @param exports import of the other → the export that satisfies it
     */
    public record Part(String name, Decoded decoded, HostInterfaces host, Map<String, String> exports) {}

    private Planner(PlanBuilder plan, int around) {
        this.plan = plan;
        this.around = around;
    }

    /**
     * The plan: dependencies first, one instance of each; nested components inlined, aliases followed, resources told apart.
     *
     * @throws InvalidComponentException naming the feature that nothing can be linked with yet
     * @throws LinkException naming the import that the host or a dependency lacks or has with another type
     */
    public static Plan plan(Decoded component, HostInterfaces host, List<Part> dependencies, ComponentLimits limits) {
        var plan = new PlanBuilder(limits);
        var planner = new Planner(plan, dependencies.isEmpty() ? -1 : plan.newInstance(-1));
        var given = new HashMap<String, Given>();
        for (var part : dependencies) {
            int number = part.host() == host ? OWN_HOST : plan.dependencyHost(part.host());
            planner.add(part, number, given);
        }
        return plan.plan(planner.evaluate(component, given, host, OWN_HOST));
    }

    private void add(Part part, int hostNumber, Map<String, Given> given) {
        Map<String, Value> exports;
        try {
            exports = evaluate(part.decoded(), Map.of(), part.host(), hostNumber);
        } catch (LinkException e) {
            throw e.within(part.name());
        } catch (InvalidComponentException e) {
            throw LinkException.ofDependency(part.name(), String.valueOf(e.getMessage()));
        }
        part.exports().forEach((wanted, export) -> {
            var value = exports.get(export);
            if (value == null) {
                throw LinkException.ofDependency(
                        part.name(),
                        "it does not export '" + export + "'; it exports "
                                + (exports.isEmpty() ? "nothing" : String.join(", ", exports.keySet())));
            }
            var other = given.putIfAbsent(wanted, new Given(part.name(), export, value));
            if (other != null) {
                throw LinkException.ofDependency(
                        part.name(),
                        "dependency '" + other.dependency() + "' satisfies the import '" + wanted + "', too");
            }
        });
    }

    private Map<String, Value> evaluate(
            Decoded component, Map<String, Given> given, HostInterfaces host, int hostNumber) {
        var imports = new DependencyImports(given, new HostImports(host, hostNumber, plan.work), plan.work);
        return switch (component) {
            case ComponentDefinition composed -> {
                refuseLaterImports(composed);
                yield new Frame(plan, null, around, imports).evaluate(composed.definitions());
            }
            case ModuleDefinition module -> ModulePlanner.evaluate(module, plan, around, imports);
        };
    }

    private static void refuseLaterImports(ComponentDefinition component) {
        for (var definition : component.definitions()) {
            if (definition instanceof Definition.Import imported
                    && imported.later().isPresent()) {
                throw imported.later().get().refusal();
            }
        }
    }
}
