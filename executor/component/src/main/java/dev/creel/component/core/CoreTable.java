package dev.creel.component.core;

/** A table; opaque to the component model, which only hands it from instance to instance. */
public non-sealed interface CoreTable extends CoreExtern {
    @Override
    CoreType.Table type();
}
