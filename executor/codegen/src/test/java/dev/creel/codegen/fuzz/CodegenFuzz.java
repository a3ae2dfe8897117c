package dev.creel.codegen.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The long run: {@code ./creel test fuzz --target codegen [--seconds N] [--seed N]}. */
public final class CodegenFuzz {
    private static final int FINDINGS_MAX = 20;
    private static final int BATCH = 50;

    private CodegenFuzz() {}

    /** What the words after the command say. */
    private record Options(Duration time, long seed) {
        static Options of(String[] args) {
            long seconds = 60;
            long seed = new Random().nextLong() >>> 1;
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + " needs a value");
                }
                switch (args[i]) {
                    case "--target" -> {}
                    case "--seconds" -> seconds = Long.parseLong(args[i + 1]);
                    case "--seed" -> seed = Long.parseLong(args[i + 1]);
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
            return new Options(Duration.ofSeconds(seconds), seed);
        }
    }

    /**
     * Exits with 1 if anything was found, with 2 if the words are wrong; each finding is a line, and its modules are files in {@code
     * target/fuzz}.
     */
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("creel test fuzz: " + e.getMessage());
            System.err.println("usage: creel test fuzz --target codegen [--seconds N] [--seed N]");
            System.exit(2);
            return;
        }
        System.exit(hunt(options) == 0 ? 0 : 1);
    }

    private static int hunt(Options options) throws IOException, InterruptedException {
        var wasmtime = Wasmtime.atHand();
        System.out.println("codegen: seed " + options.seed + ", " + options.time.toSeconds() + " s, "
                + (wasmtime.isPresent() ? "with" : "without") + " wasmtime");
        long end = System.nanoTime() + options.time.toNanos();
        long seed = options.seed;
        int found = 0;
        long alone = 0;
        while (System.nanoTime() < end && found < FINDINGS_MAX) {
            var batch = new ArrayList<Comparison.Result>();
            for (int i = 0; i < BATCH && System.nanoTime() < end; i++) {
                batch.add(Comparison.of(Play.of(seed++)));
            }
            var ended =
                    batch.stream().filter(result -> !result.seen().isEmpty()).toList();
            var differing = wasmtime.isPresent() ? wasmtime.get().differing(ended) : batch;
            for (var result : differing) {
                // Where wasmtime sees what we see, Chicory is alone.
                found += report(result, result.doubt().isEmpty() ? List.of() : List.of(result.doubt()));
            }
            if (wasmtime.isPresent()) {
                alone += batch.stream()
                        .filter(result -> !result.doubt().isEmpty())
                        .count();
                for (var result : batch) {
                    found += report(result, List.of());
                }
            }
        }
        System.out.println("codegen: " + (seed - options.seed) + " plays, " + found
                + " findings; Chicory's interpreter was alone " + alone + " times");
        return found;
    }

    private static int report(Comparison.Result result, List<String> more) throws IOException {
        var lines = new ArrayList<>(result.differences());
        lines.addAll(more);
        if (lines.isEmpty()) {
            return 0;
        }
        System.out.println("FOUND seed " + result.play().seed() + " (" + files(result.play()) + ")");
        lines.forEach(line -> System.out.println("  " + line));
        return 1;
    }

    private static List<Path> files(Play play) throws IOException {
        var folder = Files.createDirectories(Path.of("target/fuzz"));
        var files = new ArrayList<Path>();
        for (int i = 0; i < play.modules().size(); i++) {
            var file = folder.resolve("codegen-" + play.seed() + "-" + i + ".wasm");
            files.add(Files.write(file, play.modules().get(i).wasm()));
        }
        return files;
    }
}
