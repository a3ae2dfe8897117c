package dev.creel.component.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The long run: {@code ./creel test fuzz [--target NAME] [--seconds N] [--seed N]}. */
public final class Fuzz {
    private static final int FINDINGS_MAX = 20;

    private Fuzz() {}

    static List<Target> targets() {
        var corpus = Corpus.load();
        return List.of(new DecodeTarget(corpus), new LinkTarget(corpus), new CallTarget());
    }

    /** What the words after the command say. */
    private record Options(String target, long seconds, long seed) {
        /** @throws IllegalArgumentException with a sentence, if they say nothing that is known */
        static Options of(String[] args) {
            var target = "";
            long seconds = 60;
            long seed = new Random().nextLong() >>> 1;
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + " needs a value");
                }
                switch (args[i]) {
                    case "--target" -> target = args[i + 1];
                    case "--seconds" -> seconds = number(args[i], args[i + 1]);
                    case "--seed" -> seed = number(args[i], args[i + 1]);
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
            return new Options(target, seconds, seed);
        }

        private static long number(String option, String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(option + " needs a number, not " + text, e);
            }
        }
    }

    /**
     * Exits with 1 if anything was found, with 2 if the words are wrong; each finding is a line, and its input a file in
     * {@code target/fuzz}.
     */
    public static void main(String[] args) throws Exception {
        Options options;
        List<Target> chosen;
        try {
            options = Options.of(args);
            chosen = chosen(options.target);
        } catch (IllegalArgumentException e) {
            System.err.println("creel test fuzz: " + e.getMessage());
            System.err.println("usage: creel test fuzz [--target NAME] [--seconds N] [--seed N]");
            System.exit(2);
            return;
        }
        int found = 0;
        for (var target : chosen) {
            found += hunt(target, options.seed, Duration.ofSeconds(options.seconds));
        }
        System.exit(found == 0 ? 0 : 1);
    }

    private static List<Target> chosen(String name) {
        var all = targets();
        var chosen = all.stream()
                .filter(target -> name.isEmpty() || target.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no target " + name + "; there are "
                    + all.stream().map(Target::name).toList());
        }
        return chosen;
    }

    private static int hunt(Target target, long seed, Duration time) throws IOException, InterruptedException {
        System.out.println(target.name() + ": seed " + seed + ", " + time.toSeconds() + " s");
        var hunt = new Hunt(target).run(seed, time, FINDINGS_MAX);
        var folder = Files.createDirectories(Path.of("target/fuzz"));
        for (var finding : hunt.findings()) {
            var file = folder.resolve(finding.target() + "-" + finding.seed() + ".bin");
            Files.write(file, finding.input());
            System.out.println("FOUND " + finding.target() + " seed " + finding.seed() + ": " + finding.what() + " ("
                    + file + ")");
            if (finding.cause() != null) {
                finding.cause().printStackTrace(System.out);
            }
        }
        System.out.println(target.name() + ": " + hunt.attacks() + " attacks, "
                + hunt.findings().size() + " findings");
        return hunt.findings().size();
    }
}
