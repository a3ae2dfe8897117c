package dev.creel.e2e.bench;

import dev.creel.cli.api.ApiClient;
import dev.creel.cli.api.PlatformHttp;
import dev.creel.cli.push.RegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Deploys many applications, each as {@code creel deploy} does, a few at a time from one process whose connections stay open. */
final class Fleet implements AutoCloseable {
    private static final int STRETCHES = 10;

    private static final int POLL_MILLIS = 50;

    private final PlatformHttp http;
    private final String token;
    private final int atOnce;
    private final long deadline;

    /**
     * @param atOnce deploys at once
     * @param atMost how long all deploys together may take
     */
    Fleet(String url, String token, int atOnce, Duration atMost) {
        this.http = new PlatformHttp(url);
        this.token = token;
        this.atOnce = atOnce;
        this.deadline = System.nanoTime() + atMost.toNanos();
    }

    /** Deploys them, waits until the platform says that they are ready, and tells how the time for each grows. Returns seconds. */
    double deploy(List<BenchApp> apps) throws Exception {
        long began = System.nanoTime();
        int stretches = Math.min(STRETCHES, (apps.size() + atOnce - 1) / atOnce);
        System.out.println("deployed       seconds   ms for each");
        for (int stretch = 0; stretch < stretches; stretch++) {
            var part = apps.subList(apps.size() * stretch / stretches, apps.size() * (stretch + 1) / stretches);
            long start = System.nanoTime();
            var ids = all(part, this::register);
            long registered = System.nanoTime();
            all(IntStream.range(0, part.size()).boxed().toList(), i -> await(part.get(i), ids.get(i)));
            System.out.printf(
                    Locale.ROOT,
                    "%8d %13.1f %13.1f (%.1f to push and register)%n",
                    apps.size() * (stretch + 1) / stretches,
                    (System.nanoTime() - began) / 1e9,
                    (System.nanoTime() - start) / 1e6 / Math.max(1, part.size()),
                    (registered - start) / 1e6 / Math.max(1, part.size()));
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Deploys one and waits for its first answer; returns seconds. */
    double deployOne(BenchApp app, Asker asker) throws Exception {
        long began = System.nanoTime();
        await(app, register(app));
        var wrong = asker.ask(app, app.answers().getFirst());
        double seconds = (System.nanoTime() - began) / 1e9;
        if (wrong.isPresent()) {
            throw new AssertionError(app.name() + " answered " + wrong.get());
        }
        return seconds;
    }

    private UUID register(BenchApp app) throws Exception {
        var bundle = app.bundle();
        new RegistryClient(http, token, (index, count, done, total) -> {}).push(bundle);
        var api = new ApiClient(http, token);
        var found = api.find(bundle.appName());
        var id = found.isPresent() ? found.get().id() : api.createApp(bundle.appName());
        api.registerRevision(bundle.appName(), bundle.version());
        return id;
    }

    private UUID await(BenchApp app, UUID id) throws InterruptedException {
        var api = new ApiClient(http, token);
        while (true) {
            var view = api.app(id);
            switch (view.state()) {
                case "ready" -> {
                    return id;
                }
                case "failed", "degraded" -> throw new AssertionError(app.name() + " cannot run: " + view.reason());
                default -> {
                    if (System.nanoTime() > deadline) {
                        throw new AssertionError("the time is over, and " + app.name() + " is " + view.state());
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            }
        }
    }

    /** One step of a deploy. */
    private interface Step<T> {
        UUID run(T one) throws Exception;
    }

    private <T> List<UUID> all(List<T> many, Step<T> step) throws Exception {
        try (var pool = Executors.newFixedThreadPool(atOnce)) {
            var running = pool.invokeAll(many.stream()
                    .<Callable<UUID>>map(one -> () -> step.run(one))
                    .toList());
            return running.stream().map(Fleet::result).toList();
        }
    }

    private static UUID result(Future<UUID> done) {
        try {
            return done.get();
        } catch (Exception e) {
            throw new IllegalStateException("deploying: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
