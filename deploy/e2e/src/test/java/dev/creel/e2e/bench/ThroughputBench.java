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
 * What a request costs, for a small guest and for a JavaScript guest: through edge and executor, through the executor alone
 * ({@code creel run}), and in {@code wasmtime serve} if one is at hand ({@code WASMTIME} or on the path).
 */
class ThroughputBench {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration TIME = Duration.ofSeconds(15);

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
        for (var wasm : Instantiation.guests()) {
            Instantiation.print(wasm);
        }
    }

    private static List<Guest> guests() {
        var hello = new Guest("hello (C)", Instantiation.hello(), "/", 64);
        var others = System.getProperty("creel.guests", "");
        var js = Path.of(others, "js-hono", "js-hono.wasm");
        if (others.isEmpty() || !Files.exists(js)) {
            System.out.println("no JavaScript guest at hand: name a folder with js-hono in CREEL_GUESTS");
            return List.of(hello);
        }
        return List.of(hello, new Guest("js-hono", js, "/", 4));
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
                    .measure(creel.process(), WARM_UP, TIME);
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
                    .measure(process.toHandle(), WARM_UP, TIME);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Optional<Load.Rate> wasmtime(Guest guest) throws Exception {
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
                    .measure(process.toHandle(), Duration.ofSeconds(3), TIME));
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
