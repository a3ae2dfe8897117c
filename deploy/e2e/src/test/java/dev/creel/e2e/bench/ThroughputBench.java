package dev.creel.e2e.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.e2e.Program;
import dev.creel.e2e.RunningCreel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request costs, for small guests and those of Rust, JavaScript and Python: through edge and executor, through the executor
 * alone ({@code creel run}), and in {@code wasmtime serve} if one is at hand ({@code WASMTIME} or on the path). {@code --guests a,b}
 * measures only these, {@code --seconds N} (15) is for how long, {@code --warm-up N} (30) for how long before.
 */
class ThroughputBench {
    private final BenchOptions options = BenchOptions.read("guests", "seconds", "warm-up");
    private final Duration warmUp = Duration.ofSeconds(options.number("warm-up", 30));
    private final Duration time = Duration.ofSeconds(options.number("seconds", 15));

    @TempDir
    Path folder;

    /** A guest to measure, and over how many connections: slow guests must answer all of them within their deadline. */
    private record Guest(String name, Path wasm, String path, int connections) {}

    @Test
    void throughput() throws Exception {
        System.out.printf("%-16s %-24s %14s %18s %10s%n", "guest", "way", "answers/s", "answers/core-s", "ratio");
        for (var guest : guests()) {
            measure(guest);
        }
    }

    private List<Guest> guests() {
        var others = Path.of(System.getProperty("creel.guests", ""));
        var all = List.of(
                new Guest("hello", Instantiation.hello(), "/", 64),
                new Guest("c-wasi-http", MarkedGuest.file(others, "c-wasi-http"), "/", 64),
                new Guest("rust-hello", MarkedGuest.file(others, "rust-hello"), "/", 64),
                new Guest("rust-wasi-http", MarkedGuest.file(others, "rust-wasi-http"), "/", 64),
                new Guest("js-hono", MarkedGuest.file(others, "js-hono"), "/", 4),
                new Guest("py-wasi-http", MarkedGuest.file(others, "py-wasi-http"), "/about?q", 4));
        var only = options.word("guests").map(names -> List.of(names.split(",")));
        var wanted = all.stream()
                .filter(guest -> only.isEmpty() || only.get().contains(guest.name()))
                .toList();
        wanted.stream()
                .filter(guest -> !Files.exists(guest.wasm()))
                .forEach(guest -> System.out.println("no " + guest.name() + " at hand: name a folder in CREEL_GUESTS"));
        return wanted.stream().filter(guest -> Files.exists(guest.wasm())).toList();
    }

    private void measure(Guest guest) throws Exception {
        double yardstick = wasmtime(guest)
                .map(rate -> print(guest, "wasmtime serve", rate, Double.NaN))
                .orElse(Double.NaN);
        double alone = print(guest, "executor alone", alone(guest), yardstick);
        print(guest, "edge + executor", platform(guest), Double.isNaN(yardstick) ? alone : yardstick);
    }

    private static double print(Guest guest, String way, Load.Rate rate, double yardstick) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %-24s %14.0f %18.0f %10s%n",
                guest.name(),
                way,
                rate.perSecond(),
                rate.perCoreSecond(),
                Double.isNaN(yardstick) ? "–" : String.format(Locale.ROOT, "%.2f", rate.perCoreSecond() / yardstick));
        return rate.perCoreSecond();
    }

    private Load.Rate platform(Guest guest) throws Exception {
        try (var creel = RunningCreel.start(Files.createTempDirectory(folder, "up"))) {
            var app = Files.createDirectories(folder.resolve("app"));
            Files.copy(guest.wasm(), app.resolve("app.wasm"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(app.resolve("spin.toml"), """
                    spin_manifest_version = 2
                    application = { name = "bench" }
                    [[trigger.http]]
                    route = "/..."
                    component = { source = "app.wasm" }
                    """);
            creel.must("deploy", app.toString());
            return new Load(creel.port(), "bench.apps.localhost", guest.path(), guest.connections())
                    .measure(creel.process(), warmUp, time);
        }
    }

    private Load.Rate alone(Guest guest) throws Exception {
        int port = freePort();
        var process = Program.start(folder, Map.of(), "run", guest.wasm().toString(), "--listen", "127.0.0.1:" + port);
        try {
            var err = Program.drain(process.getErrorStream());
            Program.drain(process.getInputStream()).await("creel is ready", 180);
            assertTrue(process.isAlive(), err::soFar);
            return new Load(port, "localhost", guest.path(), guest.connections())
                    .measure(process.toHandle(), warmUp, time);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private Optional<Load.Rate> wasmtime(Guest guest) throws Exception {
        var program = System.getenv().getOrDefault("WASMTIME", "wasmtime");
        int port = freePort();
        Process process;
        try {
            process = new ProcessBuilder(
                            program,
                            "serve",
                            "-Scli",
                            "--addr",
                            "127.0.0.1:" + port,
                            guest.wasm().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.PIPE)
                    .start();
        } catch (IOException e) {
            System.out.println("no wasmtime at hand: name one in WASMTIME");
            return Optional.empty();
        }
        try {
            Program.drain(process.getErrorStream()).await("Serving", 180);
            return Optional.of(new Load(port, "localhost", guest.path(), guest.connections())
                    .measure(process.toHandle(), Duration.ofSeconds(3), time));
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
