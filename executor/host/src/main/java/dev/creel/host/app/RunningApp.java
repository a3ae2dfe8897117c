package dev.creel.host.app;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.host.route.HttpRouter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A revision that can answer requests. Immutable but for the values of its variables, which the tenant may change at any time, and
 * the count of the runs that its own components ask for. Any thread.
 */
public final class RunningApp {
    private final TenantId tenant;
    private final AppId app;
    private final RevisionId revision;
    private final Optional<Digest> manifest;
    private final LockedApp locked;
    private final HttpRouter router;
    private final Map<String, HostedComponent> components;
    /** Runs that its own components asked for, for the limit on them. */
    private final AtomicInteger chained = new AtomicInteger();

    private volatile Map<String, String> variables;

    /**
     * @param tenant who owns it
     * @param manifest the digest that {@code /.well-known/spin/info} tells, if it came from a registry
     * @param components by id, at least those with an HTTP trigger
     * @param variables values set by the tenant
     */
    public RunningApp(
            TenantId tenant,
            AppId app,
            RevisionId revision,
            Optional<Digest> manifest,
            LockedApp locked,
            HttpRouter router,
            Map<String, HostedComponent> components,
            Map<String, String> variables) {
        this.tenant = tenant;
        this.app = app;
        this.revision = revision;
        this.manifest = manifest;
        this.locked = locked;
        this.router = router;
        this.components = Map.copyOf(components);
        this.variables = Map.copyOf(variables);
    }

    /** Who owns it. */
    public TenantId tenant() {
        return tenant;
    }

    /** Which application. */
    public AppId app() {
        return app;
    }

    /** Which revision of it. */
    public RevisionId revision() {
        return revision;
    }

    /** Its manifest, if it came from a registry. */
    public Optional<Digest> manifest() {
        return manifest;
    }

    /** The application as its tooling locked it. */
    public LockedApp locked() {
        return locked;
    }

    /** Who answers which path. */
    public HttpRouter router() {
        return router;
    }

    /** A component that answers HTTP requests. */
    public Optional<HostedComponent> component(String id) {
        return router.components().contains(id) ? Optional.ofNullable(components.get(id)) : Optional.empty();
    }

    /** What its developer should know of how its components run. */
    public Optional<String> note() {
        var notes = components.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().code().facts().note().stream()
                        .map(note -> "component \"" + entry.getKey() + "\" " + note))
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /** Values set by the tenant, as they are now. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Replaces the values; runs that have begun may still see the old ones. */
    public void variables(Map<String, String> values) {
        variables = Map.copyOf(values);
    }

    /** Counts a run in that another component asked for; false if there are {@code most} already. */
    boolean enterChained(int most) {
        if (chained.incrementAndGet() > most) {
            chained.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts it out. */
    void leaveChained() {
        chained.decrementAndGet();
    }
}
