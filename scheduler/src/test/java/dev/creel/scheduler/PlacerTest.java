package dev.creel.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.board.Holding;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.board.Nodes;
import dev.creel.contract.board.Placements;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacerTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    @Test
    void spreadsApplicationsOverNodes() {
        var desired = Fleet.desired(
                Fleet.app("one", Fleet.revision("1"), Optional.empty(), 1),
                Fleet.app("two", Fleet.revision("2"), Optional.empty(), 1));
        var placed = Placer.place(
                desired, Fleet.nodes(Fleet.node("a", 10, Map.of()), Fleet.node("b", 10, Map.of())), Placements.NONE);
        assertEquals(1, placed.on(A).size());
        assertEquals(1, placed.on(B).size());
    }

    @Test
    void keepsARevisionWhereItIs() {
        var desired = Fleet.desired(Fleet.app("one", Fleet.revision("1"), Optional.empty(), 1));
        var onlyB = Placer.place(desired, Fleet.nodes(Fleet.node("b", 10, Map.of())), Placements.NONE);
        var both = Fleet.nodes(Fleet.node("a", 10, Map.of()), Fleet.node("b", 10, Map.of()));
        assertEquals(onlyB.on(B), Placer.place(desired, both, onlyB).on(B));
        assertTrue(Placer.place(desired, both, onlyB).on(A).isEmpty());
    }

    @Test
    void movesAwayFromANodeThatDied() {
        var desired = Fleet.desired(Fleet.app("one", Fleet.revision("1"), Optional.empty(), 1));
        var onA = Placer.place(desired, Fleet.nodes(Fleet.node("a", 10, Map.of())), Placements.NONE);
        var onB = Placer.place(desired, Fleet.nodes(Fleet.node("b", 10, Map.of())), onA);
        assertEquals(Set.of(Fleet.revision("1").id()), onB.on(B).keySet());
        assertTrue(onB.on(A).isEmpty());
    }

    @Test
    void placesOnEveryNodeWhenThereAreFewerThanPlaces() {
        var desired = Fleet.desired(Fleet.app("one", Fleet.revision("1"), Optional.empty(), 5));
        var placed = Placer.place(
                desired, Fleet.nodes(Fleet.node("a", 1, Map.of()), Fleet.node("b", 1, Map.of())), Placements.NONE);
        assertEquals(1, placed.on(A).size());
        assertEquals(1, placed.on(B).size());
    }

    @Test
    void givesAFullNodeNothingNew() {
        var desired = Fleet.desired(
                Fleet.app("one", Fleet.revision("1"), Optional.empty(), 1),
                Fleet.app("two", Fleet.revision("2"), Optional.empty(), 1));
        var placed = Placer.place(desired, Fleet.nodes(Fleet.node("a", 1, Map.of())), Placements.NONE);
        assertEquals(1, placed.on(A).size());
    }

    @Test
    void keepsTheOldRevisionUntilTheNewOneIsReady() {
        var old = Fleet.revision("1");
        var fresh = Fleet.revision("2");
        var desired = Fleet.desired(Fleet.app("one", fresh, Optional.of(old), 1));
        var preparing = Fleet.nodes(
                Fleet.node("a", 10, Map.of(old.id(), new Holding.Ready(), fresh.id(), new Holding.Preparing())));
        var both = Placer.place(desired, preparing, Placements.NONE);
        assertEquals(Set.of(old.id(), fresh.id()), both.on(A).keySet());
        var ready = Fleet.nodes(
                Fleet.node("a", 10, Map.of(old.id(), new Holding.Ready(), fresh.id(), new Holding.Ready())));
        assertEquals(
                Set.of(fresh.id()), Placer.place(desired, ready, both).on(A).keySet());
    }

    @Test
    void placesNothingWithoutNodes() {
        var desired = Fleet.desired(Fleet.app("one", Fleet.revision("1"), Optional.empty(), 1));
        assertEquals(Placements.NONE, Placer.place(desired, Nodes.NONE, Placements.NONE));
    }
}
