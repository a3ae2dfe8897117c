package dev.creel.conformance.abi;

import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.ExternType;
import dev.creel.component.binary.TypeDefinition;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceSubstitution;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.WorkBudget;
import dev.creel.component.wit.WitInterface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A host that offers a component exactly what it imports, so that a test needs no declarations. */
final class OfferedAsImported {
    private final Map<ResourceType, ResourceType> resources = new HashMap<>();
    private final ResourceSubstitution substitution = new ResourceSubstitution(
            resource -> resources.getOrDefault(resource, resource),
            new WorkBudget(1_000_000, IllegalStateException::new));
    private final List<HostInterface> offered = new ArrayList<>();

    private OfferedAsImported() {}

    /** {@code body} makes what runs from interface name and function name. Resources are Java objects that nobody drops. */
    static HostInterfaces of(ComponentDefinition component, BiFunction<String, String, HostFunction> body) {
        var made = new OfferedAsImported();
        component.type().imports().forEach((name, type) -> {
            if (type instanceof ExternType.Instance(var exports)) {
                made.offer(name, exports, body);
            }
        });
        return HostInterfaces.of(made.offered);
    }

    private void offer(
            String interfaceName, Map<String, ExternType> exports, BiFunction<String, String, HostFunction> body) {
        var functions = new LinkedHashMap<String, FuncType>();
        var defined = new LinkedHashMap<String, ResourceType.Host>();
        exports.forEach((name, type) -> {
            if (type instanceof ExternType.Type(TypeDefinition.Resource(var resource))
                    && !resources.containsKey(resource)) {
                var own = new ResourceType.Host(interfaceName, name);
                resources.put(resource, own);
                defined.put(name, own);
            }
        });
        exports.forEach((name, type) -> {
            if (type instanceof ExternType.Func(var func)) {
                functions.put(name, substitution.in(func));
            }
        });
        var host = HostInterface.of(new WitInterface(interfaceName, Map.of(), defined, functions));
        defined.keySet().forEach(name -> host.resource(name, Object.class, object -> {}));
        functions.keySet().forEach(name -> host.function(name, body.apply(interfaceName, name)));
        offered.add(host.build());
    }
}
