package dev.creel.host.traffic;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * What one application or tenant may have of a node, and how much of it is remembered.
 *
 * @param requestsPerApp requests that one application may have under way at once; one more is answered 429
 * @param requestsPerTenant requests that all applications of one tenant may have under way at once; one more is answered 429. Fewer than there
 *     are lanes: a tenant whose guests all wait leaves some to others
 * @param logPerSecond bytes that one application may print a second in the long run, over all its runs; more is dropped
 * @param logBurst bytes that it may print at once, after a time in which it printed little
 * @param appsShown applications whose numbers a node shows one by one, the busiest ones; the others count in the totals only
 * @param forgetAfter after so much time without traffic the counts of an application are dropped
 */
public record TrafficConfig(
        int requestsPerApp,
        int requestsPerTenant,
        ByteSize logPerSecond,
        ByteSize logBurst,
        int appsShown,
        Duration forgetAfter) {
    /** 256 requests of an application, 384 of a tenant, 64 KiB a second and 1 MiB at once, 100 applications, an hour. */
    public static final TrafficConfig DEFAULTS =
            new TrafficConfig(256, 384, ByteSize.ofKiB(64), ByteSize.ofMiB(1), 100, Duration.ofHours(1));

    /** For an application that shares its process with no other. */
    public static final TrafficConfig ALONE = new TrafficConfig(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            ByteSize.ofBytes(1L << 60),
            ByteSize.ofBytes(1L << 60),
            1,
            Duration.ofHours(1));

    public TrafficConfig {
        if (requestsPerApp < 1 || requestsPerTenant < 1) {
            throw new IllegalArgumentException("an application and a tenant need at least one request at once; not "
                    + requestsPerApp + ", " + requestsPerTenant);
        }
        if (logPerSecond.bytes() < 1 || logBurst.bytes() < 1) {
            throw new IllegalArgumentException("an application may print something; not " + logPerSecond
                    + " a second and " + logBurst + " at once");
        }
        if (appsShown < 0 || forgetAfter.isNegative() || forgetAfter.isZero()) {
            throw new IllegalArgumentException(
                    "numbers are kept for some time, of 0 or more applications; not " + forgetAfter + ", " + appsShown);
        }
    }

    /** The same with other limits of requests at once. */
    public TrafficConfig withRequests(int perApp, int perTenant) {
        return new TrafficConfig(perApp, perTenant, logPerSecond, logBurst, appsShown, forgetAfter);
    }

    /** The same with another rate of printing. */
    public TrafficConfig withLog(ByteSize perSecond, ByteSize burst) {
        return new TrafficConfig(requestsPerApp, requestsPerTenant, perSecond, burst, appsShown, forgetAfter);
    }
}
