package dev.creel.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.CacheEntry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.creel.component.core.Footprint;
import dev.creel.contract.app.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which components stay loaded. What one weighs is what its modules say of their images and tables, and {@link #LINKED} for its link plan;
 * code that several share weighs once, as many bytes as its class files have. Those used least give way (Caffeine), those of a tenant
 * with more than its share first; and whatever nobody has asked for a while. What has given way ends with the last run that uses
 * it. Thread-safe.
 */
final class Residents {
    /** Bytes of a link plan: what the heap grows by for a component beside its images, measured with guests in C and Rust. */
    static final int LINKED = 20_000;

    private static final int UNIT = 1024;
    /** Percent of the room that may be taken so that some counts as free. */
    private static final int ROOMY = 80;

    private final Cache<Composition, Resident> cache;
    private final long unitsMax;
    private final int tenantShare;
    private final Object lock = new Object();
    /** Code → how many residents use it. */
    private final IdentityHashMap<Object, Integer> users = new IdentityHashMap<>();
    /** Units of the residents of each tenant; code is nobody's. */
    private final Map<TenantId, Long> tenants = new HashMap<>();

    private long dataUnits;
    private long codeBytes;
    private long evictions;

    private record Resident(CompiledComponent component, TenantId tenant, int units, List<Footprint> footprints) {}

    Residents(ModuleCacheConfig config) {
        this.unitsMax = config.loadedBytes() / UNIT;
        this.tenantShare = config.tenantShare();
        this.cache = Caffeine.newBuilder()
                .maximumWeight(unitsMax)
                .weigher((Composition composition, Resident resident) -> resident.units())
                .expireAfterAccess(config.idle())
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(this::left)
                .recordStats()
                .build();
    }

    Optional<CompiledComponent> find(Composition composition) {
        var found = cache.getIfPresent(composition);
        return found == null ? Optional.empty() : Optional.of(found.component());
    }

    /** The same without counting as a use. */
    Optional<CompiledComponent> look(Composition composition) {
        var found = cache.policy().getIfPresentQuietly(composition);
        return found == null ? Optional.empty() : Optional.of(found.component());
    }

    /** Whether a good part of the room is free. */
    boolean hasRoom() {
        synchronized (lock) {
            return dataUnits < room() / 100 * ROOMY;
        }
    }

    void add(TenantId tenant, Composition composition, CompiledComponent component) {
        var footprints = component.footprints();
        long bytes = LINKED + footprints.stream().mapToLong(Footprint::data).sum();
        var resident =
                new Resident(component, tenant, Math.toIntExact(Math.min(bytes / UNIT + 1, 1 << 30)), footprints);
        boolean over;
        synchronized (lock) {
            for (var footprint : footprints) {
                if (users.merge(footprint.code(), 1, Integer::sum) == 1) {
                    codeBytes += footprint.codeBytes();
                }
            }
            dataUnits += resident.units();
            long own = tenants.merge(tenant, (long) resident.units(), Long::sum);
            over = own > share() && dataUnits > room();
        }
        if (over) {
            makeRoomAmong(tenant);
        }
        cache.put(composition, resident);
        long room;
        synchronized (lock) {
            room = room();
        }
        cache.policy().eviction().ifPresent(eviction -> {
            if (eviction.getMaximum() != room) {
                eviction.setMaximum(room);
            }
        });
    }

    /** Under the lock: units that code leaves for data. */
    private long room() {
        return Math.max(0, unitsMax - codeBytes / UNIT);
    }

    /** The tenant's coldest go, as many as room is wanted for, and no more than it has beyond its share. */
    private void makeRoomAmong(TenantId tenant) {
        long wanted;
        synchronized (lock) {
            wanted = Math.min(dataUnits - room(), tenants.getOrDefault(tenant, 0L) - share());
        }
        cache.policy()
                .eviction()
                .ifPresent(eviction -> eviction.coldest(entries -> coldest(entries, tenant, wanted))
                        .forEach(composition -> cache.invalidate(composition)));
    }

    private static List<Composition> coldest(
            Stream<CacheEntry<Composition, Resident>> entries, TenantId tenant, long wanted) {
        var victims = new ArrayList<Composition>();
        var units = new long[1];
        entries.filter(entry -> entry.getValue().tenant().equals(tenant))
                .takeWhile(entry -> units[0] < wanted)
                .forEach(entry -> {
                    victims.add(entry.getKey());
                    units[0] += entry.getValue().units();
                });
        return victims;
    }

    private long share() {
        return unitsMax * tenantShare / 100;
    }

    private void left(@Nullable Composition composition, @Nullable Resident resident, RemovalCause cause) {
        if (resident == null) {
            return;
        }
        synchronized (lock) {
            for (var footprint : resident.footprints()) {
                var left = users.merge(footprint.code(), -1, Integer::sum);
                if (left == 0) {
                    users.remove(footprint.code());
                    codeBytes -= footprint.codeBytes();
                }
            }
            dataUnits -= resident.units();
            tenants.computeIfPresent(
                    resident.tenant(), (tenant, units) -> units > resident.units() ? units - resident.units() : null);
            if (cause != RemovalCause.REPLACED) {
                evictions++;
            }
        }
    }

    ModuleCacheNumbers numbers(long loads, long compiled) {
        var stats = cache.stats();
        synchronized (lock) {
            return new ModuleCacheNumbers(
                    cache.estimatedSize(),
                    dataUnits * UNIT,
                    codeBytes,
                    unitsMax * UNIT,
                    stats.hitCount(),
                    stats.missCount(),
                    loads,
                    evictions,
                    compiled);
        }
    }
}
