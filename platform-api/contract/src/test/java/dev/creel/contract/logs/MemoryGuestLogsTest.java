package dev.creel.contract.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryGuestLogsTest {
    private static final String LINE = "x".repeat(452);
    /** What a line takes, its objects included. */
    private static final int LINE_BYTES = 1000;

    private final MemoryGuestLogs logs =
            new MemoryGuestLogs(ByteSize.ofBytes(20_000), ByteSize.ofBytes(100_000), Clock.systemUTC());

    @Test
    void keepsTheNewestLinesOfAnApplication() {
        var app = AppId.random();
        for (int i = 0; i < 50; i++) {
            logs.append(app, "one", GuestLine.Source.STDOUT, i + LINE.substring(2));
        }
        var lines = lines(app);
        assertTrue(lines.size() >= 20 && lines.size() <= 21, lines.size() + " lines");
        assertTrue(lines.getLast().text().startsWith("49x"), lines.getLast().text());
    }

    @Test
    void whoPrintsMostGivesWayWhenAllAreTooMuch() {
        var quiet = AppId.random();
        logs.append(quiet, "one", GuestLine.Source.STDOUT, "all that it says");
        var loud = IntStream.range(0, 10).mapToObj(i -> AppId.random()).toList();
        for (int i = 0; i < 100; i++) {
            loud.forEach(app -> logs.append(app, "one", GuestLine.Source.STDOUT, LINE));
            assertTrue(logs.kept().bytes() <= 100_000, logs.kept() + " are kept");
        }
        assertEquals(
                List.of("all that it says"),
                lines(quiet).stream().map(GuestLine::text).toList());
        loud.forEach(app -> assertTrue(lines(app).size() >= 5, lines(app).size() + " lines"));
    }

    @Test
    void forgetsWhatADeletedApplicationPrinted() {
        var app = AppId.random();
        logs.append(app, "one", GuestLine.Source.STDOUT, LINE);
        assertEquals(LINE_BYTES, logs.kept().bytes());
        logs.forget(app);
        assertEquals(0, logs.kept().bytes());
        assertEquals(List.of(), lines(app));
    }

    @Test
    void whatIsKeptIsCountedWhateverThreadsDoAtOnce() throws Exception {
        var apps = IntStream.range(0, 20).mapToObj(i -> AppId.random()).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(() -> {
                    for (int n = 0; n < 5_000; n++) {
                        logs.append(apps.get(n % 20), "one", GuestLine.Source.STDERR, LINE);
                    }
                }));
            }
            for (var one : done) {
                one.get();
            }
        }
        long there = apps.stream()
                .mapToLong(app -> (long) lines(app).size() * LINE_BYTES)
                .sum();
        assertEquals(there, logs.kept().bytes());
        assertTrue(there <= 100_000, there + " bytes");
        apps.forEach(logs::forget);
        assertEquals(0, logs.kept().bytes());
    }

    private List<GuestLine> lines(AppId app) {
        return logs.read(app, Instant.EPOCH, 1_000_000);
    }
}
