package dev.creel.host.lane;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * Sizes of the {@link Lanes}.
 *
 * @param permits guests that run at once; those that wait in a host call do not count
 * @param lanesMax threads, thus guests that run or wait at once; guests that other guests call may take as many again
 * @param queueMax guests that wait for a lane; one more is refused
 * @param queueTenantMax of them, those of one tenant's; one more is refused
 * @param slice how much longer than whoever waits a tenant's guest may have had a permit, before it has to pause
 * @param stack of each thread; deep recursion of a guest beyond it is a trap. Only touched pages take memory
 * @param idle after this time without a guest a thread ends
 */
public record LaneConfig(
        int permits, int lanesMax, int queueMax, int queueTenantMax, Duration slice, ByteSize stack, Duration idle) {
    public LaneConfig {
        if (slice.isNegative() || slice.isZero()) {
            throw new IllegalArgumentException("a slice is some time, not " + slice);
        }
        if (permits < 1 || lanesMax < permits || queueMax < 0 || queueTenantMax < 1) {
            throw new IllegalArgumentException(
                    "lanes need at least one permit, as many threads as permits, and a queue of"
                            + " at least 0, of which a tenant may have 1; not " + permits + ", " + lanesMax + ", "
                            + queueMax + ", " + queueTenantMax);
        }
    }

    /** A permit for each core, 512 lanes, 1,024 in the queue, 256 of one tenant, 5 ms, 16 MiB of stack, 30 s. */
    public static LaneConfig defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new LaneConfig(
                cores,
                Math.max(512, cores),
                1024,
                256,
                Duration.ofMillis(5),
                ByteSize.ofMiB(16),
                Duration.ofSeconds(30));
    }
}
