package dev.creel.host.lane;

import dev.creel.contract.app.TenantId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: the tenant's that has had permits for the least time, of those that want one. A tenant that wanted none for a while saves
 * nothing up: it begins where those are that are served now. Within a tenant, guests that come back from a wait go first, then those
 * that another guest waits for, then the queue; each oldest first, but for the second, newest first. Not thread-safe: its owner's lock.
 *
 * @param <G> what is started
 * @param <L> what goes on
 */
final class Turns<G, L> {
    /** Counted when a guest begins, until it is known how long it had its permit. */
    private static final long BEGINNING_NANOS = 1_000_000;

    private static final Comparator<Tenant<?, ?>> ORDER =
            Comparator.<Tenant<?, ?>>comparingLong(tenant -> tenant.used).thenComparingLong(tenant -> tenant.number);

    private final int tenantMax;
    private final Map<TenantId, Tenant<G, L>> tenants = new HashMap<>();
    private final SortedSet<Tenant<G, L>> returning = new TreeSet<>(ORDER);
    private final SortedSet<Tenant<G, L>> nested = new TreeSet<>(ORDER);
    private final SortedSet<Tenant<G, L>> queued = new TreeSet<>(ORDER);
    private int waiting;
    /** Guests that have begun and not ended. */
    private int begun;

    private long numbers;
    /** What the tenant had used whose turn was last; never goes back. */
    private long now;

    /** What wants a permit of one tenant, and what it has used. */
    static final class Tenant<G, L> {
        private final long number;
        private final ArrayDeque<L> returning = new ArrayDeque<>();
        private final ArrayDeque<G> nested = new ArrayDeque<>();
        private final ArrayDeque<G> queue = new ArrayDeque<>();
        private long used;

        private Tenant(long number) {
            this.number = number;
        }

        private boolean wants() {
            return !returning.isEmpty() || !nested.isEmpty() || !queue.isEmpty();
        }
    }

    /** A turn: exactly one of the two, and the tenant whose it is. */
    record Turn<G, L>(
            Tenant<G, L> tenant,
            @Nullable L returning,
            @Nullable G guest) {}

    /** At most {@code tenantMax} guests of one tenant in the queue. */
    Turns(int tenantMax) {
        this.tenantMax = tenantMax;
    }

    /** Guests in the queue, those that others wait for left out. */
    int waiting() {
        return waiting;
    }

    /** Whether nobody wants anything. */
    boolean isEmpty() {
        return returning.isEmpty() && nested.isEmpty() && queued.isEmpty();
    }

    /** Puts a guest into the queue; false if its tenant has as many there as it may. */
    boolean add(TenantId id, G guest) {
        var tenant = tenant(id);
        if (tenant.queue.size() >= tenantMax) {
            return false;
        }
        enter(tenant);
        tenant.queue.addLast(guest);
        queued.add(tenant);
        waiting++;
        return true;
    }

    /** Puts a guest that another waits for before the queue. */
    void addNested(TenantId id, G guest) {
        var tenant = tenant(id);
        enter(tenant);
        tenant.nested.addFirst(guest);
        nested.add(tenant);
    }

    /** Somebody whose turn it was before wants to go on. */
    void back(Tenant<G, L> tenant, L lane) {
        enter(tenant);
        tenant.returning.addLast(lane);
        returning.add(tenant);
    }

    /** Somebody no longer wants to go on. */
    void giveUp(Tenant<G, L> tenant, L lane) {
        tenant.returning.remove(lane);
        if (tenant.returning.isEmpty()) {
            returning.remove(tenant);
        }
    }

    /**
     * The next, who does not wait any longer; null if there is none.
     *
     * @param room whether one of the queue could begin
     * @param nestedRoom whether one could that another waits for
     */
    @Nullable
    Turn<G, L> next(boolean room, boolean nestedRoom) {
        var tenant = first(first(first(null, returning), nestedRoom ? nested : null), room ? queued : null);
        if (tenant == null) {
            return null;
        }
        now = Math.max(now, tenant.used);
        if (!tenant.returning.isEmpty()) {
            var lane = tenant.returning.removeFirst();
            if (tenant.returning.isEmpty()) {
                returning.remove(tenant);
            }
            return new Turn<>(tenant, lane, null);
        }
        var isNested = nestedRoom && !tenant.nested.isEmpty();
        var from = isNested ? tenant.nested : tenant.queue;
        var guest = from.removeFirst();
        if (from.isEmpty()) {
            (isNested ? nested : queued).remove(tenant);
        }
        if (!isNested) {
            waiting--;
        }
        begun++;
        use(tenant, BEGINNING_NANOS);
        return new Turn<>(tenant, null, guest);
    }

    private @Nullable Tenant<G, L> first(@Nullable Tenant<G, L> best, @Nullable SortedSet<Tenant<G, L>> among) {
        if (among == null || among.isEmpty()) {
            return best;
        }
        var other = among.first();
        return best == null || ORDER.compare(other, best) < 0 ? other : best;
    }

    /** A guest has had its permit for so long, and may have it again. */
    void used(Tenant<G, L> tenant, long nanos) {
        use(tenant, nanos);
    }

    /** A guest has ended. With the last one all is forgotten. */
    void ended(Tenant<G, L> tenant) {
        use(tenant, -BEGINNING_NANOS);
        if (--begun == 0 && isEmpty()) {
            tenants.clear();
            now = 0;
        }
    }

    /** What has not begun will not. */
    void clear() {
        tenants.values().forEach(tenant -> {
            tenant.nested.clear();
            tenant.queue.clear();
        });
        nested.clear();
        queued.clear();
        waiting = 0;
    }

    /** Tenants that have had turns since there was nothing to do at all. */
    int tenants() {
        return tenants.size();
    }

    private Tenant<G, L> tenant(TenantId id) {
        return tenants.computeIfAbsent(id, added -> new Tenant<>(numbers++));
    }

    /** Before something is added that a tenant wants. */
    private void enter(Tenant<G, L> tenant) {
        if (!tenant.wants()) {
            tenant.used = Math.max(tenant.used, now);
        }
    }

    private void use(Tenant<G, L> tenant, long nanos) {
        var back = returning.remove(tenant);
        var inner = nested.remove(tenant);
        var queue = queued.remove(tenant);
        tenant.used += nanos;
        if (back) {
            returning.add(tenant);
        }
        if (inner) {
            nested.add(tenant);
        }
        if (queue) {
            queued.add(tenant);
        }
    }
}
