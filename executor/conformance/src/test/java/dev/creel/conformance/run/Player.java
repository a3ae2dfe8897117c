package dev.creel.conformance.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays scripts. Thread-safe; each script gets a thread of its own while it is played. */
final class Player {
    private final Filter filter;
    private final SkipList skips;
    private final Duration deadline;

    Player(Filter filter, SkipList skips, Duration deadline) {
        this.filter = filter;
        this.skips = skips;
        this.deadline = deadline;
    }

    List<Played> play(String suite, Script script) {
        try (var stage = new Stage("creel-" + suite, deadline)) {
            var skip = skips.of(suite, script);
            if (skip.isPresent()) {
                return List.of(new Played(suite, script.name(), "the whole script", whole(script, skip.get(), stage)));
            }
            return each(suite, script, stage);
        }
    }

    private List<Played> each(String suite, Script script, Stage stage) {
        var played = new ArrayList<Played>();
        var skipped = Optional.<Verdict.Skipped>empty();
        try {
            for (var trial : stage.play(script::trials)) {
                // Later commands need what earlier ones made, whether these are asked for or not.
                var verdict = stage.isStuck()
                        ? new Verdict.Failed("to be played", "what came before it still runs")
                        : judged(suite, trial, stage, skipped);
                if (verdict instanceof Verdict.Skipped known) {
                    skipped = Optional.of(known);
                }
                if (filter.wants(suite, trial.place())) {
                    played.add(new Played(suite, trial.place(), trial.what(), verdict));
                }
            }
            if (!stage.isStuck()) {
                stage.play(() -> {
                    script.close();
                    return true;
                });
            }
        } catch (Throwable e) {
            played.add(new Played(suite, script.name(), "begin and end", failed(e)));
        }
        return played;
    }

    /** {@code before}: the last one of its script that is skipped. */
    private Verdict judged(String suite, Trial trial, Stage stage, Optional<Verdict.Skipped> before) {
        var failure = failure(trial, stage);
        var skip = skips.of(suite, trial);
        if (failure.isEmpty()) {
            skip.ifPresent(skips::passed);
            return new Verdict.Passed();
        }
        if (skip.isPresent()) {
            skips.failed(skip.get());
            return new Verdict.Skipped(skip.get().told());
        }
        return failure.get() instanceof DependsException && before.isPresent() ? before.get() : failed(failure.get());
    }

    /** Played until it first fails. */
    private Verdict whole(Script script, Skip skip, Stage stage) {
        boolean passes = true;
        try {
            for (var trial : stage.play(script::trials)) {
                if (failure(trial, stage).isPresent()) {
                    passes = false;
                    break;
                }
            }
            if (!stage.isStuck()) {
                stage.play(() -> {
                    script.close();
                    return true;
                });
            }
        } catch (Throwable e) {
            passes = false;
        }
        if (passes) {
            skips.passed(skip);
        } else {
            skips.failed(skip);
        }
        return new Verdict.Skipped(skip.told());
    }

    private static Optional<Throwable> failure(Trial trial, Stage stage) {
        try {
            stage.play(() -> {
                trial.check().run();
                return true;
            });
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private static Verdict.Failed failed(Throwable e) {
        return e instanceof DiffersException differs
                ? new Verdict.Failed(differs.expected(), differs.got())
                : new Verdict.Failed("no exception", told(e));
    }

    private static String told(Throwable e) {
        var text = new StringBuilder(e.toString());
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; because of ").append(cause);
        }
        for (int i = 0; i < Math.min(3, e.getStackTrace().length); i++) {
            text.append("\n             at ").append(e.getStackTrace()[i]);
        }
        return text.toString();
    }
}
