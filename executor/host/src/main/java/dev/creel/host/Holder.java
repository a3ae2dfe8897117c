package dev.creel.host;

import dev.creel.contract.app.RevisionId;
import dev.creel.contract.board.Board;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.board.Placement;
import dev.creel.host.app.WarmUp;
import dev.creel.host.module.Modules;
import dev.creel.host.module.RefusedRevisionException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what this node holds equal to what it is told to hold, and tells the board how far it is. One thread follows the board, a
 * few prepare revisions; {@code holdings} and {@code placed} are guarded by this object, and each change is published under the same
 * lock, so that entries reach the board in order.
 */
final class Holder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Holder.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    /** What takes less is soon over. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private final NodeId node;
    private final ExecutorConfig config;
    private final Board board;
    private final Modules modules;
    private final Endpoint endpoint;
    private final WarmUp warmUp;
    private final ExecutorService builders;
    private final ScheduledExecutorService later;
    private final Thread follower;
    private final Map<RevisionId, Placement> placed = new HashMap<>();
    private final Map<RevisionId, Holding> holdings = new HashMap<>();
    /** Revisions that serve and are being compiled again. */
    private final Set<RevisionId> restoring = new HashSet<>();

    private boolean closed;

    private Holder(NodeId node, ExecutorConfig config, Board board, Modules modules, Endpoint endpoint, WarmUp warmUp) {
        this.node = node;
        this.config = config;
        this.board = board;
        this.modules = modules;
        this.endpoint = endpoint;
        this.warmUp = warmUp;
        // Decoding walks nested structures, so builders have a stack that hostile nesting does not exhaust.
        var threads = Thread.ofPlatform().name("creel-builder-", 1).daemon().stackSize(16 << 20);
        this.builders = Executors.newFixedThreadPool(config.preparingMax(), threads.factory());
        this.later = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("creel-holder-timer").daemon().factory());
        this.follower = Thread.ofVirtual().name("holder-" + node).unstarted(this::follow);
    }

    /** Publishes an empty entry and begins to follow the board. */
    static Holder start(
            NodeId node, ExecutorConfig config, Board board, Modules modules, Endpoint endpoint, WarmUp warmUp) {
        var holder = new Holder(node, config, board, modules, endpoint, warmUp);
        modules.onLost(holder::restore);
        synchronized (holder) {
            holder.publish();
        }
        holder.follower.start();
        return holder;
    }

    private void follow() {
        long seen = -1;
        try {
            while (true) {
                var image = board.placements().awaitNewer(seen, LOOK_AGAIN);
                if (image.version() != seen) {
                    seen = image.version();
                    hold(image.value().on(node));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void hold(Map<RevisionId, Placement> wanted) {
        if (closed) {
            return;
        }
        for (var revision : Map.copyOf(placed).keySet()) {
            if (!wanted.containsKey(revision)) {
                drop(revision);
            }
        }
        wanted.forEach((revision, placement) -> {
            var before = placed.put(revision, placement);
            if (before == null) {
                holdings.put(revision, new Holding.Preparing());
                builders.execute(() -> prepare(placement, config.retry()));
            } else if (!before.variables().equals(placement.variables())) {
                modules.update(placement);
            }
        });
        publish();
    }

    private void drop(RevisionId revision) {
        placed.remove(revision);
        holdings.remove(revision);
        modules.drop(revision);
        // Requests that have begun may still open files.
        var ignored = later.schedule(
                () -> deleteFiles(revision), config.guest().wall().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void deleteFiles(RevisionId revision) {
        try {
            modules.deleteFiles(revision);
        } catch (IOException e) {
            LOG.warn("Files of revision {} stay behind until the next start", revision, e);
        }
    }

    private void prepare(Placement placement, Duration wait) {
        var revision = placement.revision().id();
        if (!wanted(revision)) {
            return;
        }
        try {
            var note = modules.prepare(placement, progress(revision));
            note.ifPresent(said -> LOG.info("{}: {}", placement, said));
            settle(revision, new Holding.Ready(note));
            modules.ready(revision).ifPresent(warmUp::add);
        } catch (RefusedRevisionException e) {
            LOG.info("{} cannot run: {}", placement, e.getMessage());
            settle(revision, new Holding.Refused(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            LOG.warn("Preparing {} failed, trying again in {}", placement, wait, e);
            var most = config.retry().multipliedBy(30);
            var next = wait.multipliedBy(2).compareTo(most) < 0 ? wait.multipliedBy(2) : most;
            var ignored = later.schedule(
                    () -> builders.execute(() -> prepare(placement, next)), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Preparing {} failed", placement, e);
            settle(revision, new Holding.Refused("the executor failed while preparing it; its log says why"));
        }
    }

    /** Publishes how far a revision is that takes long. */
    private Consumer<String> progress(RevisionId revision) {
        var began = System.nanoTime();
        return words -> {
            synchronized (this) {
                if (System.nanoTime() - began > LONG.toNanos() && holdings.get(revision) instanceof Holding.Preparing) {
                    holdings.put(revision, new Holding.Preparing(Optional.of(words)));
                    publish();
                }
            }
        };
    }

    /** Has a revision compiled again whose code is lost, unless that has begun. */
    private synchronized void restore(RevisionId revision) {
        var placement = placed.get(revision);
        if (placement == null || closed || !restoring.add(revision)) {
            return;
        }
        LOG.warn("The code of {} is lost and compiled again; its requests are answered 503 meanwhile", placement);
        builders.execute(() -> {
            try {
                modules.restore(placement);
            } catch (RefusedRevisionException | IOException e) {
                LOG.error("Compiling {} again failed; the next request tries once more", placement, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                synchronized (this) {
                    restoring.remove(revision);
                }
            }
        });
    }

    private synchronized boolean wanted(RevisionId revision) {
        return !closed && placed.containsKey(revision);
    }

    private synchronized void settle(RevisionId revision, Holding holding) {
        var placement = placed.get(revision);
        if (placement == null || closed) {
            // Taken away while it was prepared.
            modules.drop(revision);
            deleteFiles(revision);
            return;
        }
        // Variables may have changed while it was prepared.
        modules.update(placement);
        holdings.put(revision, holding);
        publish();
    }

    /** Under the lock. */
    private void publish() {
        if (!closed) {
            board.nodes().publish(new NodeEntry(node, endpoint, config.appsMax(), holdings));
        }
    }

    /** Leaves the board. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            board.nodes().remove(node);
        }
        follower.interrupt();
        builders.shutdownNow();
        later.shutdownNow();
    }
}
