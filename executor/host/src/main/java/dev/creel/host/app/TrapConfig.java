package dev.creel.host.app;

import java.time.Duration;

/**
 * How often the requests of one application may trap on a node.
 *
 * @param burst traps at once, after a time without any
 * @param perMinute traps a minute in the long run
 */
public record TrapConfig(int burst, int perMinute) {
    /**
     * 60 at once, 30 a minute: applications that fail now and then do not feel it, and it is below the hundred that the JVM forgives
     * a method before it compiles it worse.
     */
    public static final TrapConfig DEFAULTS = new TrapConfig(60, 30);

    /** Of an application that shares its process with no other. */
    public static final TrapConfig ALONE = new TrapConfig(Integer.MAX_VALUE, Integer.MAX_VALUE);

    public TrapConfig {
        if (burst < 1 || perMinute < 1) {
            throw new IllegalArgumentException(
                    "an application needs at least one trap at once and one a minute; not " + burst + ", " + perMinute);
        }
    }

    /** After this time one more trap is forgiven. */
    Duration each() {
        return Duration.ofMinutes(1).dividedBy(perMinute);
    }
}
