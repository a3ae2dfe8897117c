package dev.creel.component.binary;

import dev.creel.component.type.FuncType;
import java.util.Map;

/** The type of something imported or exported. */
public sealed interface ExternType {
    /** A core module. */
    record Module(ModuleType type) implements ExternType {}

    /** A function. */
    record Func(FuncType type) implements ExternType {}

    /** A type; a resource may be one that this very import or export introduces. */
    record Type(TypeDefinition type) implements ExternType {}

    /** A component. */
    record Component(ComponentType type) implements ExternType {}

    /** An instance; its resources belong to the scope around it. */
    record Instance(Map<String, ExternType> exports) implements ExternType {}
}
