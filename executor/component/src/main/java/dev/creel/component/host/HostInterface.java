package dev.creel.component.host;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.wit.WitInterface;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * An interface that the host offers: its WIT declaration with a Java function behind each function and a Java class behind
 * each resource. Immutable once built; shared by all components of a process.
 */
public final class HostInterface {
    private final WitInterface wit;
    private final Map<String, HostFunction> functions;
    private final Map<String, HostResource<?>> resources;

    private HostInterface(
            WitInterface wit, Map<String, HostFunction> functions, Map<String, HostResource<?>> resources) {
        this.wit = wit;
        this.functions = Map.copyOf(functions);
        this.resources = Map.copyOf(resources);
    }

    /** Starts to bind {@code wit}. */
    public static Builder of(WitInterface wit) {
        return new Builder(wit);
    }

    /** Full name with version, e.g. {@code wasi:io/poll@0.2.12}. */
    public String name() {
        return wit.name();
    }

    /** The declaration. */
    public WitInterface wit() {
        return wit;
    }

    /** Canonical name → what runs; exactly the functions of the declaration. */
    public Map<String, HostFunction> functions() {
        return functions;
    }

    /** Name → Java class; exactly the resources that the declaration defines. */
    public Map<String, HostResource<?>> resources() {
        return resources;
    }

    /** The same declaration and resources with other functions behind it: {@code make} is told each name and what was there. */
    public HostInterface withFunctions(BiFunction<String, HostFunction, HostFunction> make) {
        var others = new LinkedHashMap<String, HostFunction>();
        functions.forEach((name, body) -> others.put(name, make.apply(name, body)));
        return new HostInterface(wit, others, resources);
    }

    /** Binds functions and resources one by one. Not thread-safe. */
    public static final class Builder {
        private final WitInterface wit;
        private final Map<String, HostFunction> functions = new LinkedHashMap<>();
        private final Map<String, HostResource<?>> resources = new LinkedHashMap<>();

        private Builder(WitInterface wit) {
            this.wit = wit;
        }

        /** Puts {@code body} behind the function with this canonical name. */
        public Builder function(String name, HostFunction body) {
            if (!wit.functions().containsKey(name)) {
                throw new IllegalArgumentException(wit.name() + " declares no function " + name);
            }
            if (functions.put(name, body) != null) {
                throw new IllegalArgumentException(wit.name() + " " + name + " is bound twice");
            }
            return this;
        }

        /** Puts objects of {@code javaType} behind the resource; {@code drop} frees one. */
        public <T> Builder resource(String name, Class<T> javaType, HostResource.Drop<T> drop) {
            if (!wit.resources().containsKey(name)) {
                throw new IllegalArgumentException(wit.name() + " declares no resource " + name);
            }
            resources.put(name, new HostResource<>(name, javaType, drop));
            return this;
        }

        /** Puts {@code body} behind every function that has none yet; {@code body} is told which by {@code make}. */
        public Builder others(BiFunction<String, FuncType, HostFunction> make) {
            wit.functions().forEach((name, type) -> functions.computeIfAbsent(name, n -> make.apply(n, type)));
            return this;
        }

        /**
         * The interface.
         *
         * @throws IllegalStateException naming what is not bound
         */
        public HostInterface build() {
            for (var name : wit.functions().keySet()) {
                if (!functions.containsKey(name)) {
                    throw new IllegalStateException(wit.name() + " " + name + " is not bound");
                }
            }
            for (Map.Entry<String, ResourceType.Host> resource : wit.resources().entrySet()) {
                if (!resources.containsKey(resource.getKey())) {
                    throw new IllegalStateException(wit.name() + " resource " + resource.getKey() + " is not bound");
                }
            }
            return new HostInterface(wit, functions, resources);
        }
    }
}
