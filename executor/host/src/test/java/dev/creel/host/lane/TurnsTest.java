package dev.creel.host.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final long MILLI = 1_000_000;

    private final TenantId first = TenantId.random();
    private final TenantId second = TenantId.random();
    private final Turns<String, String> turns = new Turns<>(5000, 0);

    /** What is next begins, runs for so long, and ends. */
    private String turn(long nanos) {
        var turn = Objects.requireNonNull(turns.next(true, true), "nobody wants a turn");
        turns.used(turn.tenant(), nanos);
        turns.ended(turn.tenant());
        return turn.guest() != null ? turn.guest() : turn.returning();
    }

    @Test
    void oneTenantsGuestsBeginInTheirOrder() {
        for (var guest : List.of("a", "b", "c")) {
            assertTrue(turns.add(first, guest));
        }
        assertEquals(List.of("a", "b", "c"), List.of(turn(1), turn(1), turn(1)));
        assertNull(turns.next(true, true));
        assertTrue(turns.isEmpty());
    }

    @Test
    void tenantsGetTheSameTimeHoweverLongTheirGuestsRun() {
        for (int i = 0; i < 2000; i++) {
            turns.add(first, "long");
            turns.add(second, "short");
        }
        long[] used = new long[2];
        for (int i = 0; i < 1100; i++) {
            var turn = turns.next(true, true);
            boolean isLong = "long".equals(turn.guest());
            long nanos = isLong ? 10 * MILLI : MILLI;
            turns.used(turn.tenant(), nanos);
            turns.ended(turn.tenant());
            used[isLong ? 0 : 1] += nanos;
        }
        assertTrue(Math.abs(used[0] - used[1]) <= 20 * MILLI, used[0] + " and " + used[1]);
    }

    @Test
    void manyGuestsOfOneTenantDoNotBeginBeforeAnotherTenantsWhileNoneHasEnded() {
        for (int i = 0; i < 100; i++) {
            turns.add(first, "flood");
        }
        turns.add(second, "one");
        var begun = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            begun.add(turns.next(true, true).guest());
        }
        assertTrue(begun.contains("one"), begun.toString());
    }

    @Test
    void aTenantThatWasAwaySavesNothingUp() {
        turns.add(second, "early");
        turn(MILLI);
        for (int i = 0; i < 1000; i++) {
            turns.add(first, "steady");
        }
        for (int i = 0; i < 500; i++) {
            turn(10 * MILLI);
        }
        for (int i = 0; i < 1000; i++) {
            turns.add(second, "late");
        }
        long late = IntStream.range(0, 100)
                .mapToObj(i -> turn(10 * MILLI))
                .filter("late"::equals)
                .count();
        assertTrue(late >= 49 && late <= 52, late + " of 100");
    }

    @Test
    void aTenantThatWasAwayGoesFirstByItsCreditAndNoMore() {
        var credited = new Turns<String, String>(5000, 50 * MILLI);
        for (int i = 0; i < 1000; i++) {
            credited.add(first, "steady");
        }
        for (int i = 0; i < 500; i++) {
            var turn = Objects.requireNonNull(credited.next(true, true));
            credited.used(turn.tenant(), 10 * MILLI);
        }
        for (int i = 0; i < 1000; i++) {
            credited.add(second, "late");
        }
        int ahead = -1;
        var guest = "late";
        while (guest.equals("late")) {
            ahead++;
            var turn = Objects.requireNonNull(credited.next(true, true));
            credited.used(turn.tenant(), 10 * MILLI);
            guest = turn.guest();
        }
        assertTrue(ahead >= 4 && ahead <= 6, ahead + " before the others");
    }

    @Test
    void whoComesBackGoesBeforeThoseThatOthersWaitForAndThoseBeforeTheQueue() {
        turns.add(first, "running");
        var running = turns.next(true, true).tenant();
        turns.add(first, "queued");
        turns.addNested(first, "nested");
        turns.back(running, "returning");
        assertEquals("returning", turns.next(true, true).returning());
        assertEquals("nested", turns.next(true, true).guest());
        assertEquals("queued", turns.next(true, true).guest());
    }

    @Test
    void whoHadToPauseStandsInTheQueueAgain() {
        turns.add(first, "running");
        var running = Objects.requireNonNull(turns.next(true, true)).tenant();
        turns.add(first, "before");
        turns.pause(running, "paused");
        turns.add(first, "after");
        turns.add(first, "last");
        assertEquals("before", turns.next(true, true).guest());
        assertEquals("paused", turns.next(true, true).returning());
        assertEquals("after", turns.next(true, true).guest());
        turns.pause(running, "paused");
        // It has a lane, and the last has none.
        assertEquals("paused", turns.next(false, true).returning());
        assertNull(turns.next(false, true));
        assertEquals("last", turns.next(true, true).guest());
    }

    @Test
    void onlyWhatHasRoomIsNext() {
        turns.add(first, "running");
        var running = turns.next(true, true).tenant();
        turns.add(first, "queued");
        assertNull(turns.next(false, true));
        turns.addNested(second, "nested");
        assertNull(turns.next(false, false));
        assertEquals("nested", turns.next(false, true).guest());
        turns.back(running, "returning");
        assertEquals("returning", turns.next(false, false).returning());
        assertEquals(1, turns.waiting());
    }

    @Test
    void whoGaveUpIsNotNext() {
        turns.add(first, "running");
        var running = turns.next(true, true).tenant();
        turns.back(running, "one");
        turns.back(running, "other");
        turns.giveUp(running, "one");
        assertEquals("other", turns.next(true, true).returning());
        turns.giveUp(running, "nobody");
        turns.pause(running, "paused");
        turns.giveUp(running, "paused");
        assertNull(turns.next(true, true));
    }

    @Test
    void aTenantHasItsShareOfTheQueue() {
        var few = new Turns<String, String>(2, 0);
        assertTrue(few.add(first, "a"));
        assertTrue(few.add(first, "b"));
        assertFalse(few.add(first, "c"));
        assertTrue(few.add(second, "d"));
        assertEquals(3, few.waiting());
        few.clear();
        assertEquals(0, few.waiting());
        assertNull(few.next(true, true));
    }

    @Test
    void forgetsWhoHadWhatWhenThereIsNothingToDo() {
        for (int i = 0; i < 1000; i++) {
            turns.add(TenantId.random(), "one");
        }
        for (int i = 0; i < 999; i++) {
            turn(MILLI);
        }
        assertEquals(1000, turns.tenants());
        turn(MILLI);
        assertEquals(0, turns.tenants());
    }
}
