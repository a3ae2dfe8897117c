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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays those programs of the public WASI test suite that need no writable directory, where the suite is at hand: {@code
 * -Dcreel.conformance=DIR}.
 */
class PreviewOneSuiteTest {
    private static final Path SUITE =
            Path.of(System.getProperty("creel.conformance", "../../../shared/conformance"), "wasi-p1");

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
        var printed = new ArrayList<String>();
        try {
            assertEquals(0, run(program, context(program, printed)), () -> String.join("\n", printed));
        } catch (TrapException e) {
            throw new AssertionError(String.join("\n", printed), e);
        }
    }

    @Test
    void getsItsArguments() throws IOException {
        for (var program : List.of("args_get-multiple-arguments", "args_sizes_get-multiple-arguments")) {
            var printed = new ArrayList<String>();
            var context =
                    context(program, printed).arguments(List.of(program + ".wasm", "first", "the \"second\" arg", "3"));
            assertEquals(0, run("assemblyscript/" + program, context), () -> String.join("\n", printed));
        }
    }

    @Test
    void getsItsEnvironment() throws IOException {
        var texts = new LinkedHashMap<>(Map.of("a", "text", "b", "escap \" ing", "c", "new\nline"));
        var printed = new ArrayList<String>();
        assertEquals(
                0,
                run(
                        "assemblyscript/environ_get-multiple-variables",
                        context("", printed).environment(texts)),
                () -> String.join("\n", printed));
        var letters = Map.of("a", "b", "b", "c", "c", "d");
        assertEquals(
                0,
                run(
                        "assemblyscript/environ_sizes_get-multiple-variables",
                        context("", printed).environment(letters)),
                () -> String.join("\n", printed));
    }

    @Test
    void printsAndExits() throws IOException {
        var printed = new ArrayList<String>();
        assertEquals(0, run("assemblyscript/fd_write-to-stdout", context("", printed)));
        assertEquals(List.of("hello"), printed);
        assertEquals(33, run("assemblyscript/proc_exit-failure", context("", printed)));
    }

    private static WasiContext.Builder context(String program, List<String> printed) {
        var language = program.replaceAll("/.*", "");
        var root = SUITE.resolve(language + "/fs-tests.dir");
        boolean wantsRoot = Files.exists(SUITE.resolve(program + ".json"));
        return WasiContext.builder()
                .arguments(List.of(program + ".wasm"))
                .stdout(new LineOutput(10_000, printed::add))
                .stderr(new LineOutput(10_000, printed::add))
                .preopens(wantsRoot ? List.of(new Preopen("/", root)) : List.of());
    }

    private static int run(String program, WasiContext.Builder context) throws IOException {
        var file = SUITE.resolve(program + ".wasm");
        Assumptions.assumeTrue(
                Files.isReadable(file), "no " + SUITE + "; say -Dcreel.conformance=DIR to play the WASI suite");
        return CoreGuest.run(Files.readAllBytes(file), program.replaceAll("\\W", "_"), context);
    }
}
