package dev.creel.component.core;

/** An exception tag; opaque to the component model. */
public non-sealed interface CoreTag extends CoreExtern {
    @Override
    CoreType.Tag type();
}
