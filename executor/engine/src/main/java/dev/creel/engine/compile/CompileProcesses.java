package dev.creel.engine.compile;

import dev.creel.component.chicory.CodeCache;
import dev.creel.contract.artifact.Digest;
import dev.creel.engine.ComponentCompiler;
import dev.creel.engine.Composition;
import dev.creel.engine.DerivedComponent;
import dev.creel.engine.RefusedComponentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The compile step in processes of their own, so that a component that takes all memory or all time costs its own deploy and nothing
 * else. They are started when there is something to do, and end when there is nothing for a while. Thread-safe: the lock protects
 * the lists of them; each process is used by one thread at a time.
 */
public final class CompileProcesses implements ComponentCompiler, AutoCloseable {
    /** How a JVM with {@code -XX:+ExitOnOutOfMemoryError} ends. */
    private static final int OUT_OF_MEMORY = 3;

    private final CompileConfig config;
    private final List<String> command;
    private final CodeCache store;
    private final Semaphore permits;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("creel-compile-timer").daemon().factory());
    private final Object lock = new Object();
    private final Deque<CompileProcess> idle = new ArrayDeque<>();
    private final Set<CompileProcess> all = new HashSet<>();
    private boolean closed;

    /**
     * @param command starts a process that runs {@link CompileServer#serve} on its standard streams, with the heap that {@code config}
     *     says, and ends at an {@link OutOfMemoryError}
     * @param store gets what is made
     */
    public CompileProcesses(CompileConfig config, List<String> command, CodeCache store) {
        this.config = config;
        this.command = List.copyOf(command);
        this.store = store;
        this.permits = new Semaphore(config.processes(), true);
    }

    @Override
    public DerivedComponent compile(Composition composition, Map<Digest, byte[]> binaries, Consumer<String> progress)
            throws IOException, InterruptedException {
        if (!permits.tryAcquire()) {
            progress.accept("waiting for others to be compiled");
            permits.acquire();
        }
        try {
            return compile(composition, binaries, progress, true);
        } finally {
            permits.release();
        }
    }

    private DerivedComponent compile(
            Composition composition, Map<Digest, byte[]> binaries, Consumer<String> progress, boolean again)
            throws IOException, InterruptedException {
        var process = take();
        var late = new AtomicBoolean();
        var deadline = timer.schedule(
                () -> {
                    late.set(true);
                    process.end();
                },
                config.deadline().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            var derived = process.run(composition, binaries, progress);
            deadline.cancel(false);
            giveBack(process);
            return derived;
        } catch (RefusedComponentException e) {
            deadline.cancel(false);
            giveBack(process);
            throw e;
        } catch (IOException e) {
            deadline.cancel(false);
            return ended(process, late.get(), e, () -> {
                if (!again) {
                    throw e;
                }
                return compile(composition, binaries, progress, false);
            });
        }
    }

    private interface Retry {
        DerivedComponent run() throws IOException, InterruptedException;
    }

    /** The process is over; by the component's fault, or somebody's who ended it. */
    private DerivedComponent ended(CompileProcess process, boolean late, IOException e, Retry retry)
            throws IOException, InterruptedException {
        process.end();
        synchronized (lock) {
            all.remove(process);
            if (closed) {
                throw e;
            }
        }
        if (late) {
            throw new RefusedComponentException(
                    "compiling it takes longer than " + config.deadline().toMillis() / 1000.0 + " s");
        }
        if (process.exitCode() == OUT_OF_MEMORY) {
            throw new RefusedComponentException("compiling it takes more memory than " + config.heap());
        }
        return retry.run();
    }

    private CompileProcess take() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("nothing is compiled any more: the node stops");
            }
            for (var process = idle.pollLast(); process != null; process = idle.pollLast()) {
                if (process.isAlive()) {
                    return process;
                }
                all.remove(process);
            }
            var started = CompileProcess.start(command, store);
            all.add(started);
            return started;
        }
    }

    private void giveBack(CompileProcess process) {
        synchronized (lock) {
            idle.addLast(process);
            if (closed) {
                return;
            }
        }
        var ignored = timer.schedule(() -> endIfIdle(process), config.idle().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One that was taken meanwhile and given back is ended a little early. */
    private void endIfIdle(CompileProcess process) {
        synchronized (lock) {
            if (idle.remove(process)) {
                all.remove(process);
                process.end();
            }
        }
    }

    /** Processes that there are. */
    int count() {
        synchronized (lock) {
            return all.size();
        }
    }

    /** Ends all processes; what is being compiled fails. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            all.forEach(CompileProcess::end);
        }
        timer.shutdownNow();
    }
}
