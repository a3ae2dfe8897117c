package dev.creel.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.board.Holding;
import dev.creel.contract.board.Nodes;
import dev.creel.contract.board.Placements;
import dev.creel.contract.board.RevisionSource;
import dev.creel.contract.board.Routes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutePlannerTest {
    private static final RevisionSource OLD = Fleet.revision("1");
    private static final RevisionSource NEW = Fleet.revision("2");

    @Test
    void routesToAReadyRevision() {
        var routes = plan(
                Optional.empty(), Fleet.nodes(Fleet.node("a", 9, Map.of(NEW.id(), new Holding.Ready()))), Routes.NONE);
        assertEquals(NEW.id(), routes.byHost().get(Fleet.host("shop")).revision());
    }

    @Test
    void hasNoRouteWhileTheFirstRevisionIsPrepared() {
        var routes = plan(
                Optional.empty(),
                Fleet.nodes(Fleet.node("a", 9, Map.of(NEW.id(), new Holding.Preparing()))),
                Routes.NONE);
        assertTrue(routes.byHost().isEmpty());
        assertEquals(Set.of(Fleet.host("shop")), routes.waiting());
    }

    @Test
    void saysHowFarARevisionIsThatTakesLongToPrepare() {
        var preparing = new Holding.Preparing(Optional.of("compiling module 1"));
        var nodes = Fleet.nodes(Fleet.node("a", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), preparing)));
        assertEquals(
                Map.of(NEW.id(), "compiling module 1"),
                plan(Optional.of(OLD), nodes, Routes.NONE).notes());
    }

    @Test
    void letsTheOldRevisionServeUntilTheNewOneIsReadyOnEveryNode() {
        var half = Fleet.nodes(
                Fleet.node("a", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), new Holding.Ready())),
                Fleet.node("b", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), new Holding.Preparing())));
        assertEquals(
                OLD.id(),
                plan(Optional.of(OLD), half, Routes.NONE)
                        .byHost()
                        .get(Fleet.host("shop"))
                        .revision());
        var full = Fleet.nodes(
                Fleet.node("a", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), new Holding.Ready())),
                Fleet.node("b", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), new Holding.Ready())));
        var route = plan(Optional.of(OLD), full, Routes.NONE).byHost().get(Fleet.host("shop"));
        assertEquals(NEW.id(), route.revision());
        assertEquals(2, route.endpoints().size());
    }

    @Test
    void keepsTheOldRevisionAndSaysWhyWhenTheNewOneIsRefused() {
        var nodes = Fleet.nodes(
                Fleet.node("a", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), new Holding.Refused("not Wasm"))));
        var routes = plan(Optional.of(OLD), nodes, Routes.NONE);
        assertEquals(OLD.id(), routes.byHost().get(Fleet.host("shop")).revision());
        assertEquals(Map.of(NEW.id(), "not Wasm"), routes.refused());
    }

    @Test
    void passesOnWhatANodeHasToSayOfWhatItServes() {
        var note = Optional.of("runs slowly");
        var nodes = Fleet.nodes(
                Fleet.node("a", 9, Map.of(OLD.id(), new Holding.Ready(), NEW.id(), new Holding.Ready())),
                Fleet.node("b", 9, Map.of(OLD.id(), new Holding.Ready(note), NEW.id(), new Holding.Ready(note))));
        assertEquals(
                Map.of(NEW.id(), "runs slowly"),
                plan(Optional.of(OLD), nodes, Routes.NONE).notes());
    }

    @Test
    void keepsServingFromTheNodesThatAreLeft() {
        var both = Fleet.nodes(
                Fleet.node("a", 9, Map.of(NEW.id(), new Holding.Ready())),
                Fleet.node("b", 9, Map.of(NEW.id(), new Holding.Ready())));
        var before = plan(Optional.of(OLD), both, Routes.NONE);
        var oneBack = Fleet.nodes(
                Fleet.node("a", 9, Map.of(NEW.id(), new Holding.Ready())),
                Fleet.node("b", 9, Map.of(NEW.id(), new Holding.Preparing(), OLD.id(), new Holding.Ready())));
        var route = plan(Optional.of(OLD), oneBack, before).byHost().get(Fleet.host("shop"));
        assertEquals(NEW.id(), route.revision());
        assertEquals(1, route.endpoints().size());
    }

    private static Routes plan(Optional<RevisionSource> serving, Nodes nodes, Routes before) {
        var desired = Fleet.desired(Fleet.app("shop", NEW, serving, 2));
        var placements = Placer.place(desired, nodes, Placements.NONE);
        // What the nodes hold was placed there; the placer itself may already drop the old revision.
        var holding = new java.util.HashMap<>(placements.byNode());
        nodes.entries().forEach((id, node) -> {
            var all = new java.util.HashMap<>(placements.on(id));
            serving.filter(old -> node.holdings().containsKey(old.id()))
                    .ifPresent(old -> all.put(
                            old.id(),
                            new dev.creel.contract.board.Placement(
                                    desired.apps().keySet().iterator().next(),
                                    Fleet.TENANT,
                                    "shop",
                                    Fleet.host("shop"),
                                    old,
                                    Map.of())));
            holding.put(id, all);
        });
        return RoutePlanner.plan(desired, nodes, new Placements(holding), before);
    }
}
