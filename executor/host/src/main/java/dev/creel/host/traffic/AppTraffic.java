package dev.creel.host.traffic;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The requests that one application has under way on this node, what it prints, and what is counted of it: some 400 bytes. Thread-safe;
 * never blocks for long: the lock is held for a few instructions and protects the heat and the allowance for printing.
 */
public final class AppTraffic {
    private static final Counted[] ALL = Counted.values();

    /** After this time what an application has used counts half as much when the busiest are looked for. */
    private static final double HALF_LIFE_MILLIS = 30_000;

    /** What a run counts beside its processor time when the busiest are looked for. */
    private static final double HEAT_OF_A_RUN = 100_000;

    private static final double MILLIS_OF_A_SECOND = 1000;

    private final AppId app;
    private final TenantId tenant;
    private final Traffic all;
    private final AtomicInteger tenantRequests;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLongArray counts = new AtomicLongArray(ALL.length);
    private volatile long touchedMillis;

    private double heat;
    private long heatMillis;
    private double printable;
    private long printableMillis;
    /** Bytes dropped since the application began to print too much; -1 while it does not. */
    private long dropped = -1;

    /** Whether a request may go on. */
    public enum Entry {
        /** It may. Leave once. */
        OPEN,
        /** The application has as many under way as it may. */
        APP_FULL,
        /** Its tenant has. */
        TENANT_FULL
    }

    /** What becomes of something printed. */
    public sealed interface Print {
        /**
         * It is kept.
         *
         * @param dropped bytes dropped before it, if anything was since the last that was kept; else 0
         */
        record Kept(long dropped) implements Print {}

        /**
         * It is dropped.
         *
         * @param first whether the last was kept
         */
        record Dropped(boolean first) implements Print {}
    }

    AppTraffic(AppId app, TenantId tenant, Traffic all, AtomicInteger tenantRequests) {
        this.app = app;
        this.tenant = tenant;
        this.all = all;
        this.tenantRequests = tenantRequests;
        this.printable = all.config().logBurst().bytes();
        this.printableMillis = all.millis();
    }

    /** Counts a request from outside in, if there is room for it. */
    public Entry enter() {
        if (!take(requests, all.config().requestsPerApp())) {
            count(Counted.APP_REQUESTS, 1);
            return Entry.APP_FULL;
        }
        if (!take(tenantRequests, all.config().requestsPerTenant())) {
            requests.decrementAndGet();
            count(Counted.TENANT_REQUESTS, 1);
            return Entry.TENANT_FULL;
        }
        return Entry.OPEN;
    }

    /** Counts a request out. */
    public void leave() {
        requests.decrementAndGet();
        tenantRequests.decrementAndGet();
    }

    private static boolean take(AtomicInteger count, int most) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Where a count stands; an array takes a tenth of what a map of counters would. */
    @SuppressWarnings("EnumOrdinal") // Nothing of it outlives the process.
    static int slot(Counted what) {
        return what.ordinal();
    }

    /** Counts. */
    public void count(Counted what, long amount) {
        if (amount != 0) {
            counts.addAndGet(slot(what), amount);
            all.count(what, amount);
        }
    }

    /** Counts a run that has ended. */
    public void ran(Counted outcome, long wallNanos, long cpuNanos) {
        count(Counted.RUNS, 1);
        count(outcome, 1);
        count(Counted.WALL_NANOS, wallNanos);
        count(Counted.CPU_NANOS, cpuNanos);
        long now = all.millis();
        synchronized (this) {
            heat = heat(now) + HEAT_OF_A_RUN + (double) cpuNanos;
            heatMillis = now;
        }
    }

    /**
     * Asks whether {@code bytes} may be printed. Who prints too much is cut off until there is room for a second's worth again, so that
     * what is said about it takes no more than what it is about.
     */
    public synchronized Print print(long bytes) {
        var config = all.config();
        double perSecond = (double) config.logPerSecond().bytes();
        double burst = (double) config.logBurst().bytes();
        long now = all.millis();
        double seconds = (double) Math.max(0, now - printableMillis) / MILLIS_OF_A_SECOND;
        printable = Math.min(burst, printable + seconds * perSecond);
        printableMillis = now;
        boolean waits = dropped >= 0 && printable < Math.min(burst, perSecond);
        if (waits || printable < Math.min((double) bytes, burst)) {
            boolean first = dropped < 0;
            dropped = Math.max(0, dropped) + bytes;
            count(Counted.LOG_BYTES_DROPPED, bytes);
            return new Print.Dropped(first);
        }
        printable -= (double) bytes;
        long before = Math.max(0, dropped);
        dropped = -1;
        count(Counted.LOG_BYTES, bytes);
        return new Print.Kept(before);
    }

    /** How much may be printed a second in the long run. */
    public ByteSize logPerSecond() {
        return all.config().logPerSecond();
    }

    void touch(long now) {
        if (touchedMillis != now) {
            touchedMillis = now;
        }
    }

    boolean isIdleSince(long millis) {
        return requests.get() == 0 && touchedMillis < millis;
    }

    /** How much the application has used lately. */
    synchronized double heat(long now) {
        return heat * Math.pow(0.5, (double) Math.max(0, now - heatMillis) / HALF_LIFE_MILLIS);
    }

    AppNumbers numbers() {
        var now = new EnumMap<Counted, Long>(Counted.class);
        for (var what : ALL) {
            long count = counts.get(slot(what));
            if (count != 0) {
                now.put(what, count);
            }
        }
        return new AppNumbers(app, tenant, requests.get(), new Counts(now));
    }
}
