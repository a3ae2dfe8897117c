package dev.creel.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every application asked once for each of its answers, over the edge.
 *
 * @param wrong answers that were not what they had to be, or that did not come
 * @param nanos how long the first answer of each application took, sorted
 * @param seconds for all
 */
record Sweep(int answers, List<String> wrong, long[] nanos, double seconds) {
    /** Asks over {@code connections} at once; returns when all were asked or {@code seconds} are over: what was not asked is wrong. */
    static Sweep of(int port, List<BenchApp> apps, int connections, int seconds) throws Exception {
        long began = System.nanoTime();
        long deadline = began + seconds * 1_000_000_000L;
        var next = new AtomicInteger();
        var wrong = new ConcurrentLinkedQueue<String>();
        var nanos = new long[apps.size()];
        var answers = new AtomicInteger();
        try (var pool = Executors.newFixedThreadPool(connections)) {
            var workers = new ArrayList<Callable<Void>>();
            for (int i = 0; i < connections; i++) {
                workers.add(() -> {
                    for (int at = next.getAndIncrement(); at < apps.size(); at = next.getAndIncrement()) {
                        if (System.nanoTime() > deadline) {
                            wrong.add(apps.get(at).name() + ": the time was over");
                        } else {
                            nanos[at] = ask(port, apps.get(at), wrong, answers);
                        }
                    }
                    return null;
                });
            }
            for (var done : pool.invokeAll(workers)) {
                done.get();
            }
        }
        Arrays.sort(nanos);
        return new Sweep(answers.get(), List.copyOf(wrong), nanos, (System.nanoTime() - began) / 1e9);
    }

    /** A connection for each application, as its visitors would have one. */
    private static long ask(int port, BenchApp app, Queue<String> wrong, AtomicInteger answers) {
        long first = 0;
        try (var asker = new Asker(port)) {
            for (var expected : app.answers()) {
                long start = System.nanoTime();
                asker.ask(app, expected)
                        .ifPresent(answer -> wrong.add(app.name() + expected.path() + " answered " + answer));
                answers.incrementAndGet();
                if (first == 0) {
                    first = System.nanoTime() - start;
                }
            }
        } catch (IOException e) {
            wrong.add(app.name() + ": " + e);
        }
        return first;
    }

    void print(String what) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d answers in %.1f s, %d wrong; first answers p50 %.2f ms, p99 %.2f ms, at most %.1f ms%n",
                what,
                answers,
                seconds,
                wrong.size(),
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
        wrong.stream().limit(5).forEach(System.out::println);
    }
}
