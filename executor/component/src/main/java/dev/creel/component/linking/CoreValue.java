package dev.creel.component.linking;

import dev.creel.component.binary.LaterFeature;
import dev.creel.component.plan.CoreRef;

/** What a core index stands for while a component is evaluated. */
sealed interface CoreValue {
    /** Something that a plan can refer to. */
    record Ready(CoreRef made) implements CoreValue {}

    /** A function that may be handed around, but not used. */
    record Later(LaterFeature feature) implements CoreValue {}

    /**
     * The item, for use.
     *
     * @throws dev.creel.component.binary.InvalidComponentException naming the feature if it cannot be used yet
     */
    default CoreRef ref() {
        return switch (this) {
            case Ready(var made) -> made;
            case Later(var feature) -> throw feature.refusal();
        };
    }
}
