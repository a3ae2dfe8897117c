package dev.creel.component.binary;

import dev.creel.component.core.CoreFuncType;

/** What a core type index stands for. */
sealed interface CoreTypeDefinition {
    /** A function type. */
    record Func(CoreFuncType type) implements CoreTypeDefinition {}

    /** A type of core modules. */
    record Module(ModuleType type) implements CoreTypeDefinition {}
}
