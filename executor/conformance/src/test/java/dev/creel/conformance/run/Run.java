package dev.creel.conformance.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Plays suites, several scripts at once.
 *
 * @param data the folder with a folder for each suite
 * @param filter what of them
 * @param skips what is known
 * @param deadline for each trial
 * @param threads scripts at once
 * @param toolsNeeded whether a missing program is a failure; otherwise its suite is skipped
 */
public record Run(Path data, Filter filter, SkipList skips, Duration deadline, int threads, boolean toolsNeeded) {
    /** Plays {@code suites} and returns when all is played. */
    public Report of(List<Suite> suites) throws InterruptedException {
        var player = new Player(filter, skips, deadline);
        var report = new Report();
        var playing = new ArrayList<Callable<Void>>();
        for (var suite : suites) {
            report.begin(suite.name());
            for (var script : scripts(suite, report)) {
                if (filter.wants(suite.name(), script)) {
                    playing.add(() -> {
                        long start = System.nanoTime();
                        var played = player.play(suite.name(), script);
                        report.add(suite.name(), played, System.nanoTime() - start);
                        return null;
                    });
                }
            }
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var one : pool.invokeAll(playing)) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the runner failed", e);
        }
        for (var skip : skips.stale(filter.wantsAll())) {
            report.stale(skip);
        }
        return report;
    }

    private List<Script> scripts(Suite suite, Report report) {
        Verdict verdict;
        try {
            return suite.scripts(data.resolve(suite.folder()));
        } catch (MissingToolException e) {
            verdict = toolsNeeded
                    ? new Verdict.Failed("the tools to convert the suite", e.getMessage())
                    : new Verdict.Skipped(e.getMessage());
        } catch (IOException e) {
            verdict = new Verdict.Failed("a suite that can be read", e.toString());
        }
        report.add(suite.name(), List.of(new Played(suite.name(), "*", "the whole suite", verdict)), 0);
        return List.of();
    }
}
