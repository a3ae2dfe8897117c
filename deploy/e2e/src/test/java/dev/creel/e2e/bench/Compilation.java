package dev.creel.e2e.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.e2e.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What compiling a component costs, in processes of its own.
 *
 * @param folder where the processes run
 */
record Compilation(Path folder, Path wasm) {
    /** Of heap: what compiling must do with. */
    static final int MIB = 1024;

    private static final int LEAST_MIB = 32;
    /** For a process that only compiles: what HotSpot's second compiler takes of the processors, nobody gets back. */
    private static final String FAST_TO_START = "-XX:TieredStopAtLevel=1";

    /** What the JVM ends with. */
    private static final int OUT_OF_MEMORY = 3;

    private static final List<String> SMALL = List.of("c-wasi-http", "rust-api", "rust-hello", "rust-wasi-http");
    private static final int ROUNDS = 5;

    /**
     * What {@link CompilationCost} prints.
     *
     * @param classes bytes of class files, as they are kept
     * @param peakKib the most memory of the process
     */
    record Cost(long decodeMillis, long compileMillis, long classes, long peakKib) {
        long millis() {
            return decodeMillis + compileMillis;
        }
    }

    /** In a JVM that does nothing before. */
    Cost alone() throws Exception {
        return measured(MIB, List.of()).orElseThrow();
    }

    /** In a JVM that has compiled {@code others} before; nothing if it runs out of memory. */
    private Optional<Cost> measured(int mib, List<Path> others) throws Exception {
        var files = Stream.concat(Stream.of(wasm), others.stream())
                .map(Path::toString)
                .toList();
        var flags = List.of("-Xmx" + mib + "m", FAST_TO_START);
        var process = Program.start(folder, Map.of(), flags, CompilationCost.class.getName(), files);
        var err = Program.drain(process.getErrorStream());
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == OUT_OF_MEMORY) {
            return Optional.empty();
        }
        assertEquals(0, process.exitValue(), err::soFar);
        var numbers = Arrays.stream(text.strip().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return Optional.of(new Cost(numbers[0], numbers[1], numbers[2], numbers[3]));
    }

    /** The smallest heap, halving it each time, with which it compiles and takes at most twice as long as it {@code usually} does. */
    int leastHeap(Cost usually) throws Exception {
        int least = MIB;
        while (least > LEAST_MIB) {
            var cost = measured(least / 2, List.of());
            if (cost.isEmpty() || cost.get().millis() > 2 * usually.millis()) {
                return least;
            }
            least /= 2;
        }
        return least;
    }

    /**
     * How long small guests take in a new process, and in one that has compiled the other ones before, as one has that compiles for many:
     * the middle of several rounds.
     */
    static void printSmall(Path folder) throws Exception {
        var all = new ArrayList<>(List.of(Instantiation.hello()));
        for (var name : SMALL) {
            var wasm = Path.of(System.getProperty("creel.guests", ""), name, name + ".wasm");
            if (Files.exists(wasm)) {
                all.add(wasm);
            }
        }
        System.out.printf(
                "%n%-22s %10s %22s %22s%n", "decode + compile, ms", "bytes", "in a new process", "in a warm one");
        for (var one : all) {
            var compilation = new Compilation(folder, one);
            var others = all.stream().filter(other -> !other.equals(one)).toList();
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %10d %22s %22s%n",
                    one.getFileName(),
                    Files.size(one),
                    compilation.best(List.of()),
                    compilation.best(others));
        }
    }

    private String best(List<Path> others) throws Exception {
        var costs = new ArrayList<Cost>();
        for (int i = 0; i < ROUNDS; i++) {
            costs.add(measured(MIB, others).orElseThrow());
        }
        costs.sort(Comparator.comparingLong(Cost::millis));
        var cost = costs.getFirst();
        return cost.decodeMillis() + " + " + cost.compileMillis() + " = " + cost.millis();
    }
}
