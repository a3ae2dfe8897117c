package dev.creel.wasi.guest;

import static dev.creel.wasi.guest.Guest.err;
import static dev.creel.wasi.guest.Guest.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.type.ValType.EnumOf;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.wit.WasiWit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
    private static final String TYPES = "filesystem/types";
    private static final List<String> CODES =
            ((EnumOf) WasiWit.of(TYPES).types().get("error-code")).labels();
    private static final List<String> KINDS =
            ((EnumOf) WasiWit.of(TYPES).types().get("descriptor-type")).labels();

    @TempDir
    Path host;

    private Path inside;
    private Guest guest;
    private Object root;

    @BeforeEach
    void mount() throws IOException {
        inside = Files.createDirectory(host.resolve("inside"));
        Files.writeString(host.resolve("secret.txt"), "secret");
        Files.createDirectories(inside.resolve("data/sub"));
        Files.writeString(inside.resolve("data/words.txt"), "alpha\nbeta\n");
        Files.writeString(inside.resolve("data/sub/deep.txt"), "deep");
        Files.createSymbolicLink(inside.resolve("to-words"), Path.of("data/words.txt"));
        Files.createSymbolicLink(inside.resolve("to-sub"), Path.of("data/sub"));
        Files.createSymbolicLink(inside.resolve("data/sub/back"), Path.of("../words.txt"));
        Files.createSymbolicLink(inside.resolve("out"), Path.of("../secret.txt"));
        Files.createSymbolicLink(inside.resolve("out-dir"), Path.of(".."));
        Files.createSymbolicLink(inside.resolve("absolute"), host.resolve("secret.txt"));
        Files.createSymbolicLink(inside.resolve("loop"), Path.of("loop"));
        guest = new Guest(WasiContext.builder().preopens(List.of(new Preopen("/", inside))));
        root = root(guest);
    }

    @AfterEach
    void unmount() {
        guest.close();
    }

    @Test
    void showsThePreopensUnderTheGuestsNames() {
        var listed = (List<?>) guest.call("filesystem/preopens", "get-directories");
        assertEquals(1, listed.size());
        assertEquals("/", ((Object[]) listed.getFirst())[1]);
    }

    @Test
    void readsAFileFromAnyOffset() {
        var file = open("data/words.txt");
        assertArrayEquals(bytes("alpha\nbeta\n"), read(file, 100, 0));
        assertArrayEquals(bytes("beta"), read(file, 4, 6));
        assertArrayEquals(bytes(""), read(file, 4, 1000));
        assertEquals(true, ((Object[]) ok(descriptor("read", file, 4L, 1000L)))[1], "the end");
        assertEquals("invalid", code(descriptor("read", file, 4L, -1L)));
    }

    @Test
    void aStreamGoesOnWhenItsDescriptorIsDropped() {
        var file = open("data/words.txt");
        var stream = ok(descriptor("read-via-stream", file, 6L));
        guest.drop(TYPES, "descriptor", file);
        assertArrayEquals(
                bytes("beta\n"), (byte[]) ok(guest.method("io/streams", "input-stream", "blocking-read", stream, 99L)));
        var end = (Variant.Value) err(guest.method("io/streams", "input-stream", "blocking-read", stream, 99L));
        assertEquals(1, end.index(), "closed");
        guest.drop("io/streams", "input-stream", stream);
        guest.drop("io/streams", "input-stream", stream);
    }

    @Test
    void listsADirectoryWithoutDots() {
        assertEquals(
                new TreeSet<>(List.of(
                        "directory data",
                        "symbolic-link absolute",
                        "symbolic-link loop",
                        "symbolic-link out",
                        "symbolic-link out-dir",
                        "symbolic-link to-sub",
                        "symbolic-link to-words")),
                new TreeSet<>(list(root)));
        assertEquals(
                new TreeSet<>(List.of("directory sub", "regular-file words.txt")), new TreeSet<>(list(open("data"))));
        assertEquals(7, list(root).size(), "once more from the beginning");
    }

    @Test
    void describesFilesAndDirectories() {
        var stat = (Object[]) ok(descriptor("stat-at", root, 0L, "data/words.txt"));
        assertEquals("regular-file", KINDS.get((Integer) stat[0]));
        assertEquals(11L, stat[2]);
        assertTrue(((Optional<?>) stat[4]).isPresent());
        assertEquals("directory", kind(ok(descriptor("stat", root))));
        assertEquals("directory", kind(ok(descriptor("stat-at", root, 0L, "data/sub/.."))));
        assertEquals("regular-file", KINDS.get((Integer) ok(descriptor("get-type", open("to-words")))));
        assertEquals(1L, ok(descriptor("get-flags", open("data/words.txt"))));
    }

    @Test
    void followsLinksThatStayInside() {
        assertEquals("symbolic-link", kind(ok(descriptor("stat-at", root, 0L, "to-words"))));
        assertEquals("regular-file", kind(ok(descriptor("stat-at", root, 1L, "to-words"))));
        assertArrayEquals(bytes("deep"), read(open("to-sub/deep.txt"), 9, 0));
        assertArrayEquals(bytes("alpha"), read(open("to-sub/back"), 5, 0));
        assertEquals("directory", kind(ok(descriptor("stat-at", root, 0L, "to-sub/"))), "a slash asks for a directory");
        assertEquals("data/words.txt", ok(descriptor("readlink-at", root, "to-words")));
        assertEquals("invalid", code(descriptor("readlink-at", root, "data")));
        assertEquals("loop", code(openAt(root, 0, "to-words", 0, 1)), "not without symlink-follow");
        assertEquals("loop", code(openAt(root, 1, "loop", 0, 1)));
        assertEquals("loop", code(openAt(root, 1, "loop/x", 0, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..", "../secret.txt", "data/../../secret.txt", "data/sub/../../../secret.txt", "/secret.txt", "/",
                        "//etc/passwd",
                "out", "out-dir", "out-dir/secret.txt", "absolute", "to-sub/../../../secret.txt", "./.././secret.txt",
                        "data/..//..",
            })
    void nothingOutsideCanBeReached(String path) {
        for (long follow = 0; follow <= 1; follow++) {
            boolean link = follow == 0 && List.of("out", "out-dir", "absolute").contains(path);
            assertEquals(link ? "loop" : "not-permitted", code(openAt(root, follow, path, 0, 1)), path);
            if (!link) {
                assertEquals("not-permitted", code(descriptor("stat-at", root, follow, path)), path);
                assertEquals("not-permitted", code(descriptor("metadata-hash-at", root, follow, path)), path);
            }
        }
    }

    @Test
    void aDirectoryOpenedBelowIsAWallToo() {
        var sub = open("data/sub");
        assertEquals("not-permitted", code(openAt(sub, 1, "../words.txt", 0, 1)));
        assertEquals("not-permitted", code(openAt(sub, 1, "back", 0, 1)), "the link leads above where we started");
        assertEquals("not-permitted", code(descriptor("readlink-at", root, "absolute")), "host paths stay hidden");
    }

    @Test
    void swappingDirectoriesForLinksMeanwhileLeadsNowhereElse() throws Exception {
        var outside = Files.createDirectory(host.resolve("outside"));
        Files.writeString(outside.resolve("words.txt"), "secret");
        var flips = inside.resolve("flips");
        var aside = inside.resolve("aside");
        Files.createDirectory(flips);
        Files.writeString(flips.resolve("words.txt"), "public");
        var stop = new AtomicBoolean();
        var flipped = new AtomicInteger();
        var flipper = Thread.ofPlatform().start(() -> flip(stop, flipped, flips, aside, outside));
        int opened = 0;
        try {
            for (int i = 0; i < 3000 || ((opened == 0 || flipped.get() < 100) && i < 1_000_000); i++) {
                if (openAt(root, 1, "flips/words.txt", 0, 1) instanceof Result.Value.Ok(var file)) {
                    opened++;
                    assertArrayEquals(bytes("public"), read(file, 10, 0));
                    guest.drop(TYPES, "descriptor", file);
                }
            }
        } finally {
            stop.set(true);
            flipper.join();
        }
        assertTrue(opened > 0, "never saw the directory itself");
        assertTrue(flipped.get() >= 100, "nobody swapped anything");
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
    void refusesEverythingThatWrites() {
        var file = open("data/words.txt");
        var now = new Variant.Value(1, null);
        assertEquals("not-permitted", code(openAt(root, 0, "new.txt", 1, 1)), "create");
        assertEquals("not-permitted", code(openAt(root, 0, "data/words.txt", 8, 1)), "truncate");
        assertEquals("not-permitted", code(openAt(root, 0, "data/words.txt", 0, 2)), "write");
        assertEquals("not-permitted", code(openAt(root, 0, "data/words.txt", 0, 3)), "read and write");
        for (var refused : List.of(
                descriptor("write", file, bytes("x"), 0L),
                descriptor("write-via-stream", file, 0L),
                descriptor("append-via-stream", file),
                descriptor("set-size", file, 0L),
                descriptor("set-times", file, now, now),
                descriptor("set-times-at", root, 0L, "data", now, now),
                descriptor("create-directory-at", root, "new"),
                descriptor("remove-directory-at", root, "data/sub"),
                descriptor("unlink-file-at", root, "data/words.txt"),
                descriptor("rename-at", root, "data/words.txt", root, "x"),
                descriptor("link-at", root, 0L, "data/words.txt", root, "x"),
                descriptor("symlink-at", root, "data", "x"))) {
            assertEquals("not-permitted", code(refused));
        }
        assertEquals("unsupported", code(openAt(root, 0, "data/words.txt", 0, 1 | 4)), "file-integrity-sync");
        ok(descriptor("sync", file));
        ok(descriptor("sync-data", file));
    }

    @Test
    void saysWhatIsWrongWithAPath() {
        assertEquals("no-entry", code(openAt(root, 1, "none", 0, 1)));
        assertEquals("no-entry", code(openAt(root, 1, "none/x", 0, 1)));
        assertEquals("no-entry", code(openAt(root, 1, "", 0, 1)));
        assertEquals("not-directory", code(openAt(root, 1, "data/words.txt/x", 0, 1)));
        assertEquals("not-directory", code(openAt(root, 1, "data/words.txt/", 0, 1)));
        assertEquals("not-directory", code(openAt(root, 1, "data/words.txt/..", 0, 1)));
        assertEquals("not-directory", code(openAt(root, 1, "data/words.txt", 2, 1)), "the flag directory");
        assertEquals("name-too-long", code(openAt(root, 1, "x".repeat(256), 0, 1)));
        assertEquals("name-too-long", code(openAt(root, 1, "x/".repeat(2049), 0, 1)));
        assertEquals("invalid", code(openAt(root, 1, "data\0", 0, 1)));
        assertEquals("bad-descriptor", code(descriptor("read", root, 1L, 0L)));
        assertEquals("bad-descriptor", code(descriptor("read-via-stream", root, 0L)));
        assertEquals("not-directory", code(descriptor("read-directory", open("data/words.txt"))));
        assertEquals("not-directory", code(openAt(open("data/words.txt"), 1, "x", 0, 1)));
    }

    @Test
    void doesNotOpenWhatIsNoFileOrDirectory() throws Exception {
        var made = new ProcessBuilder("mkfifo", inside.resolve("pipe").toString())
                .start()
                .waitFor();
        org.junit.jupiter.api.Assumptions.assumeTrue(made == 0, "no mkfifo here");
        assertEquals("not-permitted", code(openAt(root, 1, "pipe", 0, 1)));
    }

    @Test
    void knowsAFileAgainByItsHash() throws IOException {
        var hash = hash("data/words.txt");
        assertArrayEquals(hash, hash("to-words"));
        assertFalse(Arrays.equals(hash, hash("data/sub/deep.txt")));
        assertEquals(
                true, guest.method(TYPES, "descriptor", "is-same-object", open("to-words"), open("data/words.txt")));
        assertEquals(false, guest.method(TYPES, "descriptor", "is-same-object", root, open("data")));
        Files.writeString(inside.resolve("data/words.txt"), "other and longer");
        assertFalse(Arrays.equals(hash, hash("data/words.txt")), "other content, other hash");
    }

    @Test
    void boundsOpenFiles() {
        try (var small = new Guest(WasiContext.builder()
                .preopens(List.of(new Preopen("/", inside)))
                .limits(WasiLimits.DEFAULT.withOpenFiles(3)))) {
            var top = root(small);
            var open = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                open.add(ok(small.method(TYPES, "descriptor", "open-at", top, 0L, "data/words.txt", 0L, 1L)));
            }
            var refused = small.method(TYPES, "descriptor", "open-at", top, 0L, "data/words.txt", 0L, 1L);
            assertEquals("quota", code(refused));
            small.drop(TYPES, "descriptor", open.getFirst());
            ok(small.method(TYPES, "descriptor", "read-directory", top));
        }
    }

    @Test
    void closesEverythingWithTheStore() {
        var file = open("data/words.txt");
        guest.close();
        assertEquals("bad-descriptor", code(descriptor("read", file, 1L, 0L)), "the file is closed");
        assertEquals("bad-descriptor", code(descriptor("stat", root)));
    }

    @Test
    void tellsTheErrorCodeOfAFailedStream() {
        var error = new dev.creel.wasi.io.IoError("x", dev.creel.wasi.filesystem.ErrorCode.IO);
        assertEquals(Optional.of(CODES.indexOf("io")), guest.call(TYPES, "filesystem-error-code", error));
        var other = new dev.creel.wasi.io.IoError("x", null);
        assertEquals(Optional.empty(), guest.call(TYPES, "filesystem-error-code", other));
    }

    private static Object root(Guest guest) {
        return ((Object[]) ((List<?>) guest.call("filesystem/preopens", "get-directories")).getFirst())[0];
    }

    private Object descriptor(String method, Object... args) {
        return guest.method(TYPES, "descriptor", method, args);
    }

    private Object openAt(Object directory, long pathFlags, String path, long openFlags, long flags) {
        return descriptor("open-at", directory, pathFlags, path, openFlags, flags);
    }

    private Object open(String path) {
        return ok(openAt(root, 1, path, 0, 1));
    }

    private byte[] read(Object file, long length, long offset) {
        return (byte[]) ((Object[]) ok(descriptor("read", file, length, offset)))[0];
    }

    private List<String> list(Object directory) {
        var stream = ok(descriptor("read-directory", directory));
        var names = new ArrayList<String>();
        while (ok(guest.method(TYPES, "directory-entry-stream", "read-directory-entry", stream))
                        instanceof Optional<?> next
                && next.isPresent()) {
            var entry = (Object[]) next.get();
            names.add(KINDS.get((Integer) entry[0]) + " " + entry[1]);
        }
        guest.drop(TYPES, "directory-entry-stream", stream);
        return names;
    }

    private Object[] hash(String path) {
        return (Object[]) ok(descriptor("metadata-hash-at", root, 1L, path));
    }

    private static String kind(Object stat) {
        return KINDS.get((Integer) ((Object[]) stat)[0]);
    }

    private static String code(Object result) {
        return CODES.get((Integer) err(result));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
