package dev.creel.component.linking;

import dev.creel.component.binary.Definition;
import dev.creel.component.binary.ExternType;
import dev.creel.component.binary.TypeDefinition;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.CoreHostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.TypeComparison;
import dev.creel.component.type.WorkBudget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Satisfies the imports of a root component from a host. Only what the component names is looked at: an interface of the host may
 * offer more, and types that no function mentions are nobody's concern.
 */
final class HostImports implements Frame.Imports {
    private final HostInterfaces host;
    private final int number;
    private final TypeComparison comparison;

    /** @param number of the host in the plan */
    HostImports(HostInterfaces host, int number, WorkBudget work) {
        this.host = host;
        this.number = number;
        this.comparison = new TypeComparison(Objects::equals, work);
    }

    @Override
    public Value find(Frame frame, Definition.Import imported) {
        var name = imported.name().name();
        return switch (imported.type()) {
            case ExternType.Instance(var exports) ->
                instance(frame, imported.name().implementing().orElse(name), exports);
            case ExternType.Func(var func) -> function("", name, frame.concrete(func));
            case ExternType.Type(TypeDefinition.Resource(var resource)) ->
                new Value.Type(Optional.of(resource("", name)));
            case ExternType.Type _ -> new Value.Type(Optional.empty());
            case ExternType.Component _ ->
                throw refused(name, "the component imports a component, and no host supplies those");
            case ExternType.Module _ ->
                throw refused(name, "the component imports a core module, and no host supplies those");
        };
    }

    private Value.Instance instance(Frame frame, String name, Map<String, ExternType> exports) {
        var values = new LinkedHashMap<String, Value>();
        exports.forEach((item, type) -> {
            var value = switch (type) {
                case ExternType.Func(var func) -> function(name, item, frame.concrete(func));
                case ExternType.Type(TypeDefinition.Resource(var resource)) -> {
                    if (!frame.isBound(resource)) {
                        frame.bind(resource, resource(name, item));
                    }
                    yield new Value.Type(Optional.of(frame.bound(resource)));
                }
                case ExternType.Type _ -> new Value.Type(Optional.empty());
                case ExternType.Instance _, ExternType.Component _, ExternType.Module _ ->
                    throw refused(path(name, item), "only functions and types can be imported from a host");
            };
            values.put(item, value);
        });
        return new Value.Instance(values);
    }

    /** The host's function, if it has this type; an empty interface name means a function under its own name. */
    Value.OfHost function(String interfaceName, String name, FuncType type) {
        var path = path(interfaceName, name);
        var offered = offer(interfaceName, name);
        var declared = offered.wit().functions().get(name);
        if (declared == null) {
            throw refused(path, "the host has no such function" + where(offered, interfaceName));
        }
        comparison.difference(type, declared, false).ifPresent(difference -> {
            throw refused(
                    path,
                    "the component and the host" + where(offered, interfaceName) + " differ in its type: "
                            + difference);
        });
        return new Value.OfHost(interfaceName, name, type, number);
    }

    /** The host's resource, the same for all compatible versions of an interface. */
    ResourceType resource(String interfaceName, String name) {
        var offered = offer(interfaceName, name);
        var declared = offered.wit().resources().get(name);
        if (declared == null) {
            throw refused(path(interfaceName, name), "the host has no such resource" + where(offered, interfaceName));
        }
        return declared;
    }

    /** A core function of the host. */
    CoreHostFunction core(String module, String name) {
        return host.findCore(module, name)
                .orElseThrow(() -> refused(path(module, name), "the host has no such core function"));
    }

    /** Which host of the plan this is. */
    int number() {
        return number;
    }

    private HostInterface offer(String interfaceName, String name) {
        return host.find(interfaceName)
                .orElseThrow(() -> refused(
                        interfaceName.isEmpty() ? name : interfaceName,
                        interfaceName.isEmpty()
                                ? "the host offers nothing under a plain name"
                                : "the host offers no such interface, nor a compatible version of it"));
    }

    static String path(String interfaceName, String name) {
        return interfaceName.isEmpty() ? name : interfaceName + "." + name;
    }

    private static String where(HostInterface offered, String interfaceName) {
        return offered.name().equals(interfaceName) ? "" : " (" + offered.name() + ")";
    }

    static LinkException refused(String path, String why) {
        return new LinkException("imports." + path + ": " + why);
    }
}
