package dev.creel.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.creel.contract.app.HostName;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.Image;
import dev.creel.contract.board.MemoryShelf;
import dev.creel.contract.board.Route;
import dev.creel.contract.board.Routes;
import dev.creel.contract.board.Shelf;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RouteIndexTest {
    private static final Route ROUTE = Edges.route(new Endpoint("127.0.0.1", 1));

    private static Routes routes(String host) {
        return new Routes(Map.of(new HostName(host), ROUTE), Set.of(), Map.of());
    }

    @Test
    void holdsWhatTheShelfHeldAtTheStart() {
        var shelf = new MemoryShelf<>(routes("a.test"));
        try (var index = RouteIndex.follow(shelf)) {
            assertEquals(ROUTE, index.match("a.test"));
            assertNull(index.match("b.test"));
        }
    }

    @Test
    void replacesAllRoutesWhenTheShelfChanges() throws Exception {
        var shelf = new MemoryShelf<>(routes("a.test"));
        try (var index = RouteIndex.follow(shelf)) {
            shelf.publish(routes("b.test"));
            Edges.await(() -> index.match("b.test") != null);
            assertNull(index.match("a.test"));
        }
    }

    @Test
    void keepsTheLastRoutesWhileTheShelfFails() throws Exception {
        var failed = new CountDownLatch(1);
        var shelf = new Shelf<Routes>() {
            @Override
            public Image<Routes> current() {
                return new Image<>(1, routes("a.test"));
            }

            @Override
            public void publish(Routes value) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Image<Routes> awaitNewer(long version, Duration atMost) {
                failed.countDown();
                throw new IllegalStateException("the board is away");
            }
        };
        try (var index = RouteIndex.follow(shelf)) {
            failed.await(10, TimeUnit.SECONDS);
            assertNotNull(index.match("a.test"));
        }
    }
}
