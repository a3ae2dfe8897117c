package dev.creel.component.linking;

import dev.creel.component.binary.ComponentDefinition;
import dev.creel.component.binary.LaterFeature;
import dev.creel.component.core.CoreModule;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.Map;
import java.util.Optional;

/** What component-level names stand for while a component is evaluated. */
sealed interface Value {
    /** A function. */
    sealed interface Func extends Value {
        /** Its type, resources resolved. */
        FuncType type();
    }

    /** A lifted function. */
    record Lifted(FuncRef.Lifted function) implements Func {
        @Override
        public FuncType type() {
            return function.type();
        }
    }

    /** A function that may be handed around, but not used. */
    record Later(LaterFeature feature) implements Func {
        @Override
        public FuncType type() {
            throw feature.refusal();
        }
    }

    /** A function of host number {@code host} of the plan; it enters the plan when it is used. */
    record OfHost(String interfaceName, String name, FuncType type, int host) implements Func {}

    /** An instance. */
    record Instance(Map<String, Value> exports) implements Value {}

    /** A component with the frame it was defined in, whose modules and components it may use; null for the root. */
    record Component(ComponentDefinition definition, Frame around) implements Value {}

    /** A core module. */
    record Module(CoreModule module) implements Value {}

    /** A type; only resources matter any more. */
    record Type(Optional<ResourceType> resource) implements Value {}
}
