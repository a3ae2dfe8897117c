package dev.creel.component;

import dev.creel.component.binary.ComponentDecoder;
import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.linking.Planner;
import dev.creel.component.plan.Plan;
import java.util.List;

/**
 * A decoded and validated component. Immutable. It holds its core modules parsed, which may take much memory: plan, link, and let
 * go of it.
 */
public final class Component {
    private final ComponentDefinition definition;
    private final ComponentLimits limits;

    private Component(ComponentDefinition definition, ComponentLimits limits) {
        this.definition = definition;
        this.limits = limits;
    }

    /**
     * Decodes and validates. For deploy time: parsing large core modules takes seconds.
     *
     * @throws dev.creel.component.binary.InvalidComponentException saying what is wrong and where
     */
    public static Component decode(byte[] bytes, CoreEngine engine, ComponentLimits limits) {
        return new Component(ComponentDecoder.decode(bytes, engine, limits), limits);
    }

    /** Names of what it imports, in order. */
    public List<String> imports() {
        return List.copyOf(definition.type().imports().keySet());
    }

    /** Names of what it exports, in order. */
    public List<String> exports() {
        return List.copyOf(definition.type().exports().keySet());
    }

    /**
     * Links it with what {@code host} offers, without running anything.
     *
     * @throws dev.creel.component.core.LinkException naming the import that {@code host} lacks or has with another type, e.g.
     *     {@code imports.wasi:http/types@0.2.0.[method]fields.get}
     */
    public Plan plan(HostInterfaces host) {
        return Planner.plan(definition, host, limits);
    }
}
