package dev.creel.e2e.bench;

import dev.creel.e2e.RunningCreel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the first answer takes: for a few applications of each guest, after the platform was started again on what it keeps on
 * disk. Then what it costs to link each guest at hand, and to make an instance of it. {@code --guests a,b} measures only these,
 * {@code --copies N} (3) is how many applications of each.
 */
class ColdBench {
    private static final Duration DEPLOYED_WITHIN = Duration.ofMinutes(10);
    private static final long READY_WITHIN_NANOS = 300_000_000_000L;
    private static final long AGAIN_MILLIS = 2;

    private final BenchOptions options = BenchOptions.read("guests", "copies");

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
                    "%nstarted again on %d applications: ready after %.2f s; until each answers, ms after that:%n",
                    apps.size(),
                    (System.nanoTime() - begun) / 1e9);
            long ready = System.nanoTime();
            for (var one : all) {
                print(creel.port(), one, ready);
            }
        }
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
        var warm = new double[copies.apps().size()];
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
                .map(guest -> new Copies(guest.label(), Density.inTurn(List.of(guest), count)))
                .toList();
    }

    private boolean wanted(String guest) {
        return options.word("guests")
                .map(names -> List.of(names.split(",")).contains(guest))
                .orElse(true);
    }
}
