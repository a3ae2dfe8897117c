package dev.creel.host.app;

import java.time.Duration;

/**
 * How guests are warmed up before anybody asks.
 *
 * @param runs of one component, most; 0 for none. The JVM compiles what ran often
 * @param time for all runs of one component together
 */
public record WarmUpConfig(int runs, Duration time) {
    /** 500 runs, 20 s. */
    public static final WarmUpConfig DEFAULTS = new WarmUpConfig(500, Duration.ofSeconds(20));

    public WarmUpConfig {
        if (runs < 0 || time.isNegative()) {
            throw new IllegalArgumentException(
                    "a warm-up has 0 runs or more, and time for them; not " + runs + ", " + time);
        }
    }
}
