package dev.creel.edge;

import dev.creel.contract.app.HostName;
import java.util.List;

/** Tells the API host, the registry host and applications apart. Immutable but for the routes behind the index. */
final class Hosts {
    private final String api;
    private final String registry;
    private final Destination.Platform toApi;
    private final Destination.Platform toRegistry;
    private final RouteIndex routes;

    Hosts(HostName domain, UpstreamTargets targets, RouteIndex routes) {
        this.api = domain.value();
        this.registry = "registry." + domain.value();
        this.toApi = new Destination.Platform(List.of(targets.api()));
        this.toRegistry = new Destination.Platform(List.of(targets.registry()));
        this.routes = routes;
    }

    Destination find(EdgeCall.Valid call) {
        var host = call.host();
        if (host.equals(registry)) {
            return toRegistry;
        }
        if (host.equals(api) || host.equals("localhost") || call.address()) {
            return isRegistryPath(call.target()) ? toRegistry : toApi;
        }
        var route = routes.match(host);
        if (route != null) {
            return new Destination.App(route);
        }
        return routes.waits(host) ? new Destination.Waiting() : new Destination.Nowhere();
    }

    /** OCI clients that are given an address instead of a name speak to the API host. */
    private static boolean isRegistryPath(String target) {
        return target.startsWith("/v2") && (target.length() == 3 || target.charAt(3) == '/' || target.charAt(3) == '?');
    }
}
