package dev.creel.edge;

import dev.creel.contract.app.TenantId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds requests at once, in all and for each tenant. Thread-safe, never blocks. Counters of tenants stay: there are
 * as many as tenants that this process has served.
 */
final class Admission {
    private final int requestsMax;
    private final int perTenantMax;
    /** Guards {@code requestsMax}. */
    private final AtomicInteger running = new AtomicInteger();
    /** Guards {@code perTenantMax}. */
    private final ConcurrentHashMap<TenantId, AtomicInteger> byTenant = new ConcurrentHashMap<>();

    Admission(int requestsMax, int perTenantMax) {
        this.requestsMax = requestsMax;
        this.perTenantMax = perTenantMax;
    }

    /** Whether a request may go on. */
    sealed interface Verdict {}

    /** The edge has enough to do. */
    record EdgeFull() implements Verdict {}

    /** The tenant has. */
    record TenantFull() implements Verdict {}

    /** It may. Release it once, from any thread. */
    static final class Permit implements Verdict {
        private final AtomicInteger running;
        private final AtomicInteger tenant;

        private Permit(AtomicInteger running, AtomicInteger tenant) {
            this.running = running;
            this.tenant = tenant;
        }

        void release() {
            running.decrementAndGet();
            tenant.decrementAndGet();
        }
    }

    /** Admits a request to the API or the registry. */
    Verdict platform() {
        return take(running, requestsMax) ? new Permit(running, new AtomicInteger(1)) : new EdgeFull();
    }

    /** Admits a request to an application of {@code tenant}. */
    Verdict app(TenantId tenant) {
        var own = byTenant.get(tenant);
        if (own == null) {
            own = byTenant.computeIfAbsent(tenant, ignored -> new AtomicInteger());
        }
        if (!take(own, perTenantMax)) {
            return new TenantFull();
        }
        if (!take(running, requestsMax)) {
            own.decrementAndGet();
            return new EdgeFull();
        }
        return new Permit(running, own);
    }

    private static boolean take(AtomicInteger counter, int max) {
        if (counter.incrementAndGet() <= max) {
            return true;
        }
        counter.decrementAndGet();
        return false;
    }
}
