package dev.creel.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDerivedTest {
    private final AtomicLong seconds = new AtomicLong(1_700_000_000);

    @TempDir
    Path directory;

    private FileDerived open(long max) throws IOException {
        return FileDerived.open(
                directory, ByteSize.ofBytes(max), () -> Instant.ofEpochSecond(seconds.incrementAndGet()));
    }

    @Test
    void givesBackWhatWasPutAndAfterARestartToo() throws Exception {
        var store = open(1000);
        assertTrue(store.get("a").isEmpty());
        store.put("a", new byte[] {1, 2, 3});
        store.put("a", new byte[] {4, 5});
        assertArrayEquals(new byte[] {4, 5}, store.get("a").orElseThrow());
        assertTrue(open(1000).has("a"));
        assertFalse(open(1000).has("b"));
    }

    @Test
    void whatIsUnusedLongestGoesFirst() throws Exception {
        var store = open(1000);
        for (var key : new String[] {"a", "b", "c"}) {
            store.put(key, new byte[300]);
        }
        store.get("a");
        store.put("d", new byte[300]);
        assertTrue(store.has("a"));
        assertFalse(store.has("b"));
        assertTrue(store.has("d"));
        store.put("large", new byte[1001]);
        assertFalse(store.has("large"));
    }

    @Test
    void unfinishedFilesOfACrashAreRemovedAndAreNobodysEntry() throws Exception {
        Files.write(directory.resolve("x.part"), new byte[500]);
        open(1000);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void manyMayPutTheSameAtATime() throws Exception {
        var store = open(1000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> put = () -> {
                store.put("same", new byte[400]);
                return null;
            };
            for (var done : threads.invokeAll(Collections.nCopies(50, put))) {
                done.get();
            }
        }
        assertEquals(400, store.get("same").orElseThrow().length);
        store.put("other", new byte[500]);
        assertTrue(store.has("same"));
    }
}
