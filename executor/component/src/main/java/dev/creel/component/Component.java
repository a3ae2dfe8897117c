package dev.creel.component;

import dev.creel.component.binary.ComponentDecoder;
import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.CoreWorld;
import dev.creel.component.binary.ModuleDecoder;
import dev.creel.component.binary.ModuleDefinition;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.linking.ModulePlanner;
import dev.creel.component.linking.Planner;
import dev.creel.component.plan.Plan;
import java.util.List;

/**
 * A decoded and validated component, or a core module that carries the types of one. Immutable. It holds its core modules parsed,
 * which may take much memory: plan, link, and let go of it.
 */
public final class Component {
    private final Form form;
    private final ComponentLimits limits;

    private sealed interface Form {
        record Composed(ComponentDefinition definition) implements Form {}

        record Module(ModuleDefinition definition) implements Form {}
    }

    private Component(Form form, ComponentLimits limits) {
        this.form = form;
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
        var form = switch (ComponentDecoder.preamble(bytes)) {
            case COMPONENT -> new Form.Composed(ComponentDecoder.decode(bytes, engine, limits));
            case MODULE -> new Form.Module(ModuleDecoder.decode(bytes, engine, limits, world));
        };
        return new Component(form, limits);
    }

    /** Names of what it imports, in order. */
    public List<String> imports() {
        return switch (form) {
            case Form.Composed(var definition) ->
                List.copyOf(definition.type().imports().keySet());
            case Form.Module(var definition) ->
                definition.module().imports().stream()
                        .map(one -> one.module().equals("$root") ? one.name() : one.module())
                        .distinct()
                        .toList();
        };
    }

    /** Names of what it exports, in order. */
    public List<String> exports() {
        return switch (form) {
            case Form.Composed(var definition) ->
                List.copyOf(definition.type().exports().keySet());
            case Form.Module(var definition) ->
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
        return switch (form) {
            case Form.Composed(var definition) -> Planner.plan(definition, host, limits);
            case Form.Module(var definition) -> ModulePlanner.plan(definition, host, limits);
        };
    }
}
