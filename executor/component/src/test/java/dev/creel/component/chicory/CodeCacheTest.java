package dev.creel.component.chicory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.engine.CoreGuests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeCacheTest {
    @TempDir
    Path folder;

    private FileCodeCache cache(long bytesMax) {
        return new FileCodeCache(folder, bytesMax, Clock.systemUTC());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void givesBackWhatWasPutAlsoAfterARestart() throws IOException {
        cache(1000).put("key", new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, cache(1000).get("key").orElseThrow());
        assertEquals(Optional.empty(), cache(1000).get("other"));
        assertEquals(1, files().size());
    }

    @Test
    void onlyTheServersUserMayEnter() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        cache(1000);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void dropsDamagedEntries() throws IOException {
        for (Function<byte[], byte[]> damage : List.<Function<byte[], byte[]>>of(
                bytes -> new byte[0], bytes -> java.util.Arrays.copyOf(bytes, bytes.length - 1), bytes -> {
                    bytes[bytes.length - 1] ^= 1;
                    return bytes;
                })) {
            cache(1000).put("key", new byte[] {1, 2, 3});
            var file = files().getFirst();
            Files.write(file, damage.apply(Files.readAllBytes(file)));
            assertEquals(Optional.empty(), cache(1000).get("key"));
            assertEquals(List.of(), files());
        }
    }

    @Test
    void refusesAnotherKeysEntryUnderThisName() throws IOException {
        cache(1000).put("one", new byte[] {1});
        var one = files().getFirst();
        cache(1000).put("two", new byte[] {2});
        var two = files().stream().filter(file -> !file.equals(one)).findFirst().orElseThrow();
        Files.copy(two, one, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Optional.empty(), cache(1000).get("one"));
    }

    @Test
    void dropsWhatWasUnusedLongest() {
        var now = new Instant[] {Instant.parse("2026-01-01T00:00:00Z")};
        var clock = new MovingClock(now);
        var cache = new FileCodeCache(folder, 3 * 132, clock);
        for (var key : List.of("a", "b", "c")) {
            cache.put(key, new byte[100]);
            now[0] = now[0].plus(Duration.ofHours(1));
        }
        assertTrue(cache.get("a").isPresent());
        now[0] = now[0].plus(Duration.ofHours(1));
        cache.put("d", new byte[100]);
        assertFalse(cache.get("b").isPresent());
        assertTrue(cache.get("a").isPresent());
        cache.put("larger than all", new byte[1000]);
        assertFalse(cache.get("larger than all").isPresent());
        assertTrue(cache.get("d").isPresent());
    }

    @Test
    void modulesThatDifferOnlyInDataShareTheirCode() {
        var engine = new ChicoryEngine();
        var wasm = CoreGuests.wasm("passive");
        var other = wasm.clone();
        for (var at = 0; at + 3 < other.length; at++) {
            if (new String(other, at, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals("this")) {
                other[at] = 'T';
            }
        }
        var one = (ChicoryCode) engine.compile(engine.parse(wasm), "one");
        var two = (ChicoryCode) engine.compile(engine.parse(other), "two");
        assertSame(one.classes(), two.classes());
    }

    private static final class MovingClock extends Clock {
        private final Instant[] now;

        MovingClock(Instant[] now) {
            this.now = now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now[0];
        }
    }
}
