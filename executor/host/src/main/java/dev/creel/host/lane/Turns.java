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
 * no more up than a credit: it begins so much before those that are served now, so that who needs little gets it at once. Within a tenant, guests that come back from a wait go first, then those
 * that another guest waits for (the newest of them first), then the queue in its order, in which guests that had to pause stand again at
 * the end. Not thread-safe: its owner's lock.
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
    private final long creditNanos;
    private final Map<TenantId, Tenant<G, L>> tenants = new HashMap<>();
    private final SortedSet<Tenant<G, L>> returning = new TreeSet<>(ORDER);
    private final SortedSet<Tenant<G, L>> nested = new TreeSet<>(ORDER);
    private final SortedSet<Tenant<G, L>> queued = new TreeSet<>(ORDER);
    private final SortedSet<Tenant<G, L>> paused = new TreeSet<>(ORDER);
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
        private final ArrayDeque<Queued<G>> queue = new ArrayDeque<>();
        /** Guests in the queue that have a lane, and go on without room for another. */
        private final ArrayDeque<Queued<L>> paused = new ArrayDeque<>();

        private long used;

        private Tenant(long number) {
            this.number = number;
        }

        private boolean wants() {
            return !returning.isEmpty() || !nested.isEmpty() || !queue.isEmpty() || !paused.isEmpty();
        }
    }

    /** What came when. */
    private record Queued<T>(long number, T waiting) {}

    /** A turn: exactly one of the two, and the tenant whose it is. */
    record Turn<G, L>(
            Tenant<G, L> tenant,
            @Nullable L returning,
            @Nullable G guest) {}

    /**
     * @param tenantMax most guests of one tenant in the queue
     * @param creditNanos what a tenant that wants nothing saves up
     */
    Turns(int tenantMax, long creditNanos) {
        this.tenantMax = tenantMax;
        this.creditNanos = creditNanos;
    }

    /** Guests in the queue, those that others wait for left out. */
    int waiting() {
        return waiting;
    }

    /** The same by tenant; only those that have some. */
    Map<TenantId, Integer> waitingByTenant() {
        var waits = new HashMap<TenantId, Integer>();
        tenants.forEach((id, tenant) -> {
            if (!tenant.queue.isEmpty()) {
                waits.put(id, tenant.queue.size());
            }
        });
        return waits;
    }

    /** Whether nobody wants anything. */
    boolean isEmpty() {
        return returning.isEmpty() && nested.isEmpty() && queued.isEmpty() && paused.isEmpty();
    }

    /** Puts a guest into the queue; false if its tenant has as many there as it may. */
    boolean add(TenantId id, G guest) {
        var tenant = tenant(id);
        if (tenant.queue.size() >= tenantMax) {
            return false;
        }
        enter(tenant);
        tenant.queue.addLast(new Queued<>(numbers++, guest));
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

    /** Somebody who could go on lets others run first. */
    void pause(Tenant<G, L> tenant, L lane) {
        enter(tenant);
        tenant.paused.addLast(new Queued<>(numbers++, lane));
        paused.add(tenant);
    }

    /** Somebody no longer wants to go on. */
    void giveUp(Tenant<G, L> tenant, L lane) {
        tenant.paused.removeIf(one -> one.waiting().equals(lane));
        if (tenant.paused.isEmpty()) {
            paused.remove(tenant);
        }
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
        var tenant = first(room, nestedRoom);
        if (tenant == null) {
            return null;
        }
        now = Math.max(now, tenant.used);
        if (!tenant.returning.isEmpty()) {
            return new Turn<>(tenant, taken(tenant.returning, returning, tenant), null);
        }
        if (nestedRoom && !tenant.nested.isEmpty()) {
            return begins(tenant, taken(tenant.nested, nested, tenant));
        }
        var oldest = tenant.paused.peekFirst();
        var first = room ? tenant.queue.peekFirst() : null;
        if (oldest != null && (first == null || oldest.number() < first.number())) {
            return new Turn<>(tenant, taken(tenant.paused, paused, tenant).waiting(), null);
        }
        waiting--;
        return begins(tenant, taken(tenant.queue, queued, tenant).waiting());
    }

    private Turn<G, L> begins(Tenant<G, L> tenant, G guest) {
        begun++;
        use(tenant, BEGINNING_NANOS);
        return new Turn<>(tenant, null, guest);
    }

    private static <T, E> E taken(ArrayDeque<E> from, SortedSet<T> among, T tenant) {
        var taken = from.removeFirst();
        if (from.isEmpty()) {
            among.remove(tenant);
        }
        return taken;
    }

    /**
     * What the tenant has used whose turn it would be, if there were a permit; {@link Long#MAX_VALUE} if nobody wants one.
     *
     * @param room as for {@link #next}
     * @param nestedRoom as for {@link #next}
     */
    long wanting(boolean room, boolean nestedRoom) {
        var tenant = first(room, nestedRoom);
        return tenant == null ? Long.MAX_VALUE : tenant.used;
    }

    /** What a tenant has used, without what its guests use now. */
    long used(Tenant<G, L> tenant) {
        return tenant.used;
    }

    private @Nullable Tenant<G, L> first(boolean room, boolean nestedRoom) {
        var best = lesser(lesser(null, returning), paused);
        return lesser(lesser(best, nestedRoom ? nested : null), room ? queued : null);
    }

    private @Nullable Tenant<G, L> lesser(@Nullable Tenant<G, L> best, @Nullable SortedSet<Tenant<G, L>> among) {
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
            tenant.used = Math.max(tenant.used, now - creditNanos);
        }
    }

    private void use(Tenant<G, L> tenant, long nanos) {
        var back = returning.remove(tenant);
        var inner = nested.remove(tenant);
        var queue = queued.remove(tenant);
        var aside = paused.remove(tenant);
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
        if (aside) {
            paused.add(tenant);
        }
    }
}
