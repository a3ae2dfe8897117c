package dev.creel.codegen.fuzz;

import dev.creel.codegen.CodegenEngine;
import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.engine.Interpreted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Plays the same on the code generator with functions whole, cut small (there again, on memories that are not empty) and cut very small, and on Chicory's interpreter; Chicory's compiler fails at much dead code. */
final class Comparison {
    private static final long STACK_BYTES = 256L << 20;
    /** For one play, which takes milliseconds. */
    private static final Duration MOST = Duration.ofSeconds(60);

    private static final Player OURS = new EnginePlayer("codegen", CodegenEngine::new);
    private static final List<Player> OTHERS = List.of(
            cut("codegen, cut very small", new SplitSizes(0, 20, 20, 8, 3, 60, 0)),
            EnginePlayer.again(
                    "codegen, cut small, on used memories",
                    () -> new CodegenEngine(new SplitSizes(0, 90, 120, 20, 4, 400, 12_000))));
    private static final InterpreterPlayer CHICORY = new InterpreterPlayer();

    private Comparison() {}

    /**
     * What came of a play.
     *
     * @param seen by the code generator
     * @param differences of what should be the same code, one line each
     * @param doubt where Chicory's interpreter sees something else, which may well be wrong, or nothing
     */
    record Result(Play play, List<Seen> seen, List<String> differences, String doubt) {}

    private static Player cut(String name, SplitSizes sizes) {
        return new EnginePlayer(name, () -> new CodegenEngine(sizes));
    }

    /** Plays on a thread with a stack for all calls. */
    static Result of(Play play) throws InterruptedException {
        var result =
                new AtomicReference<>(new Result(play, List.of(), List.of("codegen does not end within " + MOST), ""));
        var thread = new Thread(null, () -> compareInto(result, play), "fuzz", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        if (!thread.join(MOST)) {
            // The interpreter looks for that.
            thread.interrupt();
        }
        return result.get();
    }

    private static void compareInto(AtomicReference<Result> result, Play play) {
        try {
            result.set(compare(play, result));
        } catch (RuntimeException | StackOverflowError e) {
            result.set(new Result(play, List.of(), List.of("the comparison fails: " + e), ""));
        }
    }

    /** The interpreter may never answer: then {@code sofar} stands. */
    private static Result compare(Play play, AtomicReference<Result> sofar) {
        var differences = new ArrayList<String>();
        var seen = seen(OURS, play, differences);
        for (var other : OTHERS) {
            differences(play, seen, other, differences);
        }
        sofar.set(new Result(play, seen, differences, ""));
        var doubts = new ArrayList<String>();
        if (CHICORY.takes(play)) {
            try {
                differences(play, seen, CHICORY, doubts);
            } catch (Interpreted.Failure nothing) {
                return new Result(play, seen, differences, "");
            }
        }
        return new Result(play, seen, differences, String.join("; ", doubts));
    }

    private static void differences(Play play, List<Seen> seen, Player other, List<String> found) {
        var theirs = seen(other, play, found);
        if (!theirs.isEmpty() && !seen.isEmpty() && !theirs.equals(seen)) {
            found.add(difference(play, seen, theirs, other.name()));
        }
    }

    private static List<Seen> seen(Player player, Play play, List<String> failures) {
        try {
            return player.play(play);
        } catch (Interpreted.Failure nothing) {
            throw nothing;
        } catch (RuntimeException | Error failure) {
            var at = failure.getStackTrace();
            failures.add(player.name() + " fails: "
                    + failure.toString().lines().findFirst().orElse("") + (at.length == 0 ? "" : " at " + at[0]));
            return List.of();
        }
    }

    private static String difference(Play play, List<Seen> ours, List<Seen> theirs, String other) {
        int step = 0;
        while (ours.get(step).equals(theirs.get(step))) {
            step++;
        }
        var called = play.steps().get(step);
        return "step " + step + ", " + called.name() + " of module " + called.module() + ": codegen " + ours.get(step)
                + ", " + other + " " + theirs.get(step);
    }
}
