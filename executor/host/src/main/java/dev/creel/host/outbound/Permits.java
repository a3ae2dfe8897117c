package dev.creel.host.outbound;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of requests be under way at once and a bounded number wait, the oldest first. Whoever enters is known by
 * the action to run when its turn comes. Thread-safe: the lock guards both sets, and actions run outside it, on the thread of
 * whoever left; they must not block.
 */
final class Permits {
    private final int max;
    private final int waitingMax;
    private final Set<Runnable> inside = new HashSet<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** What becomes of one that enters. */
    enum Entry {
        /** It may go on at once; its action is not run. */
        IN,
        /** Its action runs later. */
        WAITING,
        /** Too many wait already. */
        REFUSED
    }

    Permits(int max, int waitingMax) {
        this.max = max;
        this.waitingMax = waitingMax;
    }

    /** Asks for a permit. Each {@code turn} enters once. */
    synchronized Entry enter(Runnable turn) {
        if (inside.size() < max) {
            inside.add(turn);
            return Entry.IN;
        }
        if (waiting.size() >= waitingMax) {
            return Entry.REFUSED;
        }
        waiting.add(turn);
        return Entry.WAITING;
    }

    /** Gives the permit back, or the place in the queue. Harmless for one that has neither. */
    void leave(Runnable turn) {
        var next = left(turn);
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable left(Runnable turn) {
        if (!inside.remove(turn)) {
            waiting.remove(turn);
            return null;
        }
        var next = waiting.poll();
        if (next != null) {
            inside.add(next);
        }
        return next;
    }
}
