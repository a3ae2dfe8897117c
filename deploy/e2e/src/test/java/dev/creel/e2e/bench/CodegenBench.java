package dev.creel.e2e.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.e2e.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code generator beside {@code wasmtime} ({@code WASMTIME} or on the path), on the same modules: nine kernels, and requests to
 * guests of five languages, alone in {@code creel run} and in {@code wasmtime serve}; and how long small guests compile. Takes about
 * eight minutes; {@code ./creel bench codegen kernels compile js-hono 120} measures only these, with 120 seconds of load on our server. Ratios of requests are of processor time, with all that the server needs besides.
 */
class CodegenBench {
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final int OUR_SECONDS = 40;
    private static final int THEIR_WINDOWS = 4;
    private static final int BEST = 3;
    private static final int CONNECTIONS = 4;
    private static final double NEAR_PEAK = 0.9;
    private static final long READY_WITHIN_SECONDS = 240;
    private static final String WASMTIME = System.getenv().getOrDefault("WASMTIME", "wasmtime");
    private static final List<String> KERNELS =
            List.of("sort", "qsort", "mat", "sha", "interp", "str", "fib", "icall", "imono");

    @TempDir
    Path folder;

    /** A guest, and a request that it answers with 200. */
    private record Guest(String name, String path) {
        Path wasm() {
            return Path.of(System.getProperty("creel.guests", ""), name, name + ".wasm");
        }
    }

    private static final List<Guest> GUESTS = List.of(
            new Guest("c-wasi-http", "/"),
            new Guest("rust-api", "/"),
            new Guest("go-http", "/"),
            new Guest("js-hono", "/"),
            new Guest("py-wasi-http", "/about?q"));

    /** A kernel's checksum, and its best time. */
    private record Kernel(String sum, long nanos) {}

    /**
     * What a server did.
     *
     * @param micros processor time for a request at its best
     * @param toPeak seconds of load until it was nearly as good, or NaN
     */
    private record Served(double micros, double toPeak, long peakKib) {}

    @Test
    void codegen() throws Exception {
        var only = words().filter(word -> !isNumber(word)).toList();
        if (only.isEmpty() || only.contains("kernels")) {
            kernels();
        }
        if (only.isEmpty() || only.contains("compile")) {
            Compilation.printSmall(folder);
        }
        var rows = new ArrayList<String>();
        for (var guest : GUESTS) {
            if (only.isEmpty() || only.contains(guest.name())) {
                if (Files.exists(guest.wasm())) {
                    rows.add(requests(guest));
                } else {
                    System.out.println("no " + guest.name() + " at hand: name a folder of guests in CREEL_GUESTS");
                }
            }
        }
        if (!rows.isEmpty()) {
            System.out.printf(
                    "%n%-14s %10s %10s %7s %10s %9s %9s %10s %9s %10s %10s%n",
                    "guest",
                    "ours µs",
                    "theirs µs",
                    "ratio",
                    "to peak s",
                    "decode s",
                    "compile s",
                    "classes MB",
                    "heap MiB",
                    "comp. MiB",
                    "server MiB");
            rows.forEach(System.out::print);
            System.out.println(
                    "(µs of processor time for a request; the least heap to compile with in twice the time, of those halved;"
                            + " peak memory of compiling with " + Compilation.MIB + " MiB of heap, and of serving)");
        }
    }

    private static Stream<String> words() {
        return Arrays.stream(System.getProperty("creel.bench.only", "").split(" "))
                .filter(word -> !word.isEmpty());
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    /** A number among the words is for how many seconds our server is under load: on a busy machine it needs longer to warm up. */
    private static int ourWindows() {
        int seconds = words().filter(CodegenBench::isNumber)
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(OUR_SECONDS);
        return Math.max(1, (int) (seconds / WINDOW.toSeconds()));
    }

    // --- Kernels ---------------------------------------------------------------------------------------------------

    private void kernels() throws Exception {
        var wasm = Path.of("src/test/guests/kernels/kernels.wasm").toAbsolutePath();
        var theirs = kernels(new ProcessBuilder(WASMTIME, "run", wasm.toString()).start());
        var ours = kernels(Program.start(folder, Map.of(), KernelTimes.class.getName(), List.of(wasm.toString())));
        System.out.printf("%-8s %10s %10s %7s%n", "kernel", "ours ms", "theirs ms", "ratio");
        double logs = 0;
        for (int i = 0; i < KERNELS.size(); i++) {
            assertEquals(theirs.get(i).sum(), ours.get(i).sum(), KERNELS.get(i));
            double ratio = (double) ours.get(i).nanos() / theirs.get(i).nanos();
            logs += Math.log(ratio);
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %10.2f %10.2f %7.2f%n",
                    KERNELS.get(i),
                    ours.get(i).nanos() / 1e6,
                    theirs.get(i).nanos() / 1e6,
                    ratio);
        }
        System.out.printf(Locale.ROOT, "%-8s %29.2f (geometric mean)%n", "all", Math.exp(logs / KERNELS.size()));
    }

    private static List<Kernel> kernels(Process process) throws IOException, InterruptedException {
        var err = Program.drain(process.getErrorStream());
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), err::soFar);
        return text.lines()
                .map(line -> line.split(" "))
                .map(words -> new Kernel(words[1], Long.parseLong(words[2])))
                .toList();
    }

    // --- Requests --------------------------------------------------------------------------------------------------

    private String requests(Guest guest) throws Exception {
        System.out.println("measuring " + guest.name() + " …");
        var compilation = new Compilation(folder, guest.wasm());
        var cost = compilation.alone();
        int port = freePort();
        var theirs = served(
                guest,
                port,
                false,
                new ProcessBuilder(
                                WASMTIME,
                                "serve",
                                "-Scli",
                                "--addr",
                                "127.0.0.1:" + port,
                                guest.wasm().toString())
                        .start());
        int ourPort = freePort();
        var ours = served(
                guest,
                ourPort,
                true,
                Program.start(
                        folder,
                        Map.of(),
                        "run",
                        guest.wasm().toString(),
                        "--engine",
                        "codegen",
                        "--listen",
                        "127.0.0.1:" + ourPort));
        return String.format(
                Locale.ROOT,
                "%-14s %10.0f %10.0f %7.2f %10.0f %9.2f %9.2f %10.1f %9d %10d %10d%n",
                guest.name(),
                ours.micros(),
                theirs.micros(),
                ours.micros() / theirs.micros(),
                ours.toPeak(),
                cost.decodeMillis() / 1e3,
                cost.compileMillis() / 1e3,
                cost.classes() / 1e6,
                compilation.leastHeap(cost),
                cost.peakKib() >> 10,
                ours.peakKib() >> 10);
    }

    private static Served served(Guest guest, int port, boolean ours, Process process) throws Exception {
        try {
            // One says on its output that it is ready, the other among its errors.
            var out = Program.drain(process.getInputStream());
            var err = Program.drain(process.getErrorStream());
            (ours ? out : err).await(ours ? "creel is ready" : "Serving", READY_WITHIN_SECONDS);
            assertTrue(process.isAlive(), err::soFar);
            var server = process.toHandle();
            var windows = new Load(port, "localhost", guest.path(), CONNECTIONS)
                    .windows(server, WINDOW, ours ? ourWindows() : THEIR_WINDOWS);
            var rates = windows.stream().map(Load.Window::perCoreSecond).toList();
            // The middle of the best: one alone may be luck with the clock of processor time.
            var sorted = rates.stream().sorted(Comparator.reverseOrder()).toList();
            double best = sorted.get(Math.min(BEST / 2, sorted.size() - 1));
            var line = new StringBuilder("  answers/core-s by 2 s:");
            rates.forEach(rate -> line.append(String.format(Locale.ROOT, " %.0f", rate)));
            System.out.println(line);
            int first = 0;
            while (rates.get(first) < NEAR_PEAK * best) {
                first++;
            }
            return new Served(1e6 / best, (first + 1.0) * WINDOW.toSeconds(), Peak.kib(server));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
