package dev.creel.contract.lockedapp;

import java.util.Optional;
import java.util.Set;

/**
 * A component that satisfies imports of another.
 *
 * @param source its bytes
 * @param export which of its exports; empty means the one with the import's name
 * @param inherit what it may use of the component's grants
 */
public record LockedDependency(ContentRef source, Optional<String> export, Inherit inherit) {
    /** What a dependency inherits (reference spin-app §7.2). */
    public sealed interface Inherit {
        /** Everything. */
        record All() implements Inherit {}

        /**
         * Only these.
         *
         * @param sets names of capability sets; unknown names are ignored
         */
        record Some(Set<String> sets) implements Inherit {}
    }
}
