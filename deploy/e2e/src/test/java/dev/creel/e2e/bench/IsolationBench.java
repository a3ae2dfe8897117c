package dev.creel.e2e.bench;

import dev.creel.e2e.Program;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill: one tenant's well-behaved guest answers a steady load while guests of another tenant never end, in every way that there is. For
 * each way it prints how long requests of the first took without and with the others, in windows that take turns, and how long after
 * their deadline the others were stopped. {@code ./creel bench isolation [WAY…] [ROUNDS]} measures only these.
 */
class IsolationBench {
    private static final int WALL_MILLIS = 1_000;
    private static final int PER_SECOND = 200;
    private static final int WINDOW_MILLIS = 3_000;
    private static final int ROUNDS = 3;
    /** Guests that never end at a time. */
    private static final int AT_ONCE = 4;

    private static final int WARM_UP_MILLIS = 15_000;
    private static final long READY_WITHIN_SECONDS = 60;

    private static final List<String> WAYS = List.of(
            "loop",
            "recursion",
            "switch",
            "vectors",
            "fill",
            "copy",
            "grow",
            "tables",
            "letters",
            "accents",
            "polls",
            "chance",
            "handles",
            "print",
            "sleep",
            "body",
            "request",
            "socket");

    @TempDir
    Path folder;

    private final Queue<Socket> silent = new ConcurrentLinkedQueue<>();
    /** Requests of the neighbour that were not answered with 200. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private int port;
    private int silentPort;
    private String neighbour = "";
    private String runaway = "";
    private String tables = "";

    @Test
    void isolation() throws Exception {
        var words = Arrays.stream(System.getProperty("creel.bench.only", "").split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
        var ways = words.stream().filter(WAYS::contains).toList();
        int rounds = words.stream()
                .filter(word -> word.chars().allMatch(Character::isDigit))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(ROUNDS);
        var guests = Path.of("../../executor/host/src/test/guests").toAbsolutePath();
        var work = guests.resolve("runaway.wasm").toString();
        var process = Program.start(
                folder,
                Map.of(),
                DrillExecutor.class.getName(),
                List.of(
                        Integer.toString(WALL_MILLIS),
                        folder.resolve("node").toString(),
                        work,
                        work,
                        guests.resolve("tables.wasm").toString()));
        try (var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            silentPort = server.getLocalPort();
            Thread.ofVirtual().start(() -> acceptAndSayNothing(server));
            Program.drain(process.getErrorStream());
            var ready = Program.drain(process.getInputStream())
                    .await("ready", READY_WITHIN_SECONDS)
                    .strip()
                    .split(" ");
            port = Integer.parseInt(ready[1]);
            neighbour = ready[2];
            runaway = ready[3];
            tables = ready[4];
            steady(WARM_UP_MILLIS);
            System.out.printf(
                    "%n%d requests a second of one tenant, %d guests of another that never end, stopped after %d ms%n",
                    PER_SECOND, AT_ONCE, WALL_MILLIS);
            System.out.printf(
                    "%-12s %20s %20s %10s %10s %24s%n",
                    "way",
                    "alone p50/p99 µs",
                    "beside p50/p99 µs",
                    "p99 ratio",
                    "unanswered",
                    "stopped late p50/max ms");
            for (var way : ways.isEmpty() ? WAYS : ways) {
                print(way, rounds);
            }
        } finally {
            process.destroy();
            process.waitFor();
            for (var connection : silent) {
                connection.close();
            }
        }
    }

    private void print(String way, int rounds) throws Exception {
        var alone = new ArrayList<Long>();
        var beside = new ArrayList<Long>();
        var late = new ConcurrentLinkedQueue<Long>();
        for (int i = 0; i < rounds; i++) {
            alone.addAll(steady(WINDOW_MILLIS));
            var over = new AtomicBoolean();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int j = 0; j < AT_ONCE; j++) {
                    pool.execute(() -> runaways(way, over, late));
                }
                beside.addAll(steady(WINDOW_MILLIS));
                over.set(true);
            }
        }
        double before = at(alone, 0.99);
        double with = at(beside, 0.99);
        System.out.printf(
                Locale.ROOT,
                "%-12s %20s %20s %10.2f %10d %24s%n",
                way,
                String.format(Locale.ROOT, "%.0f / %.0f", at(alone, 0.5) / 1e3, before / 1e3),
                String.format(Locale.ROOT, "%.0f / %.0f", at(beside, 0.5) / 1e3, with / 1e3),
                with / before,
                unanswered.getAndSet(0),
                String.format(Locale.ROOT, "%.1f / %.1f  (%d)", at(late, 0.5) / 1e6, at(late, 1) / 1e6, late.size()));
    }

    private static double at(Collection<Long> nanos, double part) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
    }

    // --- The neighbour ---------------------------------------------------------------------------------------------

    /** An open loop: a request is due whether or not those before it are answered, and its time counts from then. */
    private List<Long> steady(int millis) throws Exception {
        var times = new ConcurrentLinkedQueue<Long>();
        var idle = new ConcurrentLinkedQueue<Connection>();
        long each = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        long begin = System.nanoTime();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = begin; due < begin + TimeUnit.MILLISECONDS.toNanos(millis); due += each) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long since = due;
                pool.execute(() -> {
                    var connection = idle.poll();
                    connection = connection != null ? connection : new Connection(port);
                    if (connection.get(neighbour, "/work") == 200) {
                        times.add(System.nanoTime() - since);
                    } else {
                        unanswered.incrementAndGet();
                    }
                    idle.add(connection);
                });
            }
        }
        idle.forEach(Connection::close);
        return List.copyOf(times);
    }

    // --- Those that never end --------------------------------------------------------------------------------------

    private void runaways(String way, AtomicBoolean over, Queue<Long> late) {
        while (!over.get()) {
            try (var connection = new Connection(port)) {
                long begin = System.nanoTime();
                int status = way.equals("body")
                        ? connection.unfinished(runaway, "/body")
                        : connection.get(way.equals("tables") ? tables : runaway, "/" + way + "?" + silentPort);
                if (status != 504) {
                    throw new IllegalStateException(way + " was answered " + status);
                }
                late.add(System.nanoTime() - begin - TimeUnit.MILLISECONDS.toNanos(WALL_MILLIS));
            }
        }
    }

    private void acceptAndSayNothing(ServerSocket server) {
        try {
            while (true) {
                silent.add(server.accept());
            }
        } catch (IOException closed) {
            // The drill is over.
        }
    }

    /** Requests one after the other, each answered with a length. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Connection(int port) {
            try {
                this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                this.in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The status of the answer, which has been read. */
        int get(String revision, String path) {
            return answer("GET " + path + " HTTP/1.1\r\n", revision, "\r\n");
        }

        /** The same for a request whose body never ends. */
        int unfinished(String revision, String path) {
            return answer("POST " + path + " HTTP/1.1\r\n", revision, "content-length: 100\r\n\r\nsome");
        }

        private int answer(String first, String revision, String rest) {
            try {
                var head = first + "host: h\r\ncreel-key: " + DrillExecutor.KEY + "\r\ncreel-revision: " + revision
                        + "\r\n" + rest;
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                return Answers.status(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
