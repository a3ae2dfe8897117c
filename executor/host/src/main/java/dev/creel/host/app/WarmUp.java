package dev.creel.host.app;

import dev.creel.component.core.InstructionTrap;
import dev.creel.component.host.Store;
import dev.creel.engine.CompiledComponent;
import dev.creel.engine.GuestEnd;
import dev.creel.engine.GuestRequest;
import dev.creel.engine.GuestRun;
import dev.creel.engine.GuestStop;
import dev.creel.engine.GuestWorld;
import dev.creel.engine.LostComponentException;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.host.lane.Lanes;
import dev.creel.host.route.Executor;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpIncoming;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp;
import dev.creel.wasi.http.ResponseSink;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs new guests while nothing else runs, so that the JVM has compiled them by the time that requests come. A run asks for {@code /}
 * in a world that nothing leaves: requests are refused, what is printed and answered is dropped, and the instance is gone
 * afterwards like any other. One component at a time, each code once, whichever components share it. Thread-safe.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private record Candidate(RunningApp app, HostedComponent component) {
        @Override
        public String toString() {
            return "component \"" + component.locked().id() + "\" of revision " + app.revision();
        }
    }

    private final WarmUpConfig config;
    private final Lanes lanes;
    private final GuestRun run;
    private final Invoker invoker;
    private final Predicate<RunningApp> held;
    private final BlockingQueue<Candidate> candidates = new LinkedBlockingQueue<>();

    /** Code that was run; only the warm-up's thread uses it. */
    private final Set<Object> warm = Collections.newSetFromMap(new WeakHashMap<>());

    private final AtomicLong runs = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable GuestStop current;

    /**
     * Begins to wait for applications.
     *
     * @param lanes that have to be idle
     * @param run the engine
     * @param invoker knows the limits, and makes the means to stop a run
     * @param held whether an application is still here; no others are run
     */
    public WarmUp(WarmUpConfig config, Lanes lanes, GuestRun run, Invoker invoker, Predicate<RunningApp> held) {
        this.config = config;
        this.lanes = lanes;
        this.run = run;
        this.invoker = invoker;
        this.held = held;
        this.thread = Thread.ofVirtual().name("warm-up").start(this::work);
    }

    /** Has the components of an application warmed up that are not yet. Never blocks. */
    public void add(RunningApp app) {
        if (config.runs() == 0) {
            return;
        }
        for (var id : app.router().components()) {
            app.component(id)
                    .filter(component -> component.executor() instanceof Executor.Handler)
                    .ifPresent(component -> candidates.add(new Candidate(app, component)));
        }
    }

    /** Runs so far. */
    public long runs() {
        return runs.get();
    }

    private void work() {
        try {
            while (true) {
                var candidate = candidates.take();
                try {
                    warm(candidate);
                } catch (RuntimeException | Error e) {
                    LOG.error("Warming up {} failed; the others are warmed up all the same", candidate, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warm(Candidate candidate) throws InterruptedException {
        var loaded = loaded(candidate);
        if (loaded.isPresent() && !isWarm(loaded.get()) && runAll(candidate, loaded.get())) {
            warm.addAll(loaded.get().codes());
        }
    }

    private boolean isWarm(CompiledComponent component) {
        return warm.containsAll(component.codes());
    }

    /** Loaded for this if there is room; nothing if there is none, or the application was taken away meanwhile. */
    private Optional<CompiledComponent> loaded(Candidate candidate) throws InterruptedException {
        var code = candidate.component.code();
        var now = code.loaded();
        if (now.isPresent() || !code.hasRoom()) {
            return now;
        }
        awaitIdle();
        if (!held.test(candidate.app)) {
            return Optional.empty();
        }
        try {
            return Optional.of(code.load(Store.Waits.FREE));
        } catch (LostComponentException e) {
            LOG.info("{} is not warmed up: {}", candidate, e.getMessage());
            return Optional.empty();
        }
    }

    private void awaitIdle() throws InterruptedException {
        while (lanes.busy() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** False if the application was taken away meanwhile: others may have the same code. */
    private boolean runAll(Candidate candidate, CompiledComponent code) throws InterruptedException {
        long left = config.time().toNanos();
        int done = 0;
        while (done < config.runs() && left > 0) {
            awaitIdle();
            if (!held.test(candidate.app)) {
                return false;
            }
            long began = System.nanoTime();
            var end =
                    run(candidate, code, Math.min(left, invoker.limits().wall().toNanos()));
            if (end.isPresent()) {
                done++;
            }
            if (end.flatMap(GuestEnd::trap).filter(InstructionTrap::failedCheck).isPresent()) {
                // Nothing gets warm by that, and each time may cost code that others share (see TrapAllowances).
                return true;
            }
            left -= System.nanoTime() - began;
        }
        return true;
    }

    /** Nothing if there was no lane for it. */
    private Optional<GuestEnd> run(Candidate candidate, CompiledComponent code, long nanos)
            throws InterruptedException {
        var done = new CompletableFuture<GuestEnd>();
        var stop = invoker.newStop();
        current = stop;
        boolean taken = lanes.submit(candidate.app.tenant(), () -> {
            try {
                done.complete(run(candidate, code, stop, System.nanoTime() + nanos));
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        if (!taken) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            return Optional.empty();
        }
        GuestEnd end;
        try {
            end = done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("running a guest", e.getCause());
        }
        runs.incrementAndGet();
        return Optional.of(end);
    }

    private GuestEnd run(Candidate candidate, CompiledComponent code, GuestStop stop, long deadline) {
        var app = candidate.app;
        var component = candidate.component;
        var world = new GuestWorld(
                invoker.limits(),
                component.locked().environment(),
                component.preopens(),
                WarmUp::refuse,
                (source, line) -> {},
                component.grants().context(ApplicationVariables.of(app.locked().variables(), app::variables)));
        var body = new BodyPipe(1);
        body.sink().end(Optional.empty());
        var incoming = new HttpIncoming("GET", "/", "http", "localhost", List.of(), body.source());
        return run.run(code, world, new GuestRequest(incoming, new Nobody(), stop, deadline, Optional.empty()));
    }

    private static OutgoingHttp.Exchange refuse(HttpOutgoing request) {
        var denied = new OutgoingHttp.Answer.Failed(HttpErrorCode.of("HTTP-request-denied"));
        return new OutgoingHttp.Exchange(new Nowhere(), CompletableFuture.completedFuture(denied), () -> {});
    }

    /** Ends the run that is under way. */
    @Override
    public void close() {
        thread.interrupt();
        var stop = current;
        if (stop != null) {
            stop.stop(GuestStop.Reason.SHUTDOWN);
        }
    }

    /** Takes an answer that nobody waits for. */
    private static final class Nobody implements ResponseSink {
        @Override
        public BodySink respond(int status, List<Header> headers, long contentLength) {
            return new Nowhere();
        }

        @Override
        public void fail(HttpErrorCode code) {}
    }

    /** Takes any number of bytes and keeps none. */
    private static final class Nowhere implements BodySink {
        private static final long ROOM = 1 << 20;

        @Override
        public long room() {
            return ROOM;
        }

        @Override
        public void write(byte[] bytes) {}

        @Override
        public void end(Optional<List<Header>> trailers) {}

        @Override
        public void abort() {}

        @Override
        public void onChange(Runnable action) {}
    }
}
