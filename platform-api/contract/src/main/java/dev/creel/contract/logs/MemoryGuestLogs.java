package dev.creel.contract.logs;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the newest lines of each application in memory: at most {@code perApp} bytes of each, and {@code max} of all. When that is full, those
 * that have more than an equal part give up their oldest lines, so that who prints most costs the others nothing. Each application's ring
 * is its own lock; one lock more lets only one thread make room at a time.
 */
public final class MemoryGuestLogs implements GuestLogs {
    /** What a line costs beside its text: object headers, the time, two references. */
    private static final int LINE_OVERHEAD_BYTES = 96;

    private final ConcurrentHashMap<AppId, Ring> rings = new ConcurrentHashMap<>();
    private final ByteSize perApp;
    private final ByteSize max;
    private final Clock clock;
    /** Bytes in all rings. */
    private final AtomicLong total = new AtomicLong();

    private final ReentrantLock makingRoom = new ReentrantLock();

    /** Keeps {@code perApp} bytes an application, all of them if need be, and takes times from {@code clock}. */
    public MemoryGuestLogs(ByteSize perApp, Clock clock) {
        this(perApp, ByteSize.ofBytes(Long.MAX_VALUE), clock);
    }

    /** Keeps {@code perApp} bytes an application and {@code max} in all, and takes times from {@code clock}. */
    public MemoryGuestLogs(ByteSize perApp, ByteSize max, Clock clock) {
        this.perApp = perApp;
        this.max = max;
        this.clock = clock;
    }

    /** Bytes that are kept now. */
    public ByteSize kept() {
        return ByteSize.ofBytes(Math.max(0, total.get()));
    }

    @Override
    public void append(AppId app, String component, GuestLine.Source source, String text) {
        rings.computeIfAbsent(app, ignored -> new Ring()).append(component, source, text);
        if (total.get() > max.bytes()) {
            makeRoom();
        }
    }

    /** A quarter more than is needed, so that it is rarely done. */
    private void makeRoom() {
        makingRoom.lock();
        try {
            // Another thread may have made it meanwhile.
            if (total.get() > max.bytes()) {
                long part = max.bytes() / 4 * 3 / Math.max(1, rings.size());
                rings.values().forEach(ring -> ring.cut(part));
            }
        } finally {
            makingRoom.unlock();
        }
    }

    @Override
    public List<GuestLine> read(AppId app, Instant since, int max) {
        var ring = rings.get(app);
        return ring == null ? List.of() : ring.read(since, max);
    }

    @Override
    public void forget(AppId app) {
        var ring = rings.remove(app);
        if (ring != null) {
            ring.clear();
        }
    }

    private final class Ring {
        private final ArrayDeque<GuestLine> lines = new ArrayDeque<>();
        private long bytes;
        private Instant last = Instant.EPOCH;

        synchronized void append(String component, GuestLine.Source source, String text) {
            var now = clock.instant();
            last = now.isAfter(last) ? now : last.plusNanos(1);
            lines.addLast(new GuestLine(last, component, source, text));
            add(cost(text));
            cut(perApp.bytes());
        }

        /** Keeps the newest line, whatever it takes, and of the others no more than {@code most} bytes. */
        synchronized void cut(long most) {
            while (bytes > most && lines.size() > 1) {
                add(-cost(lines.removeFirst().text()));
            }
        }

        synchronized void clear() {
            lines.clear();
            add(-bytes);
        }

        /** Under the lock. */
        private void add(long more) {
            bytes += more;
            total.addAndGet(more);
        }

        synchronized List<GuestLine> read(Instant since, int max) {
            var newest = new ArrayList<GuestLine>();
            for (var i = lines.descendingIterator(); i.hasNext() && newest.size() < max; ) {
                var line = i.next();
                if (!line.time().isAfter(since)) {
                    break;
                }
                newest.add(line);
            }
            return newest.reversed();
        }

        private static long cost(String text) {
            return 2L * text.length() + LINE_OVERHEAD_BYTES;
        }
    }
}
