package dev.creel.component.binary;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreModule;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.Map;
import java.util.Optional;

/**
 * One definition of a component, validated. Each appends to the index space that its doc names; types have no entries here, since
 * they are resolved already.
 */
public sealed interface Definition {
    /** A core module. */
    record Module(CoreModule module) implements Definition {}

    /** A component within: a component. */
    record Nested(ComponentDefinition component) implements Definition {}

    /**
     * Instantiates a core module: a core instance.
     *
     * @param module index
     * @param args import module name → core instance
     */
    record InstantiateModule(int module, Map<String, Integer> args) implements Definition {}

    /** A core instance from parts. */
    record CoreBag(Map<String, Item.Indexed> exports) implements Definition {}

    /**
     * Instantiates a component: an instance.
     *
     * @param component index
     * @param args by import name
     * @param exports what the result looks like from here; resources new to this scope are bound by their names in it
     */
    record Instantiate(int component, Map<String, Item> args, Map<String, ExternType> exports) implements Definition {}

    /** An instance from parts. */
    record Bag(Map<String, Item> exports) implements Definition {}

    /** An export of an instance: an entry of {@code sort}, which is not TYPE. */
    record AliasExport(Sort sort, int instance, String name) implements Definition {}

    /** An export of a core instance: an entry of {@code sort}. */
    record AliasCoreExport(Sort sort, int instance, String name) implements Definition {}

    /** A core module or component of the component {@code up} levels around this one. */
    record AliasOuter(Sort sort, int up, int index) implements Definition {}

    /**
     * A resource type of this component.
     *
     * @param destructor index of a core function, or -1
     */
    record Resource(ResourceType.Abstract resource, int destructor) implements Definition {}

    /** {@code canon lift}: a function. */
    record Lift(int coreFunc, FuncType type, Options options) implements Definition {}

    /** A function that cannot be called yet: a function. */
    record LaterFunc(LaterFeature feature) implements Definition {}

    /** A core function of the canonical ABI that traps when it is called: a core function. */
    record LaterCoreFunc(LaterFeature feature, CoreFuncType type) implements Definition {}

    /** {@code canon lower}: a core function. */
    record Lower(int func, Options options) implements Definition {}

    /** {@code canon resource.new}: a core function. */
    record ResourceNew(ResourceType resource) implements Definition {}

    /** {@code canon resource.rep}: a core function. */
    record ResourceRep(ResourceType resource) implements Definition {}

    /** {@code canon resource.drop}: a core function. */
    record ResourceDrop(ResourceType resource) implements Definition {}

    /**
     * An import: an entry of its sort.
     *
     * @param later what it mentions that no host can supply yet
     */
    record Import(AttributedName name, ExternType type, Optional<LaterFeature> later) implements Definition {}

    /** An export, and the same again as an entry of its sort. Resources that {@code type} introduces are those of the item. */
    record Export(String name, Item item, ExternType type) implements Definition {}
}
