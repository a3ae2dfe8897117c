package dev.creel.host;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread brings about: looks again and again, and fails where it does not come. */
public final class Eventually {
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(5);

    private Eventually() {}

    /**
     * Returns when {@code condition} holds.
     *
     * @throws AssertionError with {@code otherwise} if it does not within 20 s
     */
    public static void holds(BooleanSupplier condition, Supplier<String> otherwise) throws InterruptedException {
        long until = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(otherwise.get());
            }
            Thread.sleep(STEP);
        }
    }
}
