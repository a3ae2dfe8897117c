package dev.creel.component.binary;

import java.util.List;

/**
 * A validated component: its definitions in order. Immutable.
 *
 * @param type what it imports and exports
 */
public record ComponentDefinition(List<Definition> definitions, ComponentType type) implements Decoded {}
