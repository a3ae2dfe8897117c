package dev.creel.conformance.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread that plays one script, with the stack of a guest's lane. What takes longer than the deadline is interrupted; if it
 * does not heed that either, the thread is given up.
 */
final class Stage implements AutoCloseable {
    private static final long STACK_BYTES = 16L << 20;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ExecutorService thread;
    private final Duration deadline;
    private boolean stuck;

    Stage(String name, Duration deadline) {
        this.deadline = deadline;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().stackSize(STACK_BYTES).factory());
    }

    /** Whether something runs for ever on it. */
    boolean isStuck() {
        return stuck;
    }

    /** What {@code action} returns or throws, if it does so in time. */
    <T> T play(Callable<T> action) throws Throwable {
        var playing = thread.submit(action);
        try {
            return playing.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (TimeoutException e) {
            playing.cancel(true);
            stuck = !isFree();
            throw new DiffersException(
                    "an end within " + deadline.toSeconds() + " s",
                    stuck ? "none, not even when interrupted" : "none until it was interrupted");
        }
    }

    private boolean isFree() throws InterruptedException, ExecutionException {
        try {
            thread.submit(() -> {}).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
