package dev.creel.e2e.bench;

import dev.creel.e2e.RunningCreel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an answer takes of an application that is not loaded, for a few applications of each guest: after the platform was started
 * again on what it keeps on disk; after nobody asked for a while, when another application keeps the guest's code loaded, and when
 * none does. Then what it costs to link each guest at hand, and to make an instance of it. {@code --guests a,b} measures only these,
 * {@code --copies N} (3) is how many applications of each there are (of small ones five times as many: loading warms up, too),
 * {@code --rounds N} (30) how often each is unloaded; the second half counts.
 */
class ColdBench {
    private static final Duration DEPLOYED_WITHIN = Duration.ofMinutes(10);
    private static final long READY_WITHIN_NANOS = 300_000_000_000L;
    private static final long AGAIN_MILLIS = 2;

    /** After which components are unloaded; somebody who asks more often keeps them. */
    private static final long IDLE_MILLIS = 1000;

    private static final int SMALL_BYTES = 1 << 20;
    private static final int SMALL_TIMES = 5;
    private static final int SHOWN = 3;

    private final BenchOptions options = BenchOptions.read("guests", "copies", "rounds");

    @TempDir
    Path folder;

    /** The applications of one guest. */
    private record Copies(String guest, List<BenchApp> apps) {}

    @Test
    void cold() throws Exception {
        var all = copies(options.number("copies", 3));
        var apps = all.stream().flatMap(one -> one.apps().stream()).toList();
        try (var creel = RunningCreel.start(folder);
                var fleet = new Fleet(creel.url(), creel.token(), 1, DEPLOYED_WITHIN)) {
            fleet.deploy(apps);
        }
        long begun = System.nanoTime();
        try (var creel = RunningCreel.start(folder)) {
            System.out.printf(
                    Locale.ROOT,
                    "%nstarted again on %d applications: ready after %.2f s; until three of each answer, ms after that:%n",
                    apps.size(),
                    (System.nanoTime() - begun) / 1e9);
            long ready = System.nanoTime();
            for (var one : all) {
                print(creel.port(), one, ready);
            }
        }
        unloaded(all);
        System.out.println();
        for (var wasm : Instantiation.guests()) {
            if (wanted(wasm.getFileName().toString().replaceFirst("\\.wasm$", ""))) {
                Instantiation.print(wasm);
            }
        }
    }

    /** Each application in turn: the first of a guest may wait for its engine, the others find it. */
    private static void print(int port, Copies copies, long ready) throws Exception {
        var line = new StringBuilder();
        var warm = new double[Math.min(SHOWN, copies.apps().size())];
        try (var asker = new Asker(port)) {
            for (int i = 0; i < warm.length; i++) {
                var app = copies.apps().get(i);
                line.append(String.format(Locale.ROOT, " %9.1f", until(asker, app, ready) / 1e6));
                long start = System.nanoTime();
                mustAnswer(asker, app);
                warm[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(warm);
        System.out.printf(
                Locale.ROOT, "%-16s%s   (asked again: %.2f ms)%n", copies.guest(), line, warm[warm.length / 2]);
    }

    private static long until(Asker asker, BenchApp app, long ready) throws Exception {
        long deadline = ready + READY_WITHIN_NANOS;
        while (asker.ask(app, app.answers().getFirst()).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(app.name() + " does not answer after the restart");
            }
            Thread.sleep(AGAIN_MILLIS);
        }
        return System.nanoTime() - ready;
    }

    private void unloaded(List<Copies> all) throws Exception {
        var config =
                Files.writeString(folder.resolve("cold.toml"), "[modules]\nidle = \"%dms\"\n".formatted(IDLE_MILLIS));
        try (var creel = RunningCreel.start(folder, "--config", config.toString())) {
            for (var one : all) {
                try (var asker = new Asker(creel.port())) {
                    for (var app : one.apps()) {
                        until(asker, app, System.nanoTime());
                    }
                }
            }
            System.out.printf("%n%-16s %12s %12s%n", "unloaded", "p50 ms", "p99 ms");
            try (var keeper = new Keeper(
                    creel.port(), all.stream().map(one -> one.apps().getFirst()).toList())) {
                rounds(creel, all, "code loaded", true);
                keeper.mustHaveKept();
            }
            rounds(creel, all, "code unloaded", false);
        }
    }

    /**
     * Waits until applications are unloaded, has the collector take them, and asks them: all but the first of each guest, which the
     * keeper has; or only one, which finds nothing of its code.
     */
    private void rounds(RunningCreel creel, List<Copies> all, String what, boolean many) throws Exception {
        int rounds = options.number("rounds", 30);
        var millis = new LinkedHashMap<String, List<Double>>();
        try (var asker = new Asker(creel.port())) {
            for (int round = 0; round < rounds; round++) {
                Thread.sleep(IDLE_MILLIS + IDLE_MILLIS / 4);
                Vitals.afterFullCollection(creel.process());
                for (var one : all) {
                    int last = one.apps().size();
                    for (var app : one.apps().subList(many ? Math.min(1, last - 1) : last - 1, last)) {
                        long start = System.nanoTime();
                        mustAnswer(asker, app);
                        if (round >= rounds / 2) {
                            millis.computeIfAbsent(one.guest(), ignored -> new ArrayList<>())
                                    .add((System.nanoTime() - start) / 1e6);
                        }
                    }
                }
            }
        }
        millis.forEach((guest, times) -> {
            times.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %12.2f %12.2f  %s%n",
                    guest,
                    times.get(times.size() / 2),
                    times.get(times.size() * 99 / 100),
                    what);
        });
    }

    /** Asks some applications so often that they stay loaded, until it is closed. */
    private static final class Keeper implements AutoCloseable {
        private final Thread thread;
        private volatile @Nullable Exception failure;

        Keeper(int port, List<BenchApp> apps) {
            thread = Thread.ofVirtual().start(() -> keep(port, apps));
        }

        private void keep(int port, List<BenchApp> apps) {
            try (var asker = new Asker(port)) {
                while (true) {
                    for (var app : apps) {
                        mustAnswer(asker, app);
                    }
                    Thread.sleep(IDLE_MILLIS / 5);
                }
            } catch (InterruptedException e) {
                // closed
            } catch (IOException | AssertionError e) {
                failure = new IllegalStateException("keeping applications loaded", e);
            }
        }

        void mustHaveKept() throws Exception {
            var failed = failure;
            if (failed != null) {
                throw failed;
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void mustAnswer(Asker asker, BenchApp app) throws IOException {
        var wrong = asker.ask(app, app.answers().getFirst());
        if (wrong.isPresent()) {
            throw new AssertionError(app.name() + " answered " + wrong.get());
        }
    }

    private List<Copies> copies(int count) throws IOException {
        var guests = new ArrayList<MarkedGuest>();
        guests.add(MarkedGuest.small());
        var others = Path.of(System.getProperty("creel.guests", ""));
        if (Files.exists(MarkedGuest.file(others, "js-hono"))) {
            guests.add(MarkedGuest.cWasiHttp(others));
            guests.add(MarkedGuest.rust(others));
            guests.addAll(MarkedGuest.javaScript(others));
        } else {
            System.out.println("no Rust and JavaScript guests at hand: name their folder in CREEL_GUESTS");
        }
        return guests.stream()
                .filter(guest -> wanted(guest.label()))
                .map(guest -> new Copies(
                        guest.label(),
                        Density.inTurn(List.of(guest), guest.size() < SMALL_BYTES ? SMALL_TIMES * count : count)))
                .toList();
    }

    private boolean wanted(String guest) {
        return options.word("guests")
                .map(names -> List.of(names.split(",")).contains(guest))
                .orElse(true);
    }
}
