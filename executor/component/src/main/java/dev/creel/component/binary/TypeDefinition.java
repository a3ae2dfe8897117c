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

    /** The same type, as an import or export makes it anew: another object wherever names matter. */
    default TypeDefinition again(String name) {
        return switch (this) {
            case Value(var value) ->
                switch (value) {
                    case ValType.RecordOf(var fields) -> new Value(new ValType.RecordOf(fields));
                    case ValType.Variant(var cases) -> new Value(new ValType.Variant(cases));
                    case ValType.Flags(var labels) -> new Value(new ValType.Flags(labels));
                    case ValType.EnumOf(var labels) -> new Value(new ValType.EnumOf(labels));
                    default -> this;
                };
            case Resource(ResourceType.Abstract resource) -> new Resource(resource.again(name));
            case Resource _, Func _, Component _, Instance _ -> this;
        };
    }
}
