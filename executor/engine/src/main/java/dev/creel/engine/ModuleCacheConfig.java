package dev.creel.engine;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * How much of what is deployed stays loaded.
 *
 * @param loaded most bytes of all loaded components together, data and code, as estimated; 0 is a third of the heap
 * @param idle how long a component stays loaded that nobody asks
 * @param tenantShare percent of {@code loaded} that one tenant's components may take when there is no room for all: one with more makes
 *     room among its own
 */
public record ModuleCacheConfig(ByteSize loaded, Duration idle, int tenantShare) {
    /** A third of the heap, ten minutes, half of it. */
    public static final ModuleCacheConfig DEFAULTS =
            new ModuleCacheConfig(ByteSize.ofBytes(0), Duration.ofMinutes(10), 50);

    public ModuleCacheConfig {
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("a component stays loaded for some time, not for " + idle);
        }
        if (tenantShare < 1 || tenantShare > 100) {
            throw new IllegalArgumentException("a tenant's share is 1 to 100 percent, not " + tenantShare);
        }
    }

    /** Bytes that are meant by {@code loaded}. */
    long loadedBytes() {
        return loaded.bytes() == 0 ? Runtime.getRuntime().maxMemory() / 3 : loaded.bytes();
    }
}
