package dev.creel.component.linking;

import dev.creel.component.binary.ExternType;
import dev.creel.component.binary.TypeDefinition;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.type.FuncType;
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
    private final TypeComparison comparison;

    HostImports(HostInterfaces host, WorkBudget work) {
        this.host = host;
        this.comparison = new TypeComparison(Objects::equals, work);
    }

    @Override
    public Value find(Frame frame, String name, ExternType type) {
        return switch (type) {
            case ExternType.Instance(var exports) -> instance(frame, name, exports);
            case ExternType.Func(var func) -> function(frame, host.find(""), "", name, func);
            case ExternType.Type(TypeDefinition.Resource(var resource)) -> resource(host.find(""), "", name);
            case ExternType.Type _ -> new Value.Type(Optional.empty());
            case ExternType.Component _ ->
                throw refused(name, "the component imports a component, and no host supplies those");
            case ExternType.Module _ ->
                throw refused(name, "the component imports a core module, and no host supplies those");
        };
    }

    private Value.Instance instance(Frame frame, String name, Map<String, ExternType> exports) {
        var offered = host.find(name);
        var values = new LinkedHashMap<String, Value>();
        exports.forEach((item, type) -> {
            var value = switch (type) {
                case ExternType.Func(var func) -> function(frame, offered, name, item, func);
                case ExternType.Type(TypeDefinition.Resource(var resource))
                when !frame.isBound(resource) -> {
                    var found = resource(offered, name, item);
                    found.resource().ifPresent(actual -> frame.bind(resource, actual));
                    yield found;
                }
                case ExternType.Type(TypeDefinition.Resource(var resource)) ->
                    new Value.Type(Optional.of(frame.bound(resource)));
                case ExternType.Type _ -> new Value.Type(Optional.empty());
                case ExternType.Instance _, ExternType.Component _, ExternType.Module _ ->
                    throw refused(path(name, item), "only functions and types can be imported from a host");
            };
            values.put(item, value);
        });
        return new Value.Instance(values);
    }

    private Value.Func function(
            Frame frame, Optional<HostInterface> offered, String interfaceName, String name, FuncType type) {
        var path = path(interfaceName, name);
        var declared = offer(offered, interfaceName, name).wit().functions().get(name);
        if (declared == null) {
            throw refused(path, "the host has no such function" + where(offered, interfaceName));
        }
        var concrete = frame.concrete(type);
        comparison.difference(concrete, declared, false).ifPresent(difference -> {
            throw refused(
                    path,
                    "the component and the host" + where(offered, interfaceName) + " differ in its type: "
                            + difference);
        });
        return new Value.OfHost(interfaceName, name, concrete);
    }

    private static Value.Type resource(Optional<HostInterface> offered, String interfaceName, String name) {
        var declared = offer(offered, interfaceName, name).wit().resources().get(name);
        if (declared == null) {
            throw refused(path(interfaceName, name), "the host has no such resource" + where(offered, interfaceName));
        }
        return new Value.Type(Optional.of(declared));
    }

    private static HostInterface offer(Optional<HostInterface> offered, String interfaceName, String name) {
        return offered.orElseThrow(() -> refused(
                interfaceName.isEmpty() ? name : interfaceName,
                interfaceName.isEmpty()
                        ? "the host offers nothing under a plain name"
                        : "the host offers no such interface, nor a compatible version of it"));
    }

    private static String path(String interfaceName, String name) {
        return interfaceName.isEmpty() ? name : interfaceName + "." + name;
    }

    private static String where(Optional<HostInterface> offered, String interfaceName) {
        return offered.filter(one -> !one.name().equals(interfaceName))
                .map(one -> " (" + one.name() + ")")
                .orElse("");
    }

    private static LinkException refused(String path, String why) {
        return new LinkException("imports." + path + ": " + why);
    }
}
