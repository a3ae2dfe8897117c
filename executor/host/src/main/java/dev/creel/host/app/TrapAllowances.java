package dev.creel.host.app;

import dev.creel.contract.app.AppId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caps how often the requests of each application trap on this node. A check of a guest that fails makes the JVM throw away and
 * compile again code that the application shares with all that have the same component; without a cap it could keep slowing them
 * down. An allowance belongs to the application, so that another revision of it gets no new one. Thread-safe; never blocks.
 */
public final class TrapAllowances {
    private final TrapConfig config;
    private final InstantSource clock;

    /** When all traps of an application are forgiven, for those that have trapped lately. Each entry is changed atomically. */
    private final Map<AppId, Instant> forgiven = new ConcurrentHashMap<>();

    /** Nobody has trapped yet. */
    public TrapAllowances(TrapConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * A request of the application has trapped. Those that were under way when the allowance was used up count as well, up to
     * another burst, so that waiting together does not pay.
     *
     * @return how long no request of it is to run, if its allowance is used up now
     */
    Optional<Duration> count(AppId app) {
        var now = clock.instant();
        forgiven.values().removeIf(then -> !pending(then, now));
        var most = now.plus(bursts(2));
        forgiven.merge(app, now.plus(config.each()), (then, first) -> {
            var next = pending(then, now) ? then.plus(config.each()) : first;
            return next.isBefore(most) ? next : most;
        });
        return wait(app, now);
    }

    /** How long no request of the application is to run, if its allowance is used up. */
    public Optional<Duration> wait(AppId app) {
        return forgiven.isEmpty() ? Optional.empty() : wait(app, clock.instant());
    }

    private Optional<Duration> wait(AppId app, Instant now) {
        var then = forgiven.get(app);
        if (then == null || !pending(then, now)) {
            return Optional.empty();
        }
        var open = then.minus(bursts(1)).plus(config.each());
        return open.isAfter(now) ? Optional.of(Duration.between(now, open)) : Optional.empty();
    }

    /** Later than two bursts is no time that was noted: somebody has set the clock back. */
    private boolean pending(Instant then, Instant now) {
        return then.isAfter(now) && then.isBefore(now.plus(bursts(3)));
    }

    private Duration bursts(int count) {
        return config.each().multipliedBy((long) count * config.burst());
    }
}
