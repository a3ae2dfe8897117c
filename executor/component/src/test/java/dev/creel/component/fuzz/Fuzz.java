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

    /** Exits with 1 if anything was found; each finding is a line, and its input a file in {@code target/fuzz}. */
    public static void main(String[] args) throws Exception {
        var target = "";
        long seconds = 60;
        long seed = new Random().nextLong() >>> 1;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--target" -> target = args[i + 1];
                case "--seconds" -> seconds = Long.parseLong(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException(args[args.length - 1] + " needs a value");
        }
        int found = 0;
        boolean any = false;
        for (var one : targets()) {
            if (target.isEmpty() || one.name().equals(target)) {
                any = true;
                found += hunt(one, seed, Duration.ofSeconds(seconds));
            }
        }
        if (!any) {
            throw new IllegalArgumentException("no target " + target + "; there are "
                    + targets().stream().map(Target::name).toList());
        }
        System.exit(found == 0 ? 0 : 1);
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
