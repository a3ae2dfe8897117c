package dev.creel.component;

import dev.creel.component.type.FuncType;

/**
 * A function that a component exports.
 *
 * @param interfaceName as the component exports it, with its version; empty for a function exported by its own plain name
 * @param name canonical name, e.g. {@code handle} or {@code [method]counter.next}
 * @param type its type
 */
public record ExportedFunction(String interfaceName, String name, FuncType type) {}
