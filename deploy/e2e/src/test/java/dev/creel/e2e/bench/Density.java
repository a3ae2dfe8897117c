package dev.creel.e2e.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.e2e.RunningCreel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Many applications on one executor: deploys them, asks each of them, and tells what they hold.
 *
 * @param folder for the platform's data
 * @param atOnce deploys, and later visitors, at once
 * @param minutes after which deploying is given up
 */
record Density(Path folder, int atOnce, int minutes) {
    private static final int SWEEP_SECONDS = 900;
    private static final int MORE = 5;

    /** Copies of {@code guest}: {@code own} with a code key of their own, the others with {@code keys} among them. */
    static List<BenchApp> small(MarkedGuest guest, int apps, int keys, int own) {
        var all = new ArrayList<BenchApp>();
        for (int i = 0; i < apps; i++) {
            all.add(guest.app(i, i < own ? keys + i : (i - own) % keys));
        }
        return all;
    }

    /** Copies of each of {@code guests} in turn, each with its guest's code. */
    static List<BenchApp> inTurn(List<MarkedGuest> guests, int apps) {
        var all = new ArrayList<BenchApp>();
        for (int i = 0; i < apps; i++) {
            all.add(guests.get(i % guests.size()).app(i, 0));
        }
        return all;
    }

    /**
     * Returns what was asked; fails if an answer was wrong. The last few of {@code apps} are deployed one by one, after the others.
     *
     * @param fresh how many of {@code apps}, the first ones, have code that none before them has
     */
    Sweep measure(String title, List<BenchApp> apps, int fresh) throws Exception {
        System.out.printf("%n%s%n", title);
        var most = apps.size() + 10;
        var config = Files.writeString(folder.resolve("density.toml"), """
                [control]
                apps-per-tenant-max = %d
                [executor]
                apps-max = %d
                """.formatted(most, most));
        try (var creel = RunningCreel.start(folder, "--config", config.toString());
                var fleet = new Fleet(creel.url(), creel.token(), atOnce, Duration.ofMinutes(minutes))) {
            var empty = Vitals.afterFullCollection(creel.process());
            var first = apps.subList(0, Math.max(fresh, apps.size() - MORE));
            double seconds = fleet.deploy(first.subList(0, fresh));
            var withCode = Vitals.afterFullCollection(creel.process());
            seconds += fleet.deploy(first.subList(fresh, first.size()));
            var deployed = Vitals.of(creel.process());
            var sweep = Sweep.of(creel.port(), first, atOnce, SWEEP_SECONDS);
            var swept = Vitals.of(creel.process());
            var more = more(creel, fleet, apps.subList(first.size(), apps.size()));
            var last = Vitals.afterFullCollection(creel.process());
            System.out.printf(
                    Locale.ROOT,
                    "%d deployed and ready in %.1f s; one more, until it answers: %.2f s, at most %.2f s%n",
                    first.size(),
                    seconds,
                    more[more.length / 2],
                    more[more.length - 1]);
            sweep.print("sweep");
            Vitals.printHead();
            empty.print("empty", empty, 0);
            withCode.print(fresh + " with new code", empty, fresh);
            deployed.print("all deployed", empty, first.size());
            swept.print("all swept", empty, first.size());
            last.print("after full GC", empty, apps.size());
            last.print("… known code only", withCode, apps.size() - fresh);
            assertTrue(sweep.wrong().isEmpty(), () -> "wrong answers\n" + tail(creel.log()));
            assertEquals(first.stream().mapToInt(app -> app.answers().size()).sum(), sweep.answers());
            return sweep;
        }
    }

    private static double[] more(RunningCreel creel, Fleet fleet, List<BenchApp> apps) throws Exception {
        var seconds = new double[apps.size()];
        try (var asker = new Asker(creel.port())) {
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = fleet.deployOne(apps.get(i), asker);
            }
        }
        Arrays.sort(seconds);
        return seconds;
    }

    private static String tail(String log) {
        return log.substring(Math.max(0, log.length() - 4000));
    }
}
