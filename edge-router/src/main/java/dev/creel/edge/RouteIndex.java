package dev.creel.edge;

import dev.creel.contract.board.Image;
import dev.creel.contract.board.Route;
import dev.creel.contract.board.Routes;
import dev.creel.contract.board.Shelf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    private volatile Map<String, Route> byHost;

    private RouteIndex(Shelf<Routes> shelf, Image<Routes> first) {
        this.shelf = shelf;
        this.byHost = index(first.value());
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
        return byHost.get(host);
    }

    private void follow(long first) {
        long version = first;
        while (true) {
            try {
                var image = shelf.awaitNewer(version, POLL);
                if (image.version() != version) {
                    byHost = index(image.value());
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

    private static Map<String, Route> index(Routes routes) {
        var map = HashMap.<String, Route>newHashMap(routes.byHost().size());
        routes.byHost().forEach((host, route) -> map.put(host.value(), route));
        return map;
    }

    /** Stops following. */
    @Override
    public void close() {
        follower.interrupt();
    }
}
