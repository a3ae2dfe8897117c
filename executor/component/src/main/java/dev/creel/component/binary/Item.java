package dev.creel.component.binary;

/** Something of a component that is exported or handed on. */
public sealed interface Item {
    /** Entry {@code index} of an index space other than that of types. */
    record Indexed(Sort sort, int index) implements Item {}

    /** A type. */
    record Type(TypeDefinition type) implements Item {}
}
