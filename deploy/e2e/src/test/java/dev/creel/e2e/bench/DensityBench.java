package dev.creel.e2e.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many applications one executor holds: {@code --apps} small ones (10,000), {@code --own} of them (2,000) with a code key of
 * their own, the others with {@code --keys} (100) among them; then, on a platform of its own, {@code --js} JavaScript applications
 * (1,000) of three SDK builds. {@code --guest small} takes the guest of this repository where {@code c-wasi-http} is at hand, too.
 */
class DensityBench {
    @TempDir
    Path folder;

    @Test
    void density() throws Exception {
        var options = BenchOptions.read("apps", "keys", "own", "js", "guest", "at-once", "minutes");
        int apps = options.number("apps", 10_000);
        int keys = options.number("keys", 100);
        int own = options.number("own", Math.min(2_000, apps));
        int js = options.number("js", 1_000);
        int atOnce = options.number("at-once", 8);
        int minutes = options.number("minutes", 40);
        var guests = System.getProperty("creel.guests", "");
        if (apps > 0) {
            var guest = small(guests, options.word("guest").orElse("c-wasi-http"));
            var data = Files.createDirectories(folder.resolve("small"));
            new Density(data, atOnce, minutes)
                    .measure(
                            apps + " × " + guest.label() + " (" + guest.size() / 1024 + " KiB), " + own
                                    + " code keys of their own, " + keys + " for the others",
                            Density.small(guest, apps, keys, own),
                            Math.min(apps, own + keys));
        }
        if (js > 0) {
            if (!Files.exists(Path.of(guests).resolve("js-hono"))) {
                System.out.println("no JavaScript guests at hand: name their folder in CREEL_GUESTS");
                return;
            }
            var all = MarkedGuest.javaScript(Path.of(guests));
            var data = Files.createDirectories(folder.resolve("js"));
            new Density(data, atOnce, minutes)
                    .measure(
                            js + " JavaScript applications of " + all.size() + " SDK builds, data of its own each",
                            Density.inTurn(all, js),
                            Math.min(js, all.size()));
        }
    }

    private static MarkedGuest small(String guests, String name) throws Exception {
        boolean there = !guests.isEmpty() && Files.exists(MarkedGuest.file(Path.of(guests), "c-wasi-http"));
        return name.equals("small") || !there ? MarkedGuest.small() : MarkedGuest.cWasiHttp(Path.of(guests));
    }
}
