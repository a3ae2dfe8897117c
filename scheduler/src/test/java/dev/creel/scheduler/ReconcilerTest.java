package dev.creel.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.contract.board.Board;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.MemoryBoard;
import dev.creel.contract.board.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final Board board = new MemoryBoard();

    @Test
    void carriesADeployFromDesiredToARoute() throws InterruptedException {
        try (var _ = Reconciler.start(board)) {
            var revision = Fleet.revision("1");
            board.nodes().publish(Fleet.node("a", 10, Map.of()));
            board.desired().publish(Fleet.desired(Fleet.app("shop", revision, Optional.empty(), 1)));
            long version = 0;
            while (board.placements().current().value().on(new NodeId("a")).isEmpty()) {
                version = board.placements()
                        .awaitNewer(version, Duration.ofSeconds(10))
                        .version();
            }
            assertEquals(
                    Set.of(revision.id()),
                    board.placements().current().value().on(new NodeId("a")).keySet());
            var routesBefore = board.routes().current().version();
            board.nodes().publish(Fleet.node("a", 10, Map.of(revision.id(), new Holding.Ready())));
            var routes = board.routes().awaitNewer(routesBefore, Duration.ofSeconds(10));
            assertEquals(
                    revision.id(),
                    routes.value().byHost().get(Fleet.host("shop")).revision());
        }
    }
}
