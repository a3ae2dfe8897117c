package dev.creel.component.binary;

/** What bytes were decoded to, and validated: a component, or a core module that carries the types of one. */
public sealed interface Decoded permits ComponentDefinition, ModuleDefinition {}
