package dev.creel.scheduler;

import dev.creel.contract.board.Board;
import dev.creel.contract.board.Placements;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler's loop: reads {@code desired} and {@code nodes}, publishes {@code placements} and {@code routes}. One of
 * these is the writer of both shelves. Runs on a virtual thread of its own from {@link #start} until {@link #close}.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** How long a change on one shelf may wait while the loop sleeps on the other. */
    private static final Duration NAP = Duration.ofMillis(20);

    /**
     * A step looks at all applications. After one the loop rests for so many times as long as that took: what changes meanwhile is
     * decided together, and thousands of deploys in a row cost a share of a processor, not each a look at all the others.
     */
    private static final int REST = 3;

    private static final Duration REST_MAX = Duration.ofSeconds(1);

    private final Board board;
    private final Thread loop;
    private volatile boolean closed;

    private Reconciler(Board board) {
        this.board = board;
        this.loop = Thread.ofVirtual().name("reconciler").unstarted(this::run);
    }

    /** Starts to reconcile {@code board}. */
    public static Reconciler start(Board board) {
        var reconciler = new Reconciler(board);
        reconciler.loop.start();
        return reconciler;
    }

    /** Decides once: placements first, then the routes that they allow. */
    public static void step(Board board) {
        var desired = board.desired().current().value();
        var nodes = board.nodes().current().value();
        Placements before = board.placements().current().value();
        // Routes first, from what is placed: an old revision leaves its nodes only after its route has moved.
        board.routes()
                .publish(RoutePlanner.plan(
                        desired, nodes, before, board.routes().current().value()));
        board.placements().publish(Placer.place(desired, nodes, before));
    }

    private void run() {
        long desired = -1;
        long nodes = -1;
        while (!closed) {
            try {
                var newDesired = board.desired().current().version();
                var newNodes = board.nodes().awaitNewer(nodes, NAP).version();
                if (newDesired != desired || newNodes != nodes) {
                    long began = System.nanoTime();
                    step(board);
                    desired = newDesired;
                    nodes = newNodes;
                    TimeUnit.NANOSECONDS.sleep(Math.min(REST_MAX.toNanos(), REST * (System.nanoTime() - began)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("the scheduler could not decide; it tries again with the next change", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        loop.interrupt();
    }
}
