package dev.creel.edge;

import dev.creel.contract.app.HostName;
import dev.creel.contract.board.Image;
import dev.creel.contract.board.Route;
import dev.creel.contract.board.Routes;
import dev.creel.contract.board.Shelf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host → route, from the newest image of the {@code routes} shelf. One virtual thread follows the shelf and replaces the
 * whole map in one assignment; {@link #match} takes no lock. A shelf that fails leaves the last good map in place.
 */
public final class RouteIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteIndex.class);
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Shelf<Routes> shelf;
    private final Thread follower;
    private volatile Known known;

    private RouteIndex(Shelf<Routes> shelf, Image<Routes> first) {
        this.shelf = shelf;
        this.known = Known.of(first.value());
        this.follower = Thread.ofVirtual().name("edge-routes").unstarted(() -> follow(first.version()));
    }

    /** An index of what {@code shelf} holds now and from now on, until it is closed. */
    public static RouteIndex follow(Shelf<Routes> shelf) {
        var index = new RouteIndex(shelf, shelf.current());
        index.follower.start();
        return index;
    }

    /** The route of a host in lower case, without port and trailing dot; null if there is none. */
    @Nullable
    Route match(String host) {
        return known.byHost().get(host);
    }

    /** Whether the host belongs to an application that no executor holds ready. */
    boolean waits(String host) {
        return known.waiting().contains(host);
    }

    private void follow(long first) {
        long version = first;
        while (true) {
            try {
                var image = shelf.awaitNewer(version, POLL);
                if (image.version() != version) {
                    known = Known.of(image.value());
                    version = image.version();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Cannot follow the routes; serving from the last ones", e);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** One image, by the text of its host names. */
    private record Known(Map<String, Route> byHost, Set<String> waiting) {
        static Known of(Routes routes) {
            var map = HashMap.<String, Route>newHashMap(routes.byHost().size());
            routes.byHost().forEach((host, route) -> map.put(host.value(), route));
            var waiting = routes.waiting().stream().map(HostName::value).collect(Collectors.toUnmodifiableSet());
            return new Known(map, waiting);
        }
    }

    /** Stops following. */
    @Override
    public void close() {
        follower.interrupt();
    }
}
