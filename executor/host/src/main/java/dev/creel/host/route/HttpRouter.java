package dev.creel.host.route;

import dev.creel.contract.lockedapp.LockedApp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds who answers a path, exactly as Spin does (reference spin-app §2.3): patterns sorted by precedence, the first that matches
 * wins; a route written twice belongs to the later trigger; private triggers answer no path; everything below {@code
 * /.well-known/spin/} is the host's. Immutable; any thread.
 */
public final class HttpRouter {
    private static final String RESERVED = "/.well-known/spin/";

    private final List<Entry> sorted;
    /** Component → how it is asked. */
    private final Map<String, Executor> executors;

    private final String base;

    private record Entry(RoutePattern pattern, String raw, HttpTrigger.Target target) {}

    private HttpRouter(List<Entry> sorted, Map<String, Executor> executors, String base) {
        this.sorted = List.copyOf(sorted);
        this.executors = Map.copyOf(executors);
        this.base = base;
    }

    /**
     * Reads the HTTP triggers of an application; other triggers are not its affair.
     *
     * @throws IllegalArgumentException with a sentence that names the trigger, if one breaks a rule
     */
    public static HttpRouter of(LockedApp app) {
        var base = base(app);
        var byRoute = new LinkedHashMap<String, Entry>();
        var executors = new HashMap<String, Executor>();
        for (var locked : app.triggers()) {
            if (!locked.type().equals("http")) {
                continue;
            }
            var trigger = HttpTrigger.read(locked);
            if (trigger.target() instanceof HttpTrigger.Target.Component component) {
                // Of several triggers of one component, the last one decides for all.
                executors.put(component.id(), trigger.executor());
            }
            trigger.route().ifPresent(raw -> {
                var pattern = RoutePattern.parse(MatchedRoute.join(base, raw));
                byRoute.put(raw, new Entry(pattern, raw, trigger.target()));
            });
        }
        var sorted = new ArrayList<>(byRoute.values());
        sorted.sort(Comparator.comparing(Entry::pattern, RoutePattern.PRECEDENCE));
        return new HttpRouter(sorted, executors, base);
    }

    /** Who answers {@code path} (without query), if a request comes from outside. */
    public RouteMatch match(String path) {
        if (path.startsWith(RESERVED)) {
            return switch (path.substring(RESERVED.length())) {
                case "health" -> new RouteMatch.ToHealth();
                case "info" -> new RouteMatch.ToInfo();
                default -> new RouteMatch.ToNobody();
            };
        }
        for (var entry : sorted) {
            var found = entry.pattern().match(path);
            if (found.isPresent()) {
                return switch (entry.target()) {
                    case HttpTrigger.Target.Fixed fixed -> new RouteMatch.ToStatic(fixed.response());
                    case HttpTrigger.Target.Component component ->
                        new RouteMatch.ToComponent(
                                component.id(),
                                new MatchedRoute(
                                        entry.raw(),
                                        base,
                                        found.get().captures(),
                                        found.get().rest()));
                };
            }
        }
        return new RouteMatch.ToNobody();
    }

    /** Components with an HTTP trigger, private ones included: those that another component may call. */
    public Set<String> components() {
        return executors.keySet();
    }

    /** How a component with an HTTP trigger is asked. */
    public Executor executor(String component) {
        return executors.getOrDefault(component, Executor.DEFAULT);
    }

    /** Old applications put all their routes below a base. */
    private static String base(LockedApp app) {
        var base = app.triggerSettings().getOrDefault("http", Map.of()).get("base");
        if (!(base instanceof String text)) {
            return "/";
        }
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == '/') {
            end--;
        }
        var trimmed = text.substring(0, end);
        if (trimmed.isEmpty()) {
            return "/";
        }
        return trimmed.startsWith("/") ? trimmed : "/" + trimmed;
    }
}
