package dev.creel.contract.logs;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps at most {@code perApp} bytes of text for each application, in memory. Each application's ring is its own lock. */
public final class MemoryGuestLogs implements GuestLogs {
    /** What a line costs beside its text: object headers, the time, two references. */
    private static final int LINE_OVERHEAD_BYTES = 96;

    private final ConcurrentHashMap<AppId, Ring> rings = new ConcurrentHashMap<>();
    private final ByteSize perApp;
    private final Clock clock;

    /** Keeps {@code perApp} bytes an application and takes times from {@code clock}. */
    public MemoryGuestLogs(ByteSize perApp, Clock clock) {
        this.perApp = perApp;
        this.clock = clock;
    }

    @Override
    public void append(AppId app, String component, GuestLine.Source source, String text) {
        rings.computeIfAbsent(app, ignored -> new Ring()).append(component, source, text);
    }

    @Override
    public List<GuestLine> read(AppId app, Instant since, int max) {
        var ring = rings.get(app);
        return ring == null ? List.of() : ring.read(since, max);
    }

    @Override
    public void forget(AppId app) {
        rings.remove(app);
    }

    private final class Ring {
        private final ArrayDeque<GuestLine> lines = new ArrayDeque<>();
        private long bytes;
        private Instant last = Instant.EPOCH;

        synchronized void append(String component, GuestLine.Source source, String text) {
            var now = clock.instant();
            last = now.isAfter(last) ? now : last.plusNanos(1);
            lines.addLast(new GuestLine(last, component, source, text));
            bytes += cost(text);
            while (bytes > perApp.bytes() && lines.size() > 1) {
                bytes -= cost(lines.removeFirst().text());
            }
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
