package dev.creel.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, with the classes that this build has made. */
public final class Program {
    private static final long ENDS_WITHIN_SECONDS = 180;

    private Program() {}

    /** What a command that has ended said. */
    public record Result(int exit, String out, String err) {}

    /** Starts it; its output is the caller's to read. */
    public static Process start(Path folder, Map<String, String> environment, String... args) throws IOException {
        return start(folder, environment, "dev.creel.node.Main", List.of(args));
    }

    /** Starts another main class, with the flags that the launcher gives, or those that every guest needs. */
    public static Process start(Path folder, Map<String, String> environment, String main, List<String> args)
            throws IOException {
        return start(folder, environment, List.of(), main, args);
    }

    /** The same with more flags, which go before others of the same name. */
    public static Process start(
            Path folder, Map<String, String> environment, List<String> more, String main, List<String> args)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(more);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main);
        command.addAll(args);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("CREEL_URL");
        builder.environment().remove("CREEL_TOKEN");
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> flags() {
        var given = System.getenv().getOrDefault("CREEL_JVM_FLAGS", "");
        return given.isEmpty()
                ? List.of(
                        "-Xmx1500m",
                        "-XX:-DontCompileHugeMethods",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED")
                : List.of(given.split(" "));
    }

    /** Runs a command to its end. */
    static Result run(Path folder, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        var process = start(folder, environment, args);
        process.getOutputStream().close();
        var out = drain(process.getInputStream());
        var err = drain(process.getErrorStream());
        if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("creel " + String.join(" ", args) + " does not end");
        }
        return new Result(process.exitValue(), out.join(), err.join());
    }

    /** Reads a stream to its end on a thread of its own. */
    public static Drain drain(InputStream in) {
        return new Drain(in);
    }

    /** Text that arrives. */
    public static final class Drain {
        private final StringBuilder text = new StringBuilder();
        private final Thread reader;

        private Drain(InputStream in) {
            this.reader = Thread.ofVirtual().start(() -> read(in));
        }

        private void read(InputStream in) {
            try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    synchronized (text) {
                        text.append(line).append('\n');
                        text.notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                synchronized (text) {
                    text.notifyAll();
                }
            }
        }

        /** Everything so far. */
        public String soFar() {
            synchronized (text) {
                return text.toString();
            }
        }

        /** Waits for a line that contains {@code part}; the line. */
        public String await(String part, long seconds) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            synchronized (text) {
                while (true) {
                    var line = text.toString()
                            .lines()
                            .filter(l -> l.contains(part))
                            .findFirst();
                    if (line.isPresent()) {
                        return line.get();
                    }
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0 || !reader.isAlive()) {
                        throw new AssertionError("no line with '" + part + "' in:\n" + text);
                    }
                    text.wait(left);
                }
            }
        }

        String join() throws InterruptedException {
            reader.join();
            return soFar();
        }
    }
}
