package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyPipeTest {
    @Test
    void splitsChunksAndCountsRoom() {
        var pipe = new BodyPipe(10);
        pipe.sink().write(Guest.bytes("hello"));
        assertEquals(5, pipe.sink().room());
        assertEquals(
                "he", new String(((BodySource.Chunk.Bytes) pipe.source().poll(2)).bytes(), StandardCharsets.US_ASCII));
        assertEquals(7, pipe.sink().room());
        assertEquals(
                "llo",
                new String(((BodySource.Chunk.Bytes) pipe.source().poll(99)).bytes(), StandardCharsets.US_ASCII));
        assertEquals(new BodySource.Chunk.Empty(), pipe.source().poll(99));
    }

    @Test
    void takesWhatCameEarlyWhateverTheRoom() {
        var pipe = new BodyPipe(2);
        pipe.sink().write(Guest.bytes("much too much"));
        assertEquals(0, pipe.sink().room());
        pipe.sink().end(Optional.empty());
        assertEquals("much too much", Answers.drain(pipe.source()));
    }

    @Test
    void theFirstEndStays() {
        var pipe = new BodyPipe(2);
        pipe.sink().end(Optional.empty());
        pipe.sink().abort();
        pipe.fail(HttpErrorCode.of("connection-refused"));
        assertEquals("", Answers.drain(pipe.source()));
        assertEquals(-1, pipe.sink().room());
    }

    @Test
    void tellsEachEndOfTheOthersChanges() {
        var pipe = new BodyPipe(10);
        var readable = new AtomicInteger();
        var writable = new AtomicInteger();
        pipe.source().onChange(readable::incrementAndGet);
        pipe.sink().onChange(writable::incrementAndGet);
        pipe.sink().write(Guest.bytes("x"));
        assertEquals(1, readable.get());
        pipe.source().poll(1);
        assertEquals(1, writable.get());
        pipe.sink().end(Optional.empty());
        assertEquals(2, readable.get());
        pipe.source().close();
        assertEquals(2, writable.get());
    }

    @Test
    void carriesEveryByteInOrderBetweenTwoThreadsThatSleepOnChanges() throws Exception {
        long seed = System.nanoTime();
        var pipe = new BodyPipe(3000);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var wrote = threads.submit(() -> produce(pipe.sink(), seed));
            var read = threads.submit(() -> consume(pipe.source(), seed));
            assertArrayEquals(wrote.get(60, TimeUnit.SECONDS), read.get(60, TimeUnit.SECONDS), "seed " + seed);
        }
    }

    private static byte[] produce(BodySink sink, long seed) {
        var random = new Random(seed);
        var changed = new Semaphore(0);
        sink.onChange(changed::release);
        var digest = sha256();
        for (int i = 0; i < 50_000; ) {
            int room = (int) sink.room();
            if (room == 0) {
                sleep(changed);
            } else {
                var bytes = new byte[1 + random.nextInt(room)];
                random.nextBytes(bytes);
                digest.update(bytes);
                sink.write(bytes);
                i++;
            }
        }
        sink.end(Optional.empty());
        return digest.digest();
    }

    private static byte[] consume(BodySource source, long seed) {
        var random = new Random(seed + 1);
        var changed = new Semaphore(0);
        source.onChange(changed::release);
        var digest = sha256();
        while (true) {
            switch (source.poll(1 + random.nextInt(4000))) {
                case BodySource.Chunk.Empty() -> sleep(changed);
                case BodySource.Chunk.Bytes(var bytes) -> digest.update(bytes);
                case BodySource.Chunk.End ignored -> {
                    return digest.digest();
                }
                case BodySource.Chunk.Broken(var code) -> throw new AssertionError(code);
            }
        }
    }

    private static void sleep(Semaphore changed) {
        try {
            assertTrue(changed.tryAcquire(30, TimeUnit.SECONDS), "a change was not told");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
