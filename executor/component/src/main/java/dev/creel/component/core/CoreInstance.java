package dev.creel.component.core;

import org.jspecify.annotations.Nullable;

/** An instance of a core module. One thread at a time. */
public interface CoreInstance {
    /** The export with this name, or null. The same object each time. */
    @Nullable
    CoreExtern export(String name);

    /** Gives back what other instances can use. Nobody may call it, or look at its memories, afterwards: they are empty. */
    default void release() {}
}
