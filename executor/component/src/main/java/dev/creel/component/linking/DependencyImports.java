package dev.creel.component.linking;

import static dev.creel.component.linking.HostImports.path;
import static dev.creel.component.linking.HostImports.refused;

import dev.creel.component.binary.Definition;
import dev.creel.component.binary.ExternType;
import dev.creel.component.binary.TypeDefinition;
import dev.creel.component.core.LinkException;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.TypeComparison;
import dev.creel.component.type.WorkBudget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Satisfies imports of a root component from what other components export, and all others from a host. What is exported must
 * fit what is imported: at least the same functions with the same types, over the same resources. Resources that an import
 * introduces become those of the exporting component's instance.
 */
final class DependencyImports implements Frame.Imports {
    private final Map<String, Given> given;
    private final HostImports host;
    private final TypeComparison comparison;

    /**
     * What satisfies an import.
     *
     * @param dependency who gives it, for messages
     * @param export name of the export
     * @param value the export
     */
    record Given(String dependency, String export, Value value) {}

    /** @param given import name → what satisfies it */
    DependencyImports(Map<String, Given> given, HostImports host, WorkBudget work) {
        this.given = given;
        this.host = host;
        this.comparison = new TypeComparison(Objects::equals, work);
    }

    @Override
    public Value find(Frame frame, Definition.Import imported) {
        var name = imported.name().name();
        var one = given.get(name);
        return one == null ? host.find(frame, imported) : fitting(frame, one, name, imported.type(), one.value());
    }

    /** What core functions, and all that no dependency gives, come from. */
    HostImports host() {
        return host;
    }

    /** The function {@code name} of what is imported as {@code interfaceName}; by its own name if that is empty. */
    Value.Func function(String interfaceName, String name, FuncType type) {
        var one = given.get(interfaceName.isEmpty() ? name : interfaceName);
        if (one == null) {
            return host.function(interfaceName, name, type);
        }
        var path = path(interfaceName, name);
        return function(one, path, type, interfaceName.isEmpty() ? one.value() : item(one, path, name));
    }

    /** The resource {@code name} of what is imported as {@code interfaceName}. */
    ResourceType resource(String interfaceName, String name) {
        var one = given.get(interfaceName);
        return one == null
                ? host.resource(interfaceName, name)
                : resource(one, path(interfaceName, name), item(one, path(interfaceName, name), name));
    }

    private Value fitting(Frame frame, Given one, String path, ExternType type, Value value) {
        return switch (type) {
            case ExternType.Func(var func) -> function(one, path, frame.concrete(func), value);
            case ExternType.Instance(var exports) -> instance(frame, one, path, exports, value);
            case ExternType.Type(TypeDefinition.Resource(var wanted)) -> {
                var actual = resource(one, path, value);
                frame.bind(wanted, actual);
                if (!frame.bound(wanted).equals(actual)) {
                    throw unfit(one, path, "is another resource than the one that is imported elsewhere");
                }
                yield new Value.Type(Optional.of(actual));
            }
            // Named types are of interest only where functions use them, and there they are compared.
            case ExternType.Type _ -> new Value.Type(Optional.empty());
            case ExternType.Component _, ExternType.Module _ ->
                throw refused(path, "only instances, functions and types can come from a dependency");
        };
    }

    private Value.Instance instance(Frame frame, Given one, String path, Map<String, ExternType> exports, Value value) {
        if (!(value instanceof Value.Instance(var offered))) {
            throw unfit(one, path, "is no instance");
        }
        var values = new LinkedHashMap<String, Value>();
        exports.forEach((name, type) -> {
            var item = offered.get(name);
            boolean plainType =
                    type instanceof ExternType.Type(var defined) && !(defined instanceof TypeDefinition.Resource);
            values.put(
                    name,
                    plainType
                            ? new Value.Type(Optional.empty())
                            : fitting(frame, one, path(path, name), type, present(one, path(path, name), item)));
        });
        return new Value.Instance(values);
    }

    private Value.Func function(Given one, String path, FuncType type, Value value) {
        if (!(value instanceof Value.Func function)) {
            throw unfit(one, path, "is no function");
        }
        comparison.difference(type, function.type(), true).ifPresent(difference -> {
            throw unfit(one, path, "has another type: " + difference);
        });
        return function;
    }

    private static ResourceType resource(Given one, String path, Value value) {
        if (value instanceof Value.Type(var resource) && resource.isPresent()) {
            return resource.get();
        }
        throw unfit(one, path, "is no resource");
    }

    private static Value item(Given one, String path, String name) {
        if (!(one.value() instanceof Value.Instance(var offered))) {
            throw unfit(one, path, "is no instance");
        }
        return present(one, path, offered.get(name));
    }

    private static Value present(Given one, String path, @Nullable Value value) {
        if (value == null) {
            throw unfit(one, path, "is missing");
        }
        return value;
    }

    private static LinkException unfit(Given one, String path, String why) {
        return LinkException.ofDependency(
                one.dependency(), "its export '" + one.export() + "' does not fit: imports." + path + " " + why);
    }
}
