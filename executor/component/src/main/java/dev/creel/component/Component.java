package dev.creel.component;

import dev.creel.component.binary.ComponentDecoder;
import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.CoreWorld;
import dev.creel.component.binary.Decoded;
import dev.creel.component.binary.Definition;
import dev.creel.component.binary.ModuleDecoder;
import dev.creel.component.binary.ModuleDefinition;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.linking.Planner;
import dev.creel.component.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A decoded and validated component, or a core module that carries the types of one. Immutable. It holds its core modules parsed,
 * which may take much memory: plan, link, and let go of it.
 */
public final class Component {
    private final Decoded decoded;
    private final ComponentLimits limits;

    /**
     * A component whose exports satisfy imports of another: one instance of it lives beside each instance of the other.
     *
     * @param name what messages call it
     * @param component itself
     * @param host what its own imports are satisfied from
     * @param exports import of the other component → the export that satisfies it, by their full names
     */
    public record Dependency(String name, Component component, HostInterfaces host, Map<String, String> exports) {}

    private Component(Decoded decoded, ComponentLimits limits) {
        this.decoded = decoded;
        this.limits = limits;
    }

    /**
     * Decodes and validates a component, or a core module that runs as one: with {@code component-type} sections, as guest
     * toolchains make it before componentizing, or a command of WASI preview 1, which exports {@code _start}. For deploy time: parsing large core modules takes seconds.
     *
     * @throws dev.creel.component.binary.InvalidComponentException saying what is wrong and where, or what else this is
     */
    public static Component decode(byte[] bytes, CoreEngine engine, ComponentLimits limits) {
        return decode(bytes, engine, limits, CoreWorld.NONE);
    }

    /** The same; core modules without such sections may be of {@code world}. */
    public static Component decode(byte[] bytes, CoreEngine engine, ComponentLimits limits, CoreWorld world) {
        var decoded = switch (ComponentDecoder.preamble(bytes)) {
            case COMPONENT -> ComponentDecoder.decode(bytes, engine, limits);
            case MODULE -> ModuleDecoder.decode(bytes, engine, limits, world);
        };
        return new Component(decoded, limits);
    }

    /** Names of what it imports, in order. */
    public List<String> imports() {
        return switch (decoded) {
            case ComponentDefinition definition ->
                List.copyOf(definition.type().imports().keySet());
            case ModuleDefinition definition ->
                definition.module().imports().stream()
                        .map(one -> one.module().equals("$root") ? one.name() : one.module())
                        .distinct()
                        .toList();
        };
    }

    /** Names of what it exports, in order. */
    public List<String> exports() {
        return switch (decoded) {
            case ComponentDefinition definition ->
                List.copyOf(definition.type().exports().keySet());
            case ModuleDefinition definition ->
                definition.exports().stream()
                        .map(one -> one.interfaceName().isEmpty() ? one.name() : one.interfaceName())
                        .distinct()
                        .toList();
        };
    }

    /**
     * Links it with what {@code host} offers, without running anything.
     *
     * @throws dev.creel.component.binary.InvalidComponentException naming the feature, of WASI 0.3 for instance, that the component
     *     needs and that nothing can be linked with yet
     * @throws dev.creel.component.core.LinkException naming the import that {@code host} lacks or has with another type, e.g.
     *     {@code imports.wasi:http/types@0.2.0.[method]fields.get}
     */
    public Plan plan(HostInterfaces host) {
        return plan(host, List.of());
    }

    /**
     * Links it with what {@code dependencies} export, each instantiated once, and for all other imports with {@code host}, without
     * running anything. Dependencies do not satisfy imports of each other.
     *
     * @throws dev.creel.component.core.LinkException naming the dependency that lacks an export, exports it with another type, or
     *     cannot be linked itself; or the import that {@code host} lacks or has with another type
     */
    public Plan plan(HostInterfaces host, List<Dependency> dependencies) {
        var parts = dependencies.stream()
                .map(one -> new Planner.Part(one.name(), one.component().decoded, one.host(), one.exports()))
                .toList();
        return Planner.plan(decoded, host, parts, limits);
    }

    /**
     * Its core modules in the order of its bytes, those of nested components included: the same for the same bytes, so that a
     * number names a module.
     */
    public List<CoreModule> modules() {
        var all = new ArrayList<CoreModule>();
        switch (decoded) {
            case ComponentDefinition definition -> addModules(definition, all);
            case ModuleDefinition definition -> all.add(definition.module());
        }
        return all;
    }

    private static void addModules(ComponentDefinition component, List<CoreModule> all) {
        for (var definition : component.definitions()) {
            if (definition instanceof Definition.Module(var module)) {
                all.add(module);
            } else if (definition instanceof Definition.Nested(var nested)) {
                addModules(nested, all);
            }
        }
    }

    /** Whether it is a core module that carries the types of a component. */
    public boolean isModule() {
        return decoded instanceof ModuleDefinition;
    }
}
