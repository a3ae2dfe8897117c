package dev.creel.host.lane;

import dev.creel.component.host.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many guests run at once. A guest has a lane (a platform thread with a large stack) from its beginning to its end, and
 * a permit while it does not wait. Permits go first to guests that come back from a wait, then to the queue, oldest first; the
 * lane used last is used first, because its stack is warm. Thread-safe; nothing here blocks but {@link #waits}.
 *
 * <p>One lock guards all state, the fields of lanes included; it is held for a few instructions, never while a guest runs.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** Each call takes at least 16 bytes of stack, more before it is compiled; a hand-over takes well under 4 KiB. */
    private static final int STACK_CALLS = 1000;

    private static final long DRAIN_LOOK_NANOS = 5_000_000;

    private record Waiting(Runnable guest, boolean nested) {}

    private final LaneConfig config;
    private final Object lock = new Object();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final ArrayDeque<Lane> returning = new ArrayDeque<>();
    private final ArrayDeque<Lane> idle = new ArrayDeque<>();
    private final Set<Lane> lanes = new HashSet<>();
    private final Store.Waits waits = new Store.Waits() {
        @Override
        public <T> T during(Callable<T> wait) throws Exception {
            return Thread.currentThread() instanceof Lane lane ? lane.during(wait) : wait.call();
        }
    };
    private int freePermits;
    private long started;
    private boolean closed;

    /** Starts no thread yet. */
    public Lanes(LaneConfig config) {
        this.config = config;
        this.freePermits = config.permits();
    }

    /** Has {@code guest} run as soon as there is a permit and a lane; false if the queue is full or the lanes are closed. */
    public boolean submit(Runnable guest) {
        synchronized (lock) {
            if (closed || (queue.size() >= config.queueMax() && !roomNow())) {
                return false;
            }
            queue.addLast(new Waiting(guest, false));
            dispatch();
            return true;
        }
    }

    /**
     * The same for a guest that another guest waits for: it goes to the head of the queue, and may take a lane beyond the usual
     * number, because the one that waits would otherwise keep it from its own lane.
     */
    public boolean submitNested(Runnable guest) {
        synchronized (lock) {
            if (closed || lanes.size() - idle.size() >= 2 * config.lanesMax()) {
                return false;
            }
            queue.addFirst(new Waiting(guest, true));
            dispatch();
            return true;
        }
    }

    /** Gives a guest's permit to another while it waits. For threads of these lanes; on others it just waits. */
    public Store.Waits waits() {
        return waits;
    }

    /** Guests that have a lane now, running or waiting. */
    public int busy() {
        synchronized (lock) {
            return lanes.size() - idle.size();
        }
    }

    /** Waits until no guest has a lane, at most {@code most}; new ones may come meanwhile. */
    public void drain(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        synchronized (lock) {
            try {
                while (lanes.size() > idle.size() || !queue.isEmpty()) {
                    long left = until - System.nanoTime();
                    if (left <= 0) {
                        return;
                    }
                    // Nobody signals: an end of the platform is no hurry, a request is.
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.min(left, DRAIN_LOOK_NANOS));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Refuses new guests, drops the queue and ends idle lanes; guests that run must be stopped by their own means. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            queue.clear();
            idle.forEach(LockSupport::unpark);
        }
    }

    private boolean roomNow() {
        return freePermits > 0 && queue.isEmpty() && (!idle.isEmpty() || lanes.size() < config.lanesMax());
    }

    /** Hands out free permits. Under the lock. */
    private void dispatch() {
        while (freePermits > 0) {
            var back = returning.pollFirst();
            if (back != null) {
                freePermits--;
                back.permit = true;
                LockSupport.unpark(back);
                continue;
            }
            var waiting = queue.peekFirst();
            if (waiting == null || !begin(waiting)) {
                return;
            }
            queue.removeFirst();
        }
    }

    /** Gives a queued guest a lane and a permit, if there is a lane. Under the lock. */
    private boolean begin(Waiting waiting) {
        var lane = idle.pollLast();
        boolean fresh = lane == null;
        if (lane == null) {
            if (lanes.size() >= (waiting.nested() ? 2 : 1) * config.lanesMax()) {
                return false;
            }
            lane = new Lane(++started);
            lanes.add(lane);
        }
        freePermits--;
        lane.permit = true;
        lane.next = waiting.guest();
        if (fresh) {
            lane.start();
        } else {
            LockSupport.unpark(lane);
        }
        return true;
    }

    /**
     * Overflows the stack here, if it must overflow: a guest may recurse to the very end of it and then wait, and an overflow in the
     * middle of a hand-over would lose a permit for ever.
     */
    private static int reserveStack(int calls) {
        return calls == 0 ? 0 : reserveStack(calls - 1) + 1;
    }

    private final class Lane extends Thread {
        private @Nullable Runnable next;
        private boolean permit;

        Lane(long number) {
            super(null, null, "creel-lane-" + number, config.stack().bytes(), false);
            setDaemon(true);
        }

        @Override
        public void run() {
            for (var guest = take(); guest != null; guest = take()) {
                try {
                    guest.run();
                } catch (Throwable e) {
                    // Whoever submitted handles its guest's failures; what arrives here is a defect of ours.
                    LOG.error("A guest's run failed outside the guest", e);
                }
                rest();
            }
        }

        /** The next guest, or null when this lane has been idle for long or all are closed. */
        private @Nullable Runnable take() {
            long until = System.nanoTime() + config.idle().toNanos();
            while (true) {
                // What is left of the last guest must not reach the next.
                boolean ignored = interrupted();
                long left = until - System.nanoTime();
                synchronized (lock) {
                    if (next != null) {
                        var guest = next;
                        next = null;
                        return guest;
                    }
                    if (closed || left <= 0) {
                        idle.remove(this);
                        lanes.remove(this);
                        return null;
                    }
                }
                LockSupport.parkNanos(this, left);
            }
        }

        /** After a guest: goes on with the queue, or gives the permit back and idles. */
        private void rest() {
            synchronized (lock) {
                boolean mine = permit && returning.isEmpty() && !queue.isEmpty();
                if (mine) {
                    next = queue.removeFirst().guest();
                    return;
                }
                idle.addLast(this);
                release();
                // Without a permit, too (its guest was stopped while it waited): the lane itself is what others may
                // wait for.
                dispatch();
            }
        }

        /** Under the lock. */
        private void release() {
            if (permit) {
                permit = false;
                freePermits++;
                dispatch();
            }
        }

        <T> T during(Callable<T> wait) throws Exception {
            reserveStack(STACK_CALLS);
            synchronized (lock) {
                release();
            }
            T result;
            try {
                result = wait.call();
            } catch (InterruptedException e) {
                // The guest is being stopped and only unwinds: it needs no permit for that.
                throw e;
            } catch (Exception e) {
                acquire();
                throw e;
            }
            acquire();
            return result;
        }

        private void acquire() throws InterruptedException {
            synchronized (lock) {
                if (permit) {
                    return;
                }
                returning.addLast(this);
                dispatch();
            }
            while (true) {
                synchronized (lock) {
                    if (permit) {
                        return;
                    }
                    if (interrupted()) {
                        returning.remove(this);
                        throw new InterruptedException();
                    }
                }
                LockSupport.park(this);
            }
        }
    }
}
