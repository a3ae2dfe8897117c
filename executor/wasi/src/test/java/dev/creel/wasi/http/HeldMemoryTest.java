package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.TrapException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the host keeps for a guest counts as its memory. */
class HeldMemoryTest {
    private static final long MAX = 1000;

    /** Of a guest that may have so many bytes, all of them in the host. */
    private static final class Budget implements CoreLimits {
        private long used;

        @Override
        public boolean reserveMemory(long bytes) {
            if (bytes > MAX - used) {
                return false;
            }
            used += bytes;
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }

        @Override
        public void releaseHost(long bytes) {
            used -= bytes;
        }
    }

    private final Budget budget = new Budget();
    private final BodyPipe sent = new BodyPipe(1 << 20);
    private final Guest guest = Guest.with(
            request -> new OutgoingHttp.Exchange(sent.sink(), new CompletableFuture<>(), () -> {}),
            HttpLimits.DEFAULT,
            budget);

    @Test
    void fieldsCountUntilTheyAreDropped() {
        var fields = guest.fields("x", "v".repeat(500));
        assertTrue(budget.used > 500, budget.used + " bytes");
        var more = guest.fields();
        var trap = assertThrows(
                TrapException.class, () -> guest.call("fields.append", more, "y", Guest.bytes("v".repeat(500))));
        assertTrue(trap.getMessage().contains("memory"), trap.getMessage());
        assertThrows(TrapException.class, () -> guest.call("fields.clone", fields), "a clone counts as well");
        guest.ok("fields.delete", fields, "x");
        guest.ok("fields.append", more, "y", Guest.bytes("v".repeat(500)));
        guest.drop(fields);
        guest.drop(more);
        assertEquals(0, budget.used);
    }

    @Test
    void aBodyWrittenAheadCountsUntilItsMessageIsOnItsWay() {
        var first = guest.call("outgoing-request", guest.fields());
        guest.write(guest.ok("outgoing-body.write", guest.ok("outgoing-request.body", first)), "b".repeat(600));
        assertEquals(600, budget.used);
        var second = guest.call("outgoing-request", guest.fields());
        var stream = guest.ok("outgoing-body.write", guest.ok("outgoing-request.body", second));
        guest.err("output-stream.blocking-write-and-flush", stream, Guest.bytes("b".repeat(600)));
        guest.ok("handle", first, Optional.empty());
        assertEquals(0, budget.used);
        assertEquals(600, ((BodySource.Chunk.Bytes) sent.source().poll(1000)).bytes().length);
    }

    @Test
    void aBodyWhoseMessageIsDroppedCountsNoLonger() {
        var request = guest.call("outgoing-request", guest.fields());
        var body = guest.ok("outgoing-request.body", request);
        var stream = guest.ok("outgoing-body.write", body);
        guest.write(stream, "b".repeat(600));
        guest.drop(request);
        assertEquals(0, budget.used);
    }
}
