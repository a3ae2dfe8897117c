package dev.creel.host.traffic;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The traffic of every application that has had some lately, and the sum of all. Belongs to applications, not revisions, so that a
 * deploy gives nobody new limits. Thread-safe; never blocks.
 */
public final class Traffic {
    /** Below so many applications nobody looks for idle ones unasked. */
    private static final int SWEEP_FROM = 1024;

    private final TrafficConfig config;
    private final InstantSource clock;
    private final Map<AppId, AppTraffic> apps = new ConcurrentHashMap<>();
    /** Requests under way by tenant. Counters stay: there are as many as tenants that this node has served. */
    private final Map<TenantId, AtomicInteger> tenants = new ConcurrentHashMap<>();

    private final LongAdder[] totals =
            Stream.generate(LongAdder::new).limit(Counted.values().length).toArray(LongAdder[]::new);
    private volatile int sweepAt = SWEEP_FROM;

    /** Nothing has happened yet. */
    public Traffic(TrafficConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The traffic of one application. Do not keep it longer than for a request: it is dropped when there is none for long. */
    public AppTraffic of(AppId app, TenantId tenant) {
        var known = apps.get(app);
        if (known == null) {
            if (apps.size() >= sweepAt) {
                forgetIdle();
                sweepAt = Math.max(SWEEP_FROM, 2 * apps.size());
            }
            known = apps.computeIfAbsent(
                    app,
                    added -> new AppTraffic(
                            added, tenant, this, tenants.computeIfAbsent(tenant, ignored -> new AtomicInteger())));
        }
        known.touch(clock.millis());
        return known;
    }

    /** What happened, in all. */
    public Counts totals() {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        for (var what : Counted.values()) {
            counts.put(what, totals[AppTraffic.slot(what)].sum());
        }
        return new Counts(counts);
    }

    /** The applications that have used most lately, first; at most {@link TrafficConfig#appsShown}. */
    public List<AppNumbers> busiest() {
        forgetIdle();
        long now = clock.millis();
        record Ranked(AppTraffic app, double heat) {}
        return apps.values().stream()
                .map(app -> new Ranked(app, app.heat(now)))
                .sorted(Comparator.comparingDouble(Ranked::heat).reversed())
                .limit(config.appsShown())
                .map(ranked -> ranked.app().numbers())
                .toList();
    }

    /** How many applications have counts. */
    public int apps() {
        return apps.size();
    }

    /** Requests from outside that are under way. */
    public long requestsNow() {
        return tenants.values().stream().mapToLong(AtomicInteger::get).sum();
    }

    /** A request that comes between the look and the removal is served all the same; only its counts are lost. */
    private void forgetIdle() {
        long before = clock.millis() - config.forgetAfter().toMillis();
        apps.values().removeIf(app -> app.isIdleSince(before));
    }

    TrafficConfig config() {
        return config;
    }

    long millis() {
        return clock.millis();
    }

    void count(Counted what, long amount) {
        totals[AppTraffic.slot(what)].add(amount);
    }
}
