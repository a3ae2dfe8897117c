package dev.creel.component.core;

/** An import of a core module, in module order. */
public record CoreImport(String module, String name, CoreType type) {}
