package dev.creel.host.route;

/** Who answers a path. */
public sealed interface RouteMatch {
    /** A component, through a route. */
    record ToComponent(String component, MatchedRoute route) implements RouteMatch {}

    /** The manifest itself. */
    record ToStatic(StaticResponse response) implements RouteMatch {}

    /** {@code /.well-known/spin/health}. */
    record ToHealth() implements RouteMatch {}

    /** {@code /.well-known/spin/info}. */
    record ToInfo() implements RouteMatch {}

    /** Nobody: 404 without a body. */
    record ToNobody() implements RouteMatch {}
}
