package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.GuestFlag;
import dev.creel.contract.ByteSize;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final NodeMemory node = new NodeMemory(ByteSize.ofBytes(150), ByteSize.ofBytes(0));
    private final GuestLimits limits = GuestLimits.DEFAULTS.withMemory(ByteSize.ofBytes(100));

    @Test
    void countsAllMemoriesOfARunTogether() {
        var budget = new MemoryBudget(limits, node, new GuestFlag());
        assertTrue(budget.reserveMemory(60));
        assertTrue(budget.reserveMemory(40));
        assertFalse(budget.reserveMemory(1));
        assertEquals(Optional.of(MemoryBudget.Refusal.RUN), budget.refused());
    }

    @Test
    void countsAllRunsOfTheProcessTogether() {
        var first = new MemoryBudget(limits, node, new GuestFlag());
        var second = new MemoryBudget(limits, node, new GuestFlag());
        assertTrue(first.reserveMemory(100));
        assertTrue(second.reserveMemory(50));
        assertFalse(second.reserveMemory(1));
        assertEquals(Optional.of(MemoryBudget.Refusal.NODE), second.refused());
        assertEquals(ByteSize.ofBytes(150), node.used());
    }

    @Test
    void givesEverythingBackWhenTheRunIsOver() {
        try (var budget = new MemoryBudget(limits, node, new GuestFlag())) {
            assertTrue(budget.reserveMemory(100));
        }
        assertEquals(ByteSize.ofBytes(0), node.used());
    }

    @Test
    void isNotFooledByHugeOrNegativeSizes() {
        var budget = new MemoryBudget(limits, node, new GuestFlag());
        assertTrue(budget.reserveMemory(100));
        assertFalse(budget.reserveMemory(Long.MAX_VALUE));
        assertFalse(budget.reserveMemory(-1));
        assertFalse(budget.reserveTable(Long.MAX_VALUE));
        assertFalse(budget.reserveTable(-1));
    }

    @Test
    void boundsTheElementsOfAllTables() {
        var large = new NodeMemory(ByteSize.ofMiB(64), ByteSize.ofBytes(0));
        var budget = new MemoryBudget(GuestLimits.DEFAULTS, large, new GuestFlag());
        assertTrue(budget.reserveTable(GuestLimits.DEFAULTS.tableElements()));
        assertFalse(budget.reserveTable(1));
        assertEquals(Optional.empty(), budget.refused());
    }

    @Test
    void countsTablesAndWhatTheHostKeepsWithTheMemories() {
        try (var budget = new MemoryBudget(limits, node, new GuestFlag())) {
            assertTrue(budget.reserveTable(5));
            assertTrue(budget.reserveHost(20));
            assertTrue(budget.reserveMemory(40));
            assertFalse(budget.reserveHost(1));
            assertFalse(budget.reserveTable(1));
            budget.releaseHost(20);
            assertTrue(budget.reserveTable(2));
            assertFalse(budget.reserveMemory(5));
            assertTrue(budget.reserveMemory(4));
        }
        assertEquals(ByteSize.ofBytes(0), node.used());
    }
}
