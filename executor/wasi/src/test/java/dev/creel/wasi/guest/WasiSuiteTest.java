package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays every program of the public WASI test suite, as a module of preview 1 and as a component of WASI 0.2, where the suite is
 * at hand: {@code -Dcreel.conformance=DIR}. What is not played is in {@code wasi-suite-skipped.txt}, with the reason.
 */
class WasiSuiteTest {
    private static final Path SUITES = Path.of(System.getProperty("creel.conformance", "../../../shared/conformance"));

    /** Programs that fail have to say why; a program that is skipped has to fail. */
    private final Map<String, String> skipped = skipped();

    @TempDir
    private Path scratch;

    @TestFactory
    List<DynamicTest> modules() throws IOException {
        return tests("wasi-p1", false);
    }

    @TestFactory
    List<DynamicTest> components() throws IOException {
        return tests("wasi-p2", true);
    }

    private List<DynamicTest> tests(String suite, boolean component) throws IOException {
        var folder = SUITES.resolve(suite);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "no " + folder + "; say -Dcreel.conformance=DIR to play the WASI suite");
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .map(file ->
                            DynamicTest.dynamicTest(SUITES.relativize(file).toString(), () -> play(file, component)))
                    .toList();
        }
    }

    private void play(Path wasm, boolean component) throws IOException {
        var program = WasiProgram.of(wasm);
        var ended = program.run(Files.createTempDirectory(scratch, "root"), component);
        var reason = skipped.get(SUITES.relativize(wasm).toString().replace(".wasm", ""));
        if (reason == null) {
            check(program, ended, component);
        } else {
            assertTrue(
                    ended.trap().isPresent() || ended.code() != program.exitCode(),
                    "passes, although it is listed as skipped: " + reason);
            Assumptions.abort(reason);
        }
    }

    private static void check(WasiProgram program, WasiProgram.Ended ended, boolean component) {
        assertTrue(ended.trap().isEmpty(), () -> ended.trap().get() + "\n" + ended.stderr());
        // Components of WASI 0.2 know only two exit codes.
        int expected = component ? Math.min(program.exitCode(), 1) : program.exitCode();
        assertEquals(expected, ended.code(), ended::stderr);
        program.stdout()
                .ifPresent(text -> assertEquals(text.strip(), ended.stdout().strip()));
        program.stderr()
                .ifPresent(text -> assertEquals(text.strip(), ended.stderr().strip()));
    }

    /** Lines of {@code program: reason}. */
    private static Map<String, String> skipped() {
        var skipped = new TreeMap<String, String>();
        try (var in = WasiSuiteTest.class.getResourceAsStream("/wasi-suite-skipped.txt")) {
            assertTrue(in != null, "the list of what is skipped is missing");
            Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .forEach(parts -> skipped.put(parts[0], parts[1]));
            return skipped;
        } catch (IOException e) {
            throw new UncheckedIOException("reading what is skipped", e);
        }
    }
}
