package dev.creel.component.core;

/** What a core module imports or exports. */
public sealed interface CoreType {
    /** A function. */
    record Func(CoreFuncType type) implements CoreType {}

    /**
     * A table.
     *
     * @param min initial elements
     * @param max most elements, or -1
     */
    record Table(ValueKind element, long min, long max) implements CoreType {}

    /**
     * A linear memory.
     *
     * @param min initial pages of 64 KiB
     * @param max most pages, or -1
     */
    record Memory(long min, long max, boolean shared) implements CoreType {}

    /** A global. */
    record Global(ValueKind value, boolean mutable) implements CoreType {}

    /** An exception tag. */
    record Tag(CoreFuncType type) implements CoreType {}
}
