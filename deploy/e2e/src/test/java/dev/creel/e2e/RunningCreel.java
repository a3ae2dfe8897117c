package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A platform that runs in a process of its own, on a free port, over a data folder of the test. */
public final class RunningCreel implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("creel is ready: (http://[^ ]+:(\\d+)) \\([0-9.]+ s\\)");
    private static final long READY_WITHIN_SECONDS = 120;

    private final Path folder;
    private final Process process;
    final Program.Drain log;
    final String url;
    final int port;

    private RunningCreel(Path folder, Process process, Program.Drain log, String url, int port) {
        this.folder = folder;
        this.process = process;
        this.log = log;
        this.url = url;
        this.port = port;
    }

    /** Starts on {@code folder}, which a former platform may have left. */
    public static RunningCreel start(Path folder, String... more) throws IOException, InterruptedException {
        var args = new ArrayList<>(List.of("up", "--listen", "127.0.0.1:0", "--data", "data"));
        args.addAll(List.of(more));
        var process = Program.start(folder, Map.of(), args.toArray(String[]::new));
        var out = Program.drain(process.getInputStream());
        var err = Program.drain(process.getErrorStream());
        try {
            var line = READY.matcher(out.await("creel is ready", READY_WITHIN_SECONDS));
            if (!line.matches()) {
                throw new AssertionError("not the ready line: " + out.soFar());
            }
            return new RunningCreel(folder, process, err, line.group(1), Integer.parseInt(line.group(2)));
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw new AssertionError(e.getMessage() + "\nits log:\n" + err.soFar(), e);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Where its API is. */
    public String url() {
        return url;
    }

    /** What it logged. */
    public String log() {
        return log.soFar();
    }

    /** Its process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** The owner's token. */
    public String token() throws IOException {
        return Files.readString(folder.resolve("data/owner.token")).strip();
    }

    /** Runs a client command against it. */
    Program.Result creel(String... args) throws IOException, InterruptedException {
        return Program.run(folder, Map.of("CREEL_URL", url, "CREEL_TOKEN", token()), args);
    }

    /** Runs a client command that must succeed. */
    public String must(String... args) throws IOException, InterruptedException {
        var result = creel(args);
        assertEquals(
                0, result.exit(), () -> String.join(" ", args) + "\n" + result.err() + "\nplatform:\n" + log.soFar());
        return result.out();
    }

    /** Asks an application, or any host. */
    RawHttp.Answer get(String host, String path) throws IOException {
        return RawHttp.get(port, host, path);
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As SIGTERM does it; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not stop; its log:\n" + log.soFar());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        try {
            terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
