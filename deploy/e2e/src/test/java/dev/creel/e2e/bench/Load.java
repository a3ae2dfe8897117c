package dev.creel.e2e.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends GET requests over a fixed number of kept-alive connections and watches what they cost the server: answers for each
 * second of processor time that its process used. That is the rate of one core whatever else the machine does.
 */
final class Load {
    private final int port;
    private final byte[] request;
    private final int connections;

    Load(int port, String host, String path, int connections) {
        this.port = port;
        this.request =
                ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        this.connections = connections;
    }

    /**
     * What was measured.
     *
     * @param perSecond answers in a second of the clock
     * @param perCoreSecond answers for a second of the server's processor time
     */
    record Rate(double perSecond, double perCoreSecond) {}

    /** Warms the server up, then measures. */
    Rate measure(ProcessHandle server, Duration warmUp, Duration time) throws Exception {
        run(warmUp);
        var cpuBefore = cpu(server);
        long start = System.nanoTime();
        long answers = run(time);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = cpu(server).minus(cpuBefore).toMillis() / 1e3;
        return new Rate(answers / seconds, answers / cpuSeconds);
    }

    /**
     * What happened in one stretch of time.
     *
     * @param answers how many there were
     * @param cpuSeconds processor time of the server
     */
    record Window(long answers, double cpuSeconds) {
        /** Answers for a second of processor time. */
        double perCoreSecond() {
            return cpuSeconds == 0 ? 0 : answers / cpuSeconds;
        }
    }

    /** Watches a server from its first request on, window by window. */
    List<Window> windows(ProcessHandle server, Duration each, int count) throws Exception {
        var windows = new ArrayList<Window>();
        for (int i = 0; i < count; i++) {
            var before = cpu(server);
            long answers = run(each);
            windows.add(new Window(answers, cpu(server).minus(before).toMillis() / 1e3));
        }
        return windows;
    }

    private static Duration cpu(ProcessHandle server) {
        return server.info().totalCpuDuration().orElseThrow();
    }

    private long run(Duration time) throws Exception {
        long until = System.nanoTime() + time.toNanos();
        var answers = new AtomicLong();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < connections; i++) {
                all.add(pool.submit(() -> {
                    connection(until, answers);
                    return null;
                }));
            }
            for (var one : all) {
                one.get();
            }
        }
        return answers.get();
    }

    private void connection(long until, AtomicLong answers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            while (System.nanoTime() < until) {
                socket.getOutputStream().write(request);
                int status = Answers.status(in);
                if (status != 200) {
                    throw new IOException("not the answer that is measured: " + status);
                }
                answers.incrementAndGet();
            }
        }
    }
}
