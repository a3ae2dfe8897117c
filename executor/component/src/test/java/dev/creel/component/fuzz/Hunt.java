package dev.creel.component.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Attacks a target again and again and keeps what went wrong: an exception that is not declared, more than {@link #SLOW}, or more
 * heap than the input is worth. Attacks run on a thread of their own, one after the other; their seeds count up from the first.
 */
final class Hunt {
    /** An attack that takes longer has hung. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** What any attack may allocate, and what each byte of its input may cost on top. */
    private static final long ALLOCATED_MAX = 64L << 20;

    private static final long ALLOCATED_PER_BYTE_MAX = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Target target;
    private final List<Finding> findings = new ArrayList<>();
    private long attacks;

    /**
     * Something that went wrong.
     *
     * @param seed of the one attack
     * @param cause what was thrown, or null
     */
    record Finding(
            String target,
            long seed,
            String what,
            byte[] input,
            @Nullable Throwable cause) {}

    /** How one attack went. */
    private record Outcome(@Nullable Throwable thrown, long nanos, long allocated) {}

    Hunt(Target target) {
        this.target = target;
    }

    /** Goes on for {@code time}, or until there are {@code findingsMax}. */
    Hunt run(long firstSeed, Duration time, int findingsMax) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long seed = firstSeed; System.nanoTime() < end && findings.size() < findingsMax; seed++) {
            attack(seed);
        }
        return this;
    }

    /** The one attack of {@code seed}. */
    Hunt attack(long seed) throws InterruptedException {
        attacks++;
        var attack = target.next(new Random(seed));
        var outcome = outcome(attack);
        if (outcome.nanos > SLOW.toNanos() || outcome.thrown instanceof OutOfMemoryError) {
            // The machine may have been busy with something else: what is slow is slow every time.
            outcome = outcome(attack);
        }
        var what = wrong(outcome, attack.input().length);
        if (!what.isEmpty()) {
            findings.add(new Finding(target.name(), seed, what, attack.input(), outcome.thrown));
        }
        return this;
    }

    List<Finding> findings() {
        return findings;
    }

    long attacks() {
        return attacks;
    }

    private static String wrong(Outcome outcome, int size) {
        if (outcome.thrown != null) {
            return "threw " + outcome.thrown;
        }
        if (outcome.nanos > SLOW.toNanos()) {
            return "took " + Duration.ofNanos(outcome.nanos).toMillis() + " ms";
        }
        long bound = ALLOCATED_MAX + ALLOCATED_PER_BYTE_MAX * size;
        return outcome.allocated > bound
                ? "allocated " + (outcome.allocated >> 20) + " MiB for " + size + " bytes"
                : "";
    }

    private static Outcome outcome(Target.Attack attack) throws InterruptedException {
        var answer = new ArrayBlockingQueue<Outcome>(1);
        var thread = new Thread(null, () -> answer.add(measure(attack)), "attack", 8L << 20);
        thread.setDaemon(true);
        thread.start();
        var outcome = answer.poll(SLOW.multipliedBy(10).toMillis(), TimeUnit.MILLISECONDS);
        if (outcome == null) {
            thread.interrupt();
            var stack = new IllegalStateException("still running");
            stack.setStackTrace(thread.getStackTrace());
            return new Outcome(stack, SLOW.multipliedBy(10).toNanos(), 0);
        }
        return outcome;
    }

    private static Outcome measure(Target.Attack attack) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        Throwable thrown = null;
        try {
            attack.run();
        } catch (Throwable e) {
            thrown = e;
        }
        return new Outcome(thrown, System.nanoTime() - started, THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }
}
