package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.host.CoreHostFunction;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.io.ByteInput;
import dev.creel.wasi.io.LineOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PreviewOneTest {
    private static final Map<String, CoreHostFunction> FUNCTIONS =
            Wasi.preview1().get("wasi_snapshot_preview1");

    private static final int OK = 0;
    private static final int BADF = 8;
    private static final int FAULT = 21;
    private static final int ILSEQ = 25;
    private static final int INVAL = 28;
    private static final int ISDIR = 31;
    private static final int LOOP = 32;
    private static final int NAMETOOLONG = 37;
    private static final int NOENT = 44;
    private static final int NOTDIR = 54;
    private static final int NOTSOCK = 57;
    private static final int NOTSUP = 58;
    private static final int PERM = 63;
    private static final int SPIPE = 70;

    private static final long READ = 2;
    private static final long WRITE = 64;
    private static final int CREATE = 1;
    private static final int APPEND = 1;
    private static final int ROOT = 3;
    private static final int TEXT = 4096;
    private static final int BUFFER = 8192;
    private static final int OUT = 512;
    private static final int VECTORS = 1024;

    @TempDir
    Path host;

    private final byte[] bytes = new byte[65536];
    private final ByteBuffer memory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final List<String> printed = new ArrayList<>();
    private Guest guest;

    @BeforeEach
    void start() throws IOException {
        var inside = Files.createDirectories(host.resolve("inside/data")).getParent();
        Files.writeString(host.resolve("secret.txt"), "secret");
        Files.writeString(inside.resolve("data/words.txt"), "alpha\nbeta\n");
        Files.createSymbolicLink(inside.resolve("link"), Path.of("data/words.txt"));
        Files.createSymbolicLink(inside.resolve("out"), Path.of("../secret.txt"));
        guest = new Guest(WasiContext.builder()
                .arguments(List.of("prog", "é"))
                .environment(Map.of("KEY", "value"))
                .stdin(new ByteInput("typed".getBytes(StandardCharsets.UTF_8)))
                .stdout(new LineOutput(1000, printed::add))
                .clocks(Clock.fixed(Instant.ofEpochSecond(5, 6), ZoneOffset.UTC), () -> 77)
                .preopens(List.of(new Preopen("/", inside))));
    }

    @AfterEach
    void end() {
        guest.close();
    }

    @Test
    void hasAllFunctionsOfTheInterface() {
        assertEquals(46, FUNCTIONS.size());
    }

    @Test
    void runsACommandOnTheEngine() throws IOException {
        var wasm = Files.readAllBytes(Path.of("src/test/guests/command.wasm"));
        int code = CoreGuest.run(
                wasm,
                "command",
                WasiContext.builder()
                        .stdout(new LineOutput(1000, printed::add))
                        .preopens(List.of(new Preopen("/", host.resolve("inside")))));
        assertEquals(7, code);
        assertEquals(List.of("alpha", "beta"), printed);
        assertEquals(BADF, CoreGuest.run(wasm, "command", WasiContext.builder()), "no preopen, no file");
    }

    @Test
    void passesArgumentsAndEnvironment() {
        assertEquals(OK, call("args_sizes_get", OUT, OUT + 4));
        assertEquals(2, memory.getInt(OUT));
        assertEquals(8, memory.getInt(OUT + 4));
        assertEquals(OK, call("args_get", OUT, BUFFER));
        assertEquals("prog\0é\0", text(BUFFER, 8));
        assertEquals(BUFFER + 5, memory.getInt(OUT + 4));
        assertEquals(OK, call("environ_sizes_get", OUT, OUT + 4));
        assertEquals(10, memory.getInt(OUT + 4));
        assertEquals(OK, call("environ_get", OUT, BUFFER));
        assertEquals("KEY=value\0", text(BUFFER, 10));
        assertEquals(FAULT, call("args_get", OUT, 65534));
    }

    @Test
    void tellsTheTime() {
        assertEquals(OK, call("clock_time_get", 0, 0, OUT));
        assertEquals(5_000_000_006L, memory.getLong(OUT));
        assertEquals(OK, call("clock_time_get", 1, 0, OUT));
        assertEquals(77, memory.getLong(OUT));
        assertEquals(OK, call("clock_res_get", 1, OUT));
        assertEquals(INVAL, call("clock_time_get", 9, 0, OUT));
    }

    @Test
    void namesItsPreopens() {
        assertEquals(OK, call("fd_prestat_get", ROOT, OUT));
        assertEquals(0, memory.get(OUT));
        assertEquals(1, memory.getInt(OUT + 4));
        assertEquals(OK, call("fd_prestat_dir_name", ROOT, BUFFER, 1));
        assertEquals("/", text(BUFFER, 1));
        assertEquals(NAMETOOLONG, call("fd_prestat_dir_name", ROOT, BUFFER, 0));
        assertEquals(BADF, call("fd_prestat_get", ROOT + 1, OUT));
        assertEquals(BADF, call("fd_prestat_get", 0, OUT));
    }

    @Test
    void readsSeeksAndCloses() {
        int fd = open("data/words.txt");
        vectors(3, 100);
        assertEquals(OK, call("fd_read", fd, VECTORS, 2, OUT));
        assertEquals(11, memory.getInt(OUT));
        assertEquals("alpha\nbeta\n", text(BUFFER, 3) + text(BUFFER + 1000, 8));
        assertEquals(OK, call("fd_tell", fd, OUT));
        assertEquals(11, memory.getLong(OUT));
        assertEquals(OK, call("fd_seek", fd, -5, 2, OUT));
        assertEquals(6, memory.getLong(OUT));
        assertEquals(OK, call("fd_seek", fd, 1, 1, OUT));
        assertEquals(7, memory.getLong(OUT));
        assertEquals(INVAL, call("fd_seek", fd, -1, 0, OUT));
        assertEquals(INVAL, call("fd_seek", fd, 0, 3, OUT));
        assertEquals(OK, call("fd_pread", fd, VECTORS, 1, 6, OUT));
        assertEquals("bet", text(BUFFER, 3));
        assertEquals(OK, call("fd_seek", fd, 1000, 0, OUT));
        assertEquals(OK, call("fd_read", fd, VECTORS, 2, OUT));
        assertEquals(0, memory.getInt(OUT), "nothing beyond the end");
        assertEquals(SPIPE, call("fd_seek", 1, 0, 0, OUT));
        assertEquals(ISDIR, call("fd_read", ROOT, VECTORS, 1, OUT));
        assertEquals(OK, call("fd_close", fd));
        assertEquals(BADF, call("fd_read", fd, VECTORS, 1, OUT));
        assertEquals(BADF, call("fd_close", fd));
    }

    @Test
    void readsAndWritesTheStandardStreams() {
        vectors(3, 100);
        assertEquals(OK, call("fd_read", 0, VECTORS, 2, OUT));
        assertEquals(3, memory.getInt(OUT));
        assertEquals("typ", text(BUFFER, 3));
        assertEquals(OK, call("fd_read", 0, VECTORS + 8, 1, OUT));
        assertEquals(2, memory.getInt(OUT));
        assertEquals(OK, call("fd_read", 0, VECTORS, 1, OUT));
        assertEquals(0, memory.getInt(OUT), "the end");
        bytes[BUFFER + 1000] = '\n';
        vectors(3, 1);
        assertEquals(OK, call("fd_write", 1, VECTORS, 2, OUT));
        assertEquals(4, memory.getInt(OUT));
        assertEquals(List.of("typ"), printed);
        assertEquals(BADF, call("fd_write", 0, VECTORS, 2, OUT));
        assertEquals(BADF, call("fd_read", 1, VECTORS, 2, OUT));
    }

    @Test
    void describesDescriptorsAndFiles() {
        int fd = open("data/words.txt");
        assertEquals(OK, call("fd_fdstat_get", fd, OUT));
        assertEquals(4, bytes[OUT], "a regular file");
        assertEquals(OK, call("fd_fdstat_get", ROOT, OUT));
        assertEquals(3, bytes[OUT], "a directory");
        assertEquals(OK, call("fd_fdstat_get", 1, OUT));
        assertEquals(0, bytes[OUT], "no terminal");
        assertEquals(OK, call("fd_fdstat_set_flags", 1, 4));
        assertEquals(OK, call("fd_fdstat_get", 1, OUT));
        assertEquals(4, memory.getShort(OUT + 2), "nonblock");

        assertEquals(OK, call("fd_filestat_get", fd, OUT));
        assertEquals(4, bytes[OUT + 16]);
        assertEquals(11, memory.getLong(OUT + 32));
        long inode = memory.getLong(OUT + 8);
        assertEquals(OK, path("path_filestat_get", ROOT, 1, "link", OUT));
        assertEquals(inode, memory.getLong(OUT + 8));
        assertTrue(memory.getLong(OUT + 48) > 0);
        assertEquals(OK, path("path_filestat_get", ROOT, 0, "link", OUT));
        assertEquals(7, bytes[OUT + 16], "a link");
    }

    @Test
    void listsADirectoryInPieces() {
        var names = new TreeSet<String>();
        long cookie = 0;
        int used;
        do {
            assertEquals(OK, call("fd_readdir", ROOT, BUFFER, 40, cookie, OUT));
            used = memory.getInt(OUT);
            int length = memory.getInt(BUFFER + 16);
            if (used > 0) {
                assertTrue(24 + length <= 40, "one entry fits");
                names.add(text(BUFFER + 24, length) + bytes[BUFFER + 20]);
                cookie = memory.getLong(BUFFER);
            }
        } while (used > 0);
        assertEquals(new TreeSet<>(List.of(".3", "..3", "data3", "link7", "out7")), names);
        assertEquals(NOTDIR, call("fd_readdir", open("data/words.txt"), BUFFER, 40, 0, OUT));
        assertEquals(FAULT, call("fd_readdir", ROOT, 65500, 40, 0, OUT));
    }

    @Test
    void readsLinks() {
        text("link");
        assertEquals(OK, call("path_readlink", ROOT, TEXT, 4, BUFFER, 100, OUT));
        assertEquals("data/words.txt", text(BUFFER, memory.getInt(OUT)));
        assertEquals(OK, call("path_readlink", ROOT, TEXT, 4, BUFFER, 4, OUT));
        assertEquals(4, memory.getInt(OUT), "cut to the buffer");
    }

    @Test
    void nothingOutsideCanBeOpened() {
        for (var path : List.of("../secret.txt", "/etc/passwd", "out", "data/../../secret.txt")) {
            assertEquals(PERM, tryOpen(path, 1, 0, 2), path);
        }
        assertEquals(LOOP, tryOpen("link", 0, 0, 2));
        assertEquals(NOENT, tryOpen("none", 1, 0, 2));
        assertEquals(NOTDIR, tryOpen("data/words.txt/x", 1, 0, 2));
        assertEquals(NOTDIR, tryOpen("data/words.txt", 1, 2, 2));
        bytes[TEXT] = (byte) 0xFF;
        assertEquals(ILSEQ, call("path_open", ROOT, 0, TEXT, 1, 0, 2, 0, 0, OUT));
    }

    @Test
    void refusesEverythingThatWrites() {
        int fd = open("data/words.txt");
        assertEquals(PERM, tryOpen("new", 0, 1, 2), "create");
        assertEquals(PERM, tryOpen("data/words.txt", 0, 8, 2), "truncate");
        assertEquals(PERM, tryOpen("data/words.txt", 0, 0, 64), "write");
        text("data/words.txt");
        assertEquals(PERM, call("path_create_directory", ROOT, TEXT, 4));
        assertEquals(PERM, call("path_remove_directory", ROOT, TEXT, 4));
        assertEquals(PERM, call("path_unlink_file", ROOT, TEXT, 14));
        assertEquals(PERM, call("path_rename", ROOT, TEXT, 14, ROOT, TEXT, 4));
        assertEquals(PERM, call("path_link", ROOT, 0, TEXT, 14, ROOT, TEXT, 4));
        assertEquals(PERM, call("path_symlink", TEXT, 14, ROOT, TEXT, 4));
        assertEquals(PERM, call("path_filestat_set_times", ROOT, 0, TEXT, 14, 0, 0, 0));
        assertEquals(PERM, call("fd_filestat_set_size", fd, 0));
        assertEquals(PERM, call("fd_filestat_set_times", fd, 0, 0, 0));
        vectors(1, 1);
        assertEquals(BADF, call("fd_write", fd, VECTORS, 1, OUT));
        assertEquals(BADF, call("fd_pwrite", fd, VECTORS, 1, 0, OUT));
        assertEquals(BADF, call("fd_allocate", fd, 0, 1));
        assertEquals(OK, call("fd_sync", fd));
        assertEquals(OK, call("fd_datasync", fd));
        assertEquals(OK, call("fd_advise", fd, 0, 0, 0));
    }

    @Test
    void renumbersDescriptors() {
        int one = open("data/words.txt");
        int other = open("data");
        assertEquals(OK, call("fd_renumber", one, other));
        assertEquals(BADF, call("fd_tell", one, OUT));
        assertEquals(OK, call("fd_tell", other, OUT));
        assertEquals(BADF, call("fd_renumber", one, other));
        assertEquals(one, open("link"), "the lowest free number");
    }

    @Test
    void pollTellsOfTimersStreamsAndErrors() {
        subscription(0, 11, 0);
        memory.putInt(BUFFER + 16, 1).putLong(BUFFER + 24, 1_000_000_000_000L);
        subscription(1, 22, 1);
        subscription(2, 33, 2);
        memory.putInt(BUFFER + 2 * 48 + 16, 1);
        subscription(3, 44, 1);
        memory.putInt(BUFFER + 3 * 48 + 16, 99);
        assertEquals(OK, call("poll_oneoff", BUFFER, TEXT, 4, OUT));
        assertEquals(3, memory.getInt(OUT), "all but the timer");
        assertEquals(22, memory.getLong(TEXT));
        assertEquals(1, bytes[TEXT + 10], "read");
        assertEquals(33, memory.getLong(TEXT + 32));
        assertEquals(2, bytes[TEXT + 32 + 10], "write");
        assertEquals(44, memory.getLong(TEXT + 64));
        assertEquals(BADF, memory.getShort(TEXT + 64 + 8));

        memory.putLong(BUFFER + 24, 77).putShort(BUFFER + 40, (short) 1);
        assertEquals(OK, call("poll_oneoff", BUFFER, TEXT, 1, OUT));
        assertEquals(1, memory.getInt(OUT), "an absolute time that has come");
        assertEquals(INVAL, call("poll_oneoff", BUFFER, TEXT, 0, OUT));
        assertEquals(FAULT, call("poll_oneoff", BUFFER, 65530, 1, OUT));
        assertEquals(FAULT, call("poll_oneoff", BUFFER, TEXT, -1, OUT));
    }

    @Test
    void pointersOutsideOfTheMemoryAreFaults() {
        memory.putInt(VECTORS, -1).putInt(VECTORS + 4, 2);
        for (var function : List.of("fd_write", "fd_read")) {
            int fd = function.equals("fd_write") ? 1 : 0;
            assertEquals(FAULT, call(function, fd, VECTORS, 1, OUT));
            assertEquals(FAULT, call(function, fd, 65533, 1, OUT));
            assertEquals(FAULT, call(function, fd, 0, -1, OUT));
        }
        assertEquals(FAULT, call("random_get", 65530, 10));
        assertEquals(FAULT, call("random_get", -1, 0), "even empty");
        assertEquals(FAULT, call("clock_time_get", 0, 0, 65530));
        assertEquals(FAULT, call("path_open", ROOT, 0, 65530, 10, 0, 2, 0, 0, OUT));
        text("data");
        assertEquals(FAULT, call("path_open", ROOT, 0, TEXT, 4, 0, 2, 0, 0, 65534));
    }

    @Test
    void fillsWithChance() {
        assertEquals(OK, call("random_get", 0, 65536));
        int zeros = 0;
        for (byte one : bytes) {
            zeros += one == 0 ? 1 : 0;
        }
        assertTrue(zeros > 100 && zeros < 500, zeros + " zeros among 65536");
        assertEquals(OK, call("random_get", 65536, 0));
    }

    @Test
    void exitUnwinds() {
        var exit = assertThrows(
                GuestExitException.class,
                () -> FUNCTIONS.get("proc_exit").body().call(guest.store, new Memory(bytes), new long[] {3}));
        assertEquals(3, exit.code());
        assertEquals(false, exit.ok());
    }

    @Test
    void hasNoSocketsAndNoSignals() {
        assertEquals(NOTSOCK, call("sock_accept", ROOT, 0, OUT));
        assertEquals(NOTSOCK, call("sock_recv", 1, VECTORS, 0, 0, OUT, OUT));
        assertEquals(NOTSOCK, call("sock_send", 1, VECTORS, 0, 0, OUT));
        assertEquals(BADF, call("sock_shutdown", 99, 0));
        assertEquals(NOTSUP, call("proc_raise", 1));
        assertEquals(OK, call("sched_yield"));
    }

    @Test
    void changesFilesWhereThePreopenLetsIt() throws IOException {
        guest.close();
        guest = new Guest(WasiContext.builder().preopens(List.of(new Preopen("/", host.resolve("inside"), true))));
        assertEquals(OK, call("path_create_directory", ROOT, TEXT, text("d")));
        assertEquals(OK, call("path_open", ROOT, 0, TEXT, text("d/new"), CREATE, READ | WRITE, 0, APPEND, OUT));
        int file = memory.getInt(OUT);
        vectors(2, 3);
        memory.put(BUFFER, "ab".getBytes(StandardCharsets.UTF_8));
        memory.put(BUFFER + 1000, "cde".getBytes(StandardCharsets.UTF_8));
        assertEquals(OK, call("fd_write", file, VECTORS, 2, OUT));
        assertEquals(5, memory.getInt(OUT));
        assertEquals(OK, call("fd_seek", file, 0, 0, OUT));
        assertEquals(OK, call("fd_write", file, VECTORS, 1, OUT));
        assertEquals(OK, call("fd_tell", file, OUT));
        assertEquals(7, memory.getLong(OUT), "it appends, wherever it was");
        assertEquals(OK, call("fd_fdstat_set_flags", file, 0));
        assertEquals(OK, call("fd_pwrite", file, VECTORS, 1, 1, OUT));
        assertEquals("aabdeab", Files.readString(host.resolve("inside/d/new")));
        assertEquals(OK, call("fd_filestat_set_size", file, 4));
        assertEquals(NOTSUP, call("fd_allocate", file, 0, 100));
        assertEquals(OK, call("fd_filestat_set_times", file, 0, 5_000_000_000L, 4));
        assertEquals(INVAL, call("fd_filestat_set_times", file, 0, 0, 4 | 8), "both a time and now");
        assertEquals(5, Files.getLastModifiedTime(host.resolve("inside/d/new")).toMillis() / 1000);
        assertEquals(OK, call("fd_sync", file));
        assertEquals("aabd", Files.readString(host.resolve("inside/d/new")));

        memory.put(BUFFER, "d/new".getBytes(StandardCharsets.UTF_8));
        assertEquals(OK, call("path_rename", ROOT, BUFFER, 5, ROOT, TEXT, text("moved")));
        memory.put(BUFFER, "moved".getBytes(StandardCharsets.UTF_8));
        assertEquals(OK, call("path_link", ROOT, 0, BUFFER, 5, ROOT, TEXT, text("linked")));
        assertEquals(INVAL, call("path_link", ROOT, 1, BUFFER, 5, ROOT, TEXT, text("followed")));
        assertEquals(OK, call("path_symlink", BUFFER, 5, ROOT, TEXT, text("pointing")));
        assertEquals(OK, call("path_filestat_set_times", ROOT, 0, TEXT, text("linked"), 0, 9_000_000_000L, 4));
        assertEquals(OK, call("path_remove_directory", ROOT, TEXT, text("d")));
        assertEquals(OK, call("path_unlink_file", ROOT, TEXT, text("moved")));
        assertEquals("aabd", Files.readString(host.resolve("inside/linked")));
        assertEquals(ISDIR, call("path_open", ROOT, 0, TEXT, text("."), 2, READ | WRITE, 0, 0, OUT));
    }

    @Test
    void whatOneCallMayNameIsBounded() {
        assertEquals(INVAL, call("fd_write", 1, 0, 1025, OUT));
        guest.close();
        guest = new Guest(WasiContext.builder().limits(WasiLimits.DEFAULT.withPollables(2)));
        for (int i = 0; i < 3; i++) {
            subscription(i, i, 2);
            memory.putInt(BUFFER + i * 48 + 16, 1);
        }
        assertEquals(INVAL, call("poll_oneoff", BUFFER, TEXT, 3, OUT));
        assertEquals(OK, call("poll_oneoff", BUFFER, TEXT, 2, OUT));
        assertEquals(2, memory.getInt(OUT));
    }

    private int open(String path) {
        assertEquals(OK, tryOpen(path, 1, 0, 2), path);
        return memory.getInt(OUT);
    }

    private int tryOpen(String path, int follow, int how, long rights) {
        return call("path_open", ROOT, follow, TEXT, text(path), how, rights, 0, 0, OUT);
    }

    private int path(String function, int fd, int flags, String path, int out) {
        return call(function, fd, flags, TEXT, text(path), out);
    }

    /** Puts a string into the memory; returns its length. */
    private int text(String text) {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        memory.put(TEXT, encoded);
        return encoded.length;
    }

    private String text(int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    /** Two vectors: {@code first} bytes at the buffer, {@code second} bytes a thousand further. */
    private void vectors(int first, int second) {
        memory.putInt(VECTORS, BUFFER).putInt(VECTORS + 4, first);
        memory.putInt(VECTORS + 8, BUFFER + 1000).putInt(VECTORS + 12, second);
    }

    private void subscription(int index, long userdata, int type) {
        memory.putLong(BUFFER + index * 48, userdata).put(BUFFER + index * 48 + 8, (byte) type);
    }

    private int call(String name, long... args) {
        var function = FUNCTIONS.get(name);
        assertEquals(function.type().params().size(), args.length, name);
        var results = function.body().call(guest.store, new Memory(bytes), args);
        assertArrayEquals(new long[] {results[0]}, results);
        return (int) results[0];
    }

    /** One page. */
    private record Memory(byte[] bytes) implements CoreMemory {
        @Override
        public CoreType.Memory type() {
            return new CoreType.Memory(1, 1, false);
        }

        @Override
        public int size() {
            return bytes.length;
        }
    }
}
