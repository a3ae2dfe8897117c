package dev.creel.host.lane;

import dev.creel.component.host.Store;
import dev.creel.contract.app.TenantId;
import dev.creel.host.lane.Turns.Tenant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many guests run at once. A guest has a lane (a platform thread with a large stack) from its beginning to its end, and
 * a permit while it does not wait. Whose turn it is when there are fewer permits than guests {@link Turns} says: tenants get the same
 * share of them. A guest that is asked to pause loses its permit at once, and runs without one until it has noticed: it may be in the middle
 * of something long, and nobody waits for that. The lane used last is used first, because its stack is warm. Thread-safe; nothing here blocks but {@link #waits}.
 *
 * <p>One lock guards all state, the fields of lanes included; it is held for a few instructions, never while a guest runs.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** Each call takes at least 16 bytes of stack, more before it is compiled; a hand-over takes well under 4 KiB. */
    private static final int STACK_CALLS = 1000;

    private static final long DRAIN_LOOK_NANOS = 5_000_000;

    private final LaneConfig config;
    private final Object lock = new Object();
    private final Turns<Runnable, Lane> turns;
    private final ArrayDeque<Lane> idle = new ArrayDeque<>();
    private final Set<Lane> lanes = new HashSet<>();
    private final Store.Waits waits = new Store.Waits() {
        @Override
        public <T> T during(Callable<T> wait) throws Exception {
            return Thread.currentThread() instanceof Lane lane ? lane.during(wait) : wait.call();
        }

        @Override
        public void begins(Runnable pause) {
            if (Thread.currentThread() instanceof Lane lane) {
                lane.begins(pause);
            }
        }

        @Override
        public void pause() throws InterruptedException {
            if (Thread.currentThread() instanceof Lane lane) {
                lane.pause();
            }
        }
    };
    private final ScheduledThreadPoolExecutor clock;
    /** Lanes with a permit. */
    private final Set<Lane> running = new HashSet<>();
    /** Whether somebody will look again who has had a permit for long. */
    private boolean looking;

    /** Lanes whose guests run without a permit, because they were asked to pause; never more than permits. */
    private int lent;

    private int freePermits;
    /** How often a guest let others run first. */
    private long pausesMade;
    /** Guests for which there was no room. */
    private long refused;

    private long started;
    private boolean closed;

    /** Starts no thread yet. */
    public Lanes(LaneConfig config) {
        this.config = config;
        this.freePermits = config.permits();
        this.turns = new Turns<>(config.queueTenantMax(), config.slice().toNanos());
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("creel-turns").daemon().factory());
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has {@code guest} run when its tenant's turn comes; false if the queue is full, or its tenant's share of it, or the lanes are closed. */
    public boolean submit(TenantId tenant, Runnable guest) {
        synchronized (lock) {
            if (closed || (turns.waiting() >= config.queueMax() && !roomNow()) || !turns.add(tenant, guest)) {
                refused++;
                return false;
            }
            dispatch();
            return true;
        }
    }

    /**
     * The same for a guest that another guest waits for: it goes before the queue, and may take a lane beyond the usual
     * number, because the one that waits would otherwise keep it from its own lane.
     */
    public boolean submitNested(TenantId tenant, Runnable guest) {
        synchronized (lock) {
            if (closed || busyLanes() >= 2 * config.lanesMax()) {
                refused++;
                return false;
            }
            turns.addNested(tenant, guest);
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
            return busyLanes();
        }
    }

    /** How it is with them now. */
    public LaneNumbers numbers() {
        synchronized (lock) {
            return new LaneNumbers(
                    config.permits(),
                    running.size(),
                    busyLanes(),
                    lanes.size(),
                    turns.waitingByTenant(),
                    pausesMade,
                    refused);
        }
    }

    private int busyLanes() {
        return lanes.size() - idle.size();
    }

    /** Waits until no guest has a lane, at most {@code most}; new ones may come meanwhile. */
    public void drain(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        synchronized (lock) {
            try {
                while (busyLanes() > 0 || !turns.isEmpty()) {
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
            turns.clear();
            idle.forEach(LockSupport::unpark);
            clock.shutdownNow();
        }
    }

    private boolean roomNow() {
        return freePermits > 0 && turns.isEmpty() && hasLane(1);
    }

    /** Whether a guest could begin if there may be so many times the usual number of lanes. */
    private boolean hasLane(int times) {
        return !idle.isEmpty() || lanes.size() < times * config.lanesMax();
    }

    /** Hands out free permits, and those of guests that have had theirs for long. Under the lock. */
    private void dispatch() {
        do {
            handOut();
        } while (preempt());
    }

    /** Under the lock. */
    private void handOut() {
        while (freePermits > 0) {
            var turn = turns.next(hasLane(1), hasLane(2));
            if (turn == null) {
                return;
            }
            freePermits--;
            var lane = turn.returning();
            if (lane != null) {
                lane.permitted(turn.tenant());
                LockSupport.unpark(lane);
            } else {
                begin(turn.tenant(), Objects.requireNonNull(turn.guest()));
            }
        }
    }

    /**
     * While somebody waits: asks the guest to pause whose tenant has had permits for longest, once that is a slice longer than whoever is
     * next; and looks again a slice later. Says whether a permit is free now. Under the lock.
     */
    private boolean preempt() {
        if (freePermits > 0 || closed) {
            return false;
        }
        long next = turns.wanting(hasLane(1), hasLane(2));
        if (next == Long.MAX_VALUE) {
            return false;
        }
        long now = System.nanoTime();
        Lane longest = null;
        long most = next + config.slice().toNanos();
        for (var lane : running) {
            long used = lane.used(now);
            if (used >= most && lane.pause != null) {
                most = used;
                longest = lane;
            }
        }
        if (longest != null) {
            longest.ask();
        }
        if (!looking) {
            looking = true;
            var ignored = clock.schedule(this::look, config.slice().toNanos(), TimeUnit.NANOSECONDS);
        }
        return freePermits > 0;
    }

    private void look() {
        synchronized (lock) {
            looking = false;
            if (preempt()) {
                dispatch();
            }
        }
    }

    /** Gives a guest a lane; there is one. Under the lock. */
    private void begin(Tenant<Runnable, Lane> tenant, Runnable guest) {
        var rested = idle.pollLast();
        var lane = rested != null ? rested : new Lane(++started);
        lane.permitted(tenant);
        lane.next = guest;
        if (rested != null) {
            LockSupport.unpark(lane);
        } else {
            lanes.add(lane);
            lane.start();
        }
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
        /** Whose guest it has. */
        private @Nullable Tenant<Runnable, Lane> tenant;

        private boolean permit;
        /** Whether its guest runs on without one, because it has not noticed yet that it is to pause. */
        private boolean lends;
        /** Since when it has or lends one. */
        private long since;
        /** Asks the guest to pause; null once that was done, or if nobody can be asked. */
        private @Nullable Runnable pause;
        /** What {@link #pause} is each time that there is a permit. */
        private @Nullable Runnable pauses;

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

        /** Under the lock. */
        private void permitted(Tenant<Runnable, Lane> by) {
            tenant = by;
            permit = true;
            since = System.nanoTime();
            pause = pauses;
            running.add(this);
        }

        void begins(Runnable asked) {
            synchronized (lock) {
                pauses = asked;
                pause = asked;
                if (preempt()) {
                    dispatch();
                }
            }
        }

        /** What its tenant has used, this lane's permit included. Under the lock. */
        private long used(long now) {
            return turns.used(Objects.requireNonNull(tenant)) + (now - since);
        }

        /** Asks the guest to pause, once, and gives its permit away unless too many run without one. Under the lock. */
        private void ask() {
            Objects.requireNonNull(pause).run();
            pause = null;
            if (lent < config.permits()) {
                giveBack();
                lends = true;
                lent++;
                since = System.nanoTime();
            }
        }

        /** The guest was asked to. */
        void pause() throws InterruptedException {
            reserveStack(STACK_CALLS);
            synchronized (lock) {
                if (!lends && (!permit || turns.wanting(hasLane(1), hasLane(2)) >= used(System.nanoTime()))) {
                    // Whoever wanted a turn has had it meanwhile.
                    pause = pauses;
                    return;
                }
                pausesMade++;
                giveBack();
                turns.pause(Objects.requireNonNull(tenant), this);
                dispatch();
            }
            await();
        }

        /** After a guest: idles, if it is not told to go on with another. */
        private void rest() {
            synchronized (lock) {
                var guests = Objects.requireNonNull(tenant);
                pauses = null;
                idle.addLast(this);
                giveBack();
                turns.ended(guests);
                // Without a permit, too (its guest was stopped while it waited): the lane itself is what others may
                // wait for.
                dispatch();
            }
        }

        /** Under the lock. */
        private void giveBack() {
            if (permit || lends) {
                freePermits += permit ? 1 : 0;
                lent -= lends ? 1 : 0;
                permit = false;
                lends = false;
                running.remove(this);
                turns.used(Objects.requireNonNull(tenant), System.nanoTime() - since);
            }
        }

        <T> T during(Callable<T> wait) throws Exception {
            reserveStack(STACK_CALLS);
            synchronized (lock) {
                giveBack();
                dispatch();
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
                turns.back(Objects.requireNonNull(tenant), this);
                dispatch();
            }
            await();
        }

        /** Until there is a permit again, or was: it may have been asked for already. */
        private void await() throws InterruptedException {
            while (true) {
                synchronized (lock) {
                    if (permit || lends) {
                        return;
                    }
                    if (interrupted()) {
                        turns.giveUp(Objects.requireNonNull(tenant), this);
                        throw new InterruptedException();
                    }
                }
                LockSupport.park(this);
            }
        }
    }
}
