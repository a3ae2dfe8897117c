package dev.creel.component.type;

import java.util.function.Supplier;

/** Bounds the steps of walks over types, which may share parts a million times over. Not thread-safe. */
public final class WorkBudget {
    private final Supplier<? extends RuntimeException> exceeded;
    private long left;

    /**
     * @param max steps
     * @param exceeded thrown when more are asked for
     */
    public WorkBudget(long max, Supplier<? extends RuntimeException> exceeded) {
        this.left = max;
        this.exceeded = exceeded;
    }

    /** Takes {@code steps}. */
    public void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw exceeded.get();
        }
    }
}
