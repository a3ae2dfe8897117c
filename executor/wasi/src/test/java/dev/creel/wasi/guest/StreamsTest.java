package dev.creel.wasi.guest;

import static dev.creel.wasi.guest.Guest.err;
import static dev.creel.wasi.guest.Guest.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.io.ByteInput;
import dev.creel.wasi.io.IoError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamsTest {
    private final Guest guest = new Guest();
    private final Pipe pipe = new Pipe(guest.store, 10);

    @AfterEach
    void close() {
        guest.close();
    }

    @Test
    void readsWhatIsThereAndNoMore() {
        var in = pipe.input();
        assertArrayEquals(new byte[0], (byte[]) ok(input("read", in, 5L)));
        pipe.put("hello");
        assertArrayEquals(bytes("hel"), (byte[]) ok(input("read", in, 3L)));
        assertArrayEquals(new byte[0], (byte[]) ok(input("read", in, 0L)));
        assertEquals(2L, ok(input("skip", in, -1L)), "u64 lengths are unsigned");
        pipe.end();
        assertClosed(input("read", in, 5L));
        assertClosed(input("read", in, 5L));
    }

    @Test
    void blockingReadWaitsForAnotherThread() {
        var in = pipe.input();
        var writer = Thread.ofVirtual().start(() -> {
            pipe.awaitReader();
            pipe.put("late");
        });
        assertArrayEquals(bytes("late"), (byte[]) ok(input("blocking-read", in, 9L)));
        assertEquals(false, writer.isInterrupted());
        pipe.end();
        assertClosed(input("blocking-skip", in, 9L));
    }

    @Test
    void aFailedReadCarriesTheError() {
        pipe.fail(new IoError("the wire was cut", null));
        var failed = (Variant.Value) err(input("read", pipe.input(), 5L));
        assertEquals(0, failed.index());
        assertEquals("the wire was cut", guest.method("io/error", "error", "to-debug-string", failed.payload()));
    }

    @Test
    void writesWhatIsPermitted() {
        var out = pipe.output();
        assertEquals(10L, ok(output("check-write", out)));
        ok(output("write", out, bytes("12345")));
        assertEquals(5L, ok(output("check-write", out)));
        ok(output("write-zeroes", out, 2L));
        assertArrayEquals(bytes("12345\0\0"), pipe.take());
        ok(output("flush", out));
        ok(output("blocking-flush", out));
    }

    @Test
    void writingMoreThanPermittedTraps() {
        var out = pipe.output();
        assertThrows(TrapException.class, () -> output("write", out, new byte[11]));
        assertThrows(TrapException.class, () -> output("write-zeroes", out, -1L));
        assertThrows(TrapException.class, () -> output("blocking-write-and-flush", out, new byte[4097]));
        assertThrows(TrapException.class, () -> output("blocking-write-zeroes-and-flush", out, 4097L));
        assertArrayEquals(new byte[0], pipe.take());
    }

    @Test
    void blockingWriteWaitsForRoomAsOftenAsItMust() {
        var drained = new CompletableFuture<byte[]>();
        Thread.ofVirtual().start(() -> drained.complete(pipe.drain(1000)));
        ok(output("blocking-write-and-flush", pipe.output(), new byte[600]));
        ok(output("blocking-write-zeroes-and-flush", pipe.output(), 400L));
        assertArrayEquals(new byte[1000], drained.join());
    }

    @Test
    void spliceMovesBytesBetweenStreams() {
        var from = new ByteInput(bytes("abcdefghijklmno"));
        var out = pipe.output();
        assertEquals(3L, ok(output("splice", out, from, 3L)));
        assertEquals(7L, ok(output("splice", out, from, 100L)), "as much as there is room for");
        assertEquals(0L, ok(output("splice", out, from, 100L)));
        assertArrayEquals(bytes("abcdefghij"), pipe.take());
        assertEquals(5L, ok(output("blocking-splice", out, from, 100L)));
        assertClosed(output("blocking-splice", out, from, 1L));
    }

    @Test
    void aReaderThatIsGoneClosesTheWriter() {
        pipe.abandon();
        assertClosed(output("check-write", pipe.output()));
        assertClosed(output("write", pipe.output(), bytes("x")));
        assertClosed(output("blocking-write-and-flush", pipe.output(), bytes("x")));
    }

    @Test
    void pollTellsWhichAreReady() {
        var quiet = guest.method("io/streams", "input-stream", "subscribe", pipe.input());
        var ready = guest.method("io/streams", "output-stream", "subscribe", pipe.output());
        assertEquals(List.of(1L), guest.call("io/poll", "poll", List.of(quiet, ready)));
        pipe.put("x");
        assertEquals(List.of(0L, 1L, 2L), guest.call("io/poll", "poll", List.of(quiet, ready, quiet)));
        assertEquals(true, guest.method("io/poll", "pollable", "ready", quiet));
        guest.method("io/poll", "pollable", "block", quiet);
    }

    @Test
    void pollOfNothingTraps() {
        assertThrows(TrapException.class, () -> guest.call("io/poll", "poll", List.of()));
    }

    @Test
    void anInterruptEndsAWait() {
        var quiet = guest.method("io/streams", "input-stream", "subscribe", pipe.input());
        var self = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            pipe.awaitReader();
            self.interrupt();
        });
        assertThrows(InterruptedGuestException.class, () -> guest.method("io/poll", "pollable", "block", quiet));
        assertEquals(true, Thread.interrupted());
    }

    private Object input(String method, Object... args) {
        return guest.method("io/streams", "input-stream", method, args);
    }

    private Object output(String method, Object... args) {
        return guest.method("io/streams", "output-stream", method, args);
    }

    private static void assertClosed(Object result) {
        assertEquals(new Variant.Value(1, null), err(result));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
