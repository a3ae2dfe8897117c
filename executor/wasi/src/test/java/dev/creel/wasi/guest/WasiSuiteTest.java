package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.component.core.TrapException;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.io.LineOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays those programs of the public WASI test suite that need no writable directory, each as a module of preview 1 and as a
 * component of WASI 0.2, where the suite is at hand: {@code -Dcreel.conformance=DIR}.
 */
@ParameterizedClass
@ValueSource(strings = {"wasi-p1", "wasi-p2"})
class WasiSuiteTest {
    private static final Path SUITES = Path.of(System.getProperty("creel.conformance", "../../../shared/conformance"));

    private final Path suite;
    private final boolean components;

    WasiSuiteTest(String form) {
        suite = SUITES.resolve(form);
        components = form.equals("wasi-p2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assemblyscript/args_sizes_get-no-arguments",
                "assemblyscript/environ_sizes_get-no-variables",
                "assemblyscript/fd_write-to-invalid-fd",
                "assemblyscript/proc_exit-success",
                "assemblyscript/random_get-non-zero-length",
                "assemblyscript/random_get-zero-length",
                "c/clock_getres-monotonic",
                "c/clock_getres-realtime",
                "c/clock_gettime-monotonic",
                "c/clock_gettime-realtime",
                "c/fdopendir-with-access",
                "c/fopen-with-access",
                "c/fopen-with-no-access",
                "c/lseek",
                "c/pread-with-access",
                "c/sock_shutdown-invalid_fd",
                "c/sock_shutdown-not_sock",
                "c/stat-dev-ino",
                "rust/big_random_buf",
                "rust/close_preopen",
                "rust/poll_oneoff_stdio",
            })
    void endsWell(String program) throws IOException {
        Assumptions.assumeFalse(
                components && program.endsWith("fd_write-to-invalid-fd"),
                "the component's adapter differs, on wasmtime too");
        var printed = new ArrayList<String>();
        try {
            assertEquals(0, run(program, context(program, printed)), () -> String.join("\n", printed));
        } catch (TrapException e) {
            throw new AssertionError(String.join("\n", printed), e);
        }
    }

    @Test
    void getsItsArguments() throws IOException {
        // As a component, the first one's adapter traps, on wasmtime too.
        for (var program : components
                ? List.of("args_sizes_get-multiple-arguments")
                : List.of("args_get-multiple-arguments", "args_sizes_get-multiple-arguments")) {
            var printed = new ArrayList<String>();
            var context =
                    context(program, printed).arguments(List.of(program + ".wasm", "first", "the \"second\" arg", "3"));
            assertEquals(0, run("assemblyscript/" + program, context), () -> String.join("\n", printed));
        }
    }

    @Test
    void getsItsEnvironment() throws IOException {
        var printed = new ArrayList<String>();
        var letters = Map.of("a", "b", "b", "c", "c", "d");
        assertEquals(
                0,
                run(
                        "assemblyscript/environ_sizes_get-multiple-variables",
                        context("", printed).environment(letters)),
                () -> String.join("\n", printed));
    }

    @Test
    void getsTextsFromItsEnvironment() throws IOException {
        Assumptions.assumeFalse(components, "the component's adapter traps, on wasmtime too");
        var texts = new LinkedHashMap<>(Map.of("a", "text", "b", "escap \" ing", "c", "new\nline"));
        var printed = new ArrayList<String>();
        var context = context("", printed).environment(texts);
        assertEquals(
                0, run("assemblyscript/environ_get-multiple-variables", context), () -> String.join("\n", printed));
    }

    @Test
    void printsAndExits() throws IOException {
        var printed = new ArrayList<String>();
        assertEquals(0, run("assemblyscript/fd_write-to-stdout", context("", printed)));
        assertEquals(List.of("hello"), printed);
        assertEquals(components ? 1 : 33, run("assemblyscript/proc_exit-failure", context("", printed)));
    }

    private WasiContext.Builder context(String program, List<String> printed) {
        var language = program.replaceAll("/.*", "");
        var root = suite.resolve(language + "/fs-tests.dir");
        boolean wantsRoot = Files.exists(suite.resolve(program + ".json"));
        return WasiContext.builder()
                .arguments(List.of(program + ".wasm"))
                .stdout(new LineOutput(10_000, printed::add))
                .stderr(new LineOutput(10_000, printed::add))
                .preopens(wantsRoot ? List.of(new Preopen("/", root)) : List.of());
    }

    private int run(String program, WasiContext.Builder context) throws IOException {
        var file = suite.resolve(program + ".wasm");
        Assumptions.assumeTrue(
                Files.isReadable(file), "no " + suite + "; say -Dcreel.conformance=DIR to play the WASI suite");
        var wasm = Files.readAllBytes(file);
        return components
                ? ComponentGuest.run(wasm, context)
                : CoreGuest.run(wasm, program.replaceAll("\\W", "_"), context);
    }
}
