package dev.creel.component.binary;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;

/** What a type index stands for. */
public sealed interface TypeDefinition {
    /** A type of values. */
    record Value(ValType type) implements TypeDefinition {}

    /** A type of functions. */
    record Func(FuncType type) implements TypeDefinition {}

    /** A resource type. */
    record Resource(ResourceType type) implements TypeDefinition {}

    /** A type of components. */
    record Component(ComponentType type) implements TypeDefinition {}

    /** A type of instances. */
    record Instance(InstanceType type) implements TypeDefinition {}
}
