package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands: run by {@code creel run} to their end, and deployed behind the wagi executor. */
@Timeout(300)
class CommandTest {
    private static final Path COMMAND = Path.of("../../executor/engine/src/test/guests/command.wasm")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void makeDirectories() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("docs")).resolve("a.txt"), "from a file\n");
        Files.createDirectories(folder.resolve("work"));
    }

    @Test
    void runsACommandToItsEndWithItsStreamsAndExitCode() throws Exception {
        var result = run(
                "read here\n",
                "--env",
                "COLOUR=deep blue",
                "--arg",
                "first",
                "--dir-read-only",
                "docs::/docs",
                COMMAND.toString(),
                "--",
                "read:a.txt",
                "exit:7");
        assertEquals("""
                argument command
                argument first
                argument read:a.txt
                argument exit:7
                variable COLOUR=deep blue
                from a file
                read here
                """, result.out());
        assertEquals(7, result.exit(), result.err());
    }

    @Test
    void aCommandSeesNoFilesUnlessADirectoryIsGiven() throws Exception {
        var result = run("", COMMAND.toString(), "read:a.txt");
        assertEquals("argument command\nargument read:a.txt\nerror a.txt\n", result.out());
        assertTrue(result.exit() != 0, result.err());
    }

    @Test
    void aCommandChangesOnlyDirectoriesThatAreGivenForThat() throws Exception {
        assertEquals(
                0, run("", "--dir", "work", COMMAND.toString(), "write:new.txt").exit());
        assertEquals("written\n", Files.readString(folder.resolve("work/new.txt")));
        assertTrue(run("", "--dir-read-only", "work", COMMAND.toString(), "write:other.txt")
                        .exit()
                != 0);
        assertTrue(Files.notExists(folder.resolve("work/other.txt")));
    }

    @Test
    void saysWhatIsWrongWithItsOptions() throws Exception {
        for (var wrong : List.of(List.of("--dir", "nowhere"), List.of("--env", "novalue"))) {
            var result = run("", wrong.get(0), wrong.get(1), COMMAND.toString());
            assertEquals(2, result.exit());
            assertTrue(result.err().contains(wrong.get(1)), result.err());
        }
        var serves = run("", Apps.trialWasm().toString(), "argument");
        assertEquals(1, serves.exit());
        assertTrue(serves.err().contains("takes no arguments"), serves.err());
    }

    @Test
    void servesACommandAsCgi() throws Exception {
        var app = Files.createDirectories(folder.resolve("cgi"));
        Files.copy(COMMAND, app.resolve("command.wasm"));
        Files.writeString(app.resolve("spin.toml"), """
                spin_manifest_version = 2
                [application]
                name = "cgi"
                version = "1.0.0"
                [[trigger.http]]
                route = "/tool/..."
                component = "tool"
                executor = { type = "wagi", argv = "tool ${SCRIPT_NAME} ${ARGS}" }
                [component.tool]
                source = "command.wasm"
                environment = { OWN = "setting" }
                """);
        try (var creel = RunningCreel.start(folder)) {
            creel.must("deploy", app.toString());
            assertEquals(
                    "tool\n/tool/args\na=1\n",
                    creel.get("cgi.apps.localhost", "/tool/args?a=1").text());
            var variables = creel.get("cgi.apps.localhost", "/tool/vars").text();
            assertTrue(variables.contains("OWN=setting\n"), variables);
            assertTrue(variables.contains("HTTP_HOST=cgi.apps.localhost"), variables);
            assertTrue(variables.contains("REMOTE_ADDR=127.0.0.1\n"), variables);
            var printed = RawHttp.send(
                    creel.port,
                    "POST",
                    "cgi.apps.localhost",
                    "/tool/print",
                    List.of(),
                    "status: 418 as asked\n\nteapot".getBytes(StandardCharsets.UTF_8));
            assertEquals(418, printed.status());
            assertEquals("teapot", printed.text());
            assertEquals(500, creel.get("cgi.apps.localhost", "/tool/print?3").status());
        }
    }

    /** {@code creel run} in the test's folder, with this on its standard input. */
    private Program.Result run(String input, String... args) throws Exception {
        var all = new String[args.length + 1];
        all[0] = "run";
        System.arraycopy(args, 0, all, 1, args.length);
        var process = Program.start(folder, Map.of(), all);
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var out = Program.drain(process.getInputStream());
            var err = Program.drain(process.getErrorStream());
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
            return new Program.Result(process.exitValue(), out.join(), err.join());
        } finally {
            process.destroyForcibly();
        }
    }
}
