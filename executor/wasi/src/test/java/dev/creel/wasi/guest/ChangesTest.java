package dev.creel.wasi.guest;

import static dev.creel.wasi.guest.Guest.err;
import static dev.creel.wasi.guest.Guest.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.type.ValType.EnumOf;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.wit.WasiWit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a writable preopen. */
@Timeout(60)
class ChangesTest {
    private static final String TYPES = "filesystem/types";
    private static final List<String> CODES =
            ((EnumOf) WasiWit.of(TYPES).types().get("error-code")).labels();
    private static final long CREATE = 1;
    private static final long DIRECTORY = 2;
    private static final long EXCLUSIVE = 4;
    private static final long TRUNCATE = 8;
    private static final long READ = 1;
    private static final long WRITE = 2;
    private static final long MUTATE = 32;

    @TempDir
    Path host;

    private Path inside;
    private Guest guest;
    private Object root;

    @BeforeEach
    void mount() throws IOException {
        inside = Files.createDirectory(host.resolve("inside"));
        Files.writeString(host.resolve("secret.txt"), "secret");
        Files.writeString(inside.resolve("words.txt"), "alpha beta");
        guest = new Guest(WasiContext.builder().preopens(List.of(new Preopen("/", inside, true))));
        root = ((Object[]) ((List<?>) guest.call("filesystem/preopens", "get-directories")).getFirst())[0];
    }

    @AfterEach
    void unmount() {
        guest.close();
    }

    @Test
    void makesAndWritesAFile() throws IOException {
        var file = ok(open("new.txt", CREATE | EXCLUSIVE, READ | WRITE));
        assertEquals(5L, ok(call("write", file, bytes("hello"), 0L)));
        assertEquals(2L, ok(call("write", file, bytes("y!"), 4L)));
        assertEquals("helly!", Files.readString(inside.resolve("new.txt")));
        assertEquals("helly!", new String((byte[]) ((Object[]) ok(call("read", file, 99L, 0L)))[0], UTF_8));
        assertEquals("exist", code(open("new.txt", CREATE | EXCLUSIVE, WRITE)));
        ok(call("sync", file));
        ok(call("sync-data", file));
        assertEquals(READ | WRITE, ok(call("get-flags", file)));
        assertEquals(READ | MUTATE, ok(call("get-flags", root)));
    }

    @Test
    void writesThroughStreams() throws IOException {
        var file = ok(open("words.txt", 0, WRITE));
        var at = ok(call("write-via-stream", file, 6L));
        write(at, "gam");
        write(at, "ma");
        var end = ok(call("append-via-stream", file));
        guest.drop(TYPES, "descriptor", file);
        write(end, " one");
        Files.writeString(inside.resolve("words.txt"), "short");
        write(end, " two");
        assertEquals("short two", Files.readString(inside.resolve("words.txt")), "the end is where it is by then");
        write(at, "x");
        assertEquals(12, Files.size(inside.resolve("words.txt")));
    }

    @Test
    void cutsOffAndFillsUp() throws IOException {
        var file = ok(open("words.txt", 0, READ | WRITE));
        ok(call("set-size", file, 3L));
        assertEquals("alp", Files.readString(inside.resolve("words.txt")));
        ok(call("set-size", file, 5L));
        assertEquals("alp\0\0", Files.readString(inside.resolve("words.txt")));
        assertEquals("file-too-large", code(call("set-size", file, -1L)));
        ok(open("words.txt", TRUNCATE, WRITE));
        assertEquals(0, Files.size(inside.resolve("words.txt")));
    }

    @Test
    void aFileIsGoodForWhatItWasOpenedFor() {
        var read = ok(open("words.txt", 0, READ));
        assertEquals("bad-descriptor", code(call("write", read, bytes("x"), 0L)));
        assertEquals("bad-descriptor", code(call("append-via-stream", read)));
        var write = ok(open("words.txt", 0, WRITE));
        assertEquals("bad-descriptor", code(call("read", write, 1L, 0L)));
        assertEquals("is-directory", code(open(".", 0, WRITE)));
        assertEquals("invalid", code(open("d", CREATE | DIRECTORY, READ)));
        assertEquals("unsupported", code(open("words.txt", 0, WRITE | 4)));
        assertEquals("is-directory", code(open("none/", CREATE, WRITE)));
        assertEquals("not-directory", code(open("words.txt/", 0, WRITE)));
    }

    @Test
    void makesAndRemovesDirectories() {
        ok(call("create-directory-at", root, "d"));
        ok(call("create-directory-at", root, "d/e/"));
        assertEquals("exist", code(call("create-directory-at", root, "d")));
        assertEquals("not-empty", code(call("remove-directory-at", root, "d")));
        ok(call("remove-directory-at", root, "d/e/"));
        assertEquals("is-directory", code(call("unlink-file-at", root, "d")));
        assertEquals("is-directory", code(call("unlink-file-at", root, "d/")));
        ok(call("remove-directory-at", root, "d"));
        assertEquals("not-directory", code(call("remove-directory-at", root, "words.txt")));
        assertEquals("not-directory", code(call("unlink-file-at", root, "words.txt/")));
        ok(call("unlink-file-at", root, "words.txt"));
        assertEquals("no-entry", code(call("unlink-file-at", root, "words.txt")));
    }

    @Test
    void renamesWithinAndAcrossDirectories() throws IOException {
        ok(call("create-directory-at", root, "d"));
        var d = ok(open("d", DIRECTORY, READ));
        ok(call("rename-at", root, "words.txt", d, "w"));
        assertEquals("alpha beta", Files.readString(inside.resolve("d/w")));
        assertEquals("not-directory", code(call("rename-at", d, "w", root, "x/")));
        ok(call("rename-at", d, "w", root, "x"));
        ok(call("rename-at", root, "d/", root, "e/"));
        assertTrue(Files.isDirectory(inside.resolve("e")));
        assertEquals("is-directory", code(call("rename-at", root, "x", root, "e")));
        ok(call("rename-at", root, "x", d, "y"));
        assertTrue(Files.exists(inside.resolve("e/y")), "the descriptor went with its directory");
    }

    @Test
    void linksFilesAndNames() throws IOException {
        ok(call("link-at", root, 0L, "words.txt", root, "again"));
        assertEquals(2L, ((Object[]) ok(call("stat-at", root, 0L, "again")))[1], "two names");
        assertEquals("exist", code(call("link-at", root, 0L, "words.txt", root, "again")));
        assertEquals("no-entry", code(call("link-at", root, 0L, "words.txt", root, "more/")));
        assertEquals("invalid", code(call("link-at", root, 1L, "words.txt", root, "more")));
        ok(call("create-directory-at", root, "d"));
        assertEquals("not-permitted", code(call("link-at", root, 0L, "d", root, "more")));
        ok(call("symlink-at", root, "../words.txt", "d/link"));
        assertEquals("../words.txt", ok(call("readlink-at", root, "d/link")));
        var file = ok(guest.method(TYPES, "descriptor", "open-at", root, 1L, "d/link", 0L, WRITE));
        ok(call("write", file, bytes("A"), 0L));
        assertEquals("Alpha beta", Files.readString(inside.resolve("words.txt")));
        assertEquals("not-permitted", code(call("symlink-at", root, "/etc/passwd", "absolute")));
        assertEquals("exist", code(call("symlink-at", root, "x", "d/")));
        assertEquals("no-entry", code(call("symlink-at", root, "x", "none/")));
    }

    @Test
    void setsTimes() throws IOException {
        var then = new Variant.Value(2, new Object[] {1_000_000L, 7L});
        var keep = new Variant.Value(0, null);
        var now = new Variant.Value(1, null);
        ok(call("set-times-at", root, 0L, "words.txt", keep, then));
        assertEquals(
                FileTime.from(Instant.ofEpochSecond(1_000_000, 7)),
                Files.getLastModifiedTime(inside.resolve("words.txt")));
        var file = ok(open("words.txt", 0, READ));
        ok(call("set-times", file, keep, now));
        assertTrue(Files.getLastModifiedTime(inside.resolve("words.txt")).toMillis() > 1_000_000_000_000L);
        ok(call("set-times", root, then, then));
        var wrong = new Variant.Value(2, new Object[] {0L, 1_000_000_000L});
        assertEquals("invalid", code(call("set-times", file, keep, wrong)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "out/x", "d/../../x", "/x", "d/up/../x"})
    void nothingIsMadeOrChangedOutside(String path) throws IOException {
        Files.createDirectory(inside.resolve("d"));
        Files.createSymbolicLink(inside.resolve("out"), Path.of(".."));
        Files.createSymbolicLink(inside.resolve("d/up"), host);
        var now = new Variant.Value(1, null);
        assertEquals("not-permitted", code(open(path, CREATE, WRITE)));
        assertEquals("not-permitted", code(call("create-directory-at", root, path)));
        assertEquals("not-permitted", code(call("symlink-at", root, "words.txt", path)));
        assertEquals("not-permitted", code(call("link-at", root, 0L, "words.txt", root, path)));
        assertEquals("not-permitted", code(call("rename-at", root, "words.txt", root, path)));
        assertEquals("not-permitted", code(call("rename-at", root, path, root, "y")));
        assertEquals("not-permitted", code(call("unlink-file-at", root, path)));
        assertEquals("not-permitted", code(call("remove-directory-at", root, path)));
        assertEquals("not-permitted", code(call("set-times-at", root, 1L, path, now, now)));
        assertFalse(Files.exists(host.resolve("x")));
        assertTrue(Files.exists(inside.resolve("words.txt")));
    }

    @Test
    void aLinkAtTheEndIsReplacedAndRemovedButNotFollowed() throws IOException {
        ok(call("symlink-at", root, "../secret.txt", "link"));
        assertEquals("not-permitted", code(guest.method(TYPES, "descriptor", "open-at", root, 1L, "link", 0L, WRITE)));
        assertEquals("loop", code(open("link", CREATE, WRITE)));
        assertEquals(
                "exist",
                code(guest.method(TYPES, "descriptor", "open-at", root, 1L, "link", CREATE | EXCLUSIVE, WRITE)));
        ok(call("rename-at", root, "words.txt", root, "link"));
        assertEquals("alpha beta", Files.readString(inside.resolve("link")));
        ok(call("symlink-at", root, "../secret.txt", "other"));
        ok(call("unlink-file-at", root, "other"));
        assertEquals("secret", Files.readString(host.resolve("secret.txt")));
    }

    @Test
    void swappingDirectoriesForLinksMeanwhileChangesNothingElsewhere() throws Exception {
        var outside = Files.createDirectory(host.resolve("outside"));
        var flips = Files.createDirectory(inside.resolve("flips"));
        var aside = inside.resolve("aside");
        var stop = new AtomicBoolean();
        var flipped = new AtomicInteger();
        var flipper = Thread.ofPlatform().start(() -> flip(stop, flipped, flips, aside, outside));
        int made = 0;
        try {
            for (int i = 0; i < 2000 || ((made == 0 || flipped.get() < 100) && i < 1_000_000); i++) {
                made += call("create-directory-at", root, "flips/d" + i) instanceof Result.Value.Ok ? 1 : 0;
                call("symlink-at", root, "x", "flips/l" + i);
                call("link-at", root, 0L, "words.txt", root, "flips/h" + i);
                if (open("flips/f" + i, CREATE, WRITE) instanceof Result.Value.Ok(var file)) {
                    guest.drop(TYPES, "descriptor", file);
                }
            }
        } finally {
            stop.set(true);
            flipper.join();
        }
        assertTrue(made > 0, "never saw the directory itself");
        assertTrue(flipped.get() >= 100, "nobody swapped anything");
        try (var listed = Files.list(outside)) {
            assertEquals(List.of(), listed.toList());
        }
    }

    private static void flip(AtomicBoolean stop, AtomicInteger flipped, Path flips, Path aside, Path outside) {
        try {
            while (!stop.get()) {
                Files.move(flips, aside);
                Files.createSymbolicLink(flips, outside);
                Thread.onSpinWait();
                Files.delete(flips);
                Files.move(aside, flips);
                flipped.incrementAndGet();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void listsWhatItMadeWhateverTheKind() throws IOException {
        ok(call("create-directory-at", root, "d"));
        ok(call("symlink-at", root, "words.txt", "l"));
        var stream = ok(call("read-directory", root));
        int entries = 0;
        while (((Optional<?>) ok(guest.method(TYPES, "directory-entry-stream", "read-directory-entry", stream)))
                .isPresent()) {
            entries++;
        }
        assertEquals(3, entries);
        assertTrue(Files.isSymbolicLink(inside.resolve("l")));
        assertFalse(Files.isDirectory(inside.resolve("l"), LinkOption.NOFOLLOW_LINKS));
    }

    private Object open(String path, long openFlags, long flags) {
        return guest.method(TYPES, "descriptor", "open-at", root, 0L, path, openFlags, flags);
    }

    private Object call(String method, Object... args) {
        return guest.method(TYPES, "descriptor", method, args);
    }

    private void write(Object stream, String text) {
        ok(guest.method("io/streams", "output-stream", "blocking-write-and-flush", stream, bytes(text)));
    }

    private static String code(Object result) {
        return CODES.get((Integer) err(result));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
