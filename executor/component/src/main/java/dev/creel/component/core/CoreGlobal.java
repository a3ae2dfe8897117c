package dev.creel.component.core;

/** A global. */
public non-sealed interface CoreGlobal extends CoreExtern {
    @Override
    CoreType.Global type();

    /** Raw bits of its value. */
    long get();
}
