package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.http.HttpErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that answers as CGI does: it prints what it reads, and ends as its query says. */
@Timeout(60)
class CgiTest {
    private static final CompiledComponent COMMAND = Trial.guest("command.wasm");

    private final Trial trial = new Trial(COMMAND);

    private GuestOutcome print(String output, String end) throws Exception {
        return ask("/print", output, end);
    }

    private GuestOutcome ask(String path, String body, String query) throws Exception {
        var variables = new HashMap<>(Map.of("PATH_INFO", path, "QUERY_STRING", query, "FROM", "request"));
        trial.cgi = Optional.of(new CgiCall(List.of("me", "", "b c"), variables));
        return trial.run("POST", path + "?" + query, body);
    }

    @Test
    void answersWithWhatItPrints() throws Exception {
        var outcome = print("Content-Type: text/plain\r\nX-Two: 2\nx-two:  again \n\r\nbody\r\n\n", "");
        assertEquals(new GuestOutcome.Responded(), outcome);
        assertEquals(200, trial.status);
        assertEquals(List.of("content-type: text/plain", "x-two: 2", "x-two: again"), trial.headerLines());
        assertEquals("body\r\n\n", trial.text());
        assertEquals(7, trial.length);
        assertEquals(List.of("err asked for /print"), trial.lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "content-type: a/b                            | 200 | content-type: a/b",
                "location: /there                             | 302 | location: /there",
                "status: 404                                  | 404 | -",
                "STATUS:404 Not Found                         | 404 | -",
                "status: 201 Made;location: /there            | 201 | location: /there",
                "location: /there;Status: 303 See Other       | 303 | location: /there",
                "no colon here;status: 204                    | 204 | -",
                "status: 200;connection: close;bad name: x    | 200 | -",
                "status: abc                                  | 502 | -",
                "status: 99                                   | 502 | -",
                "status: 100                                  | 502 | -",
                "status: 2000                                 | 502 | -",
                "status:                                      | 502 | -",
            })
    void readsStatusAndHeaders(String head, int status, String header) throws Exception {
        var outcome = print(head.replace(';', '\n') + "\n\nbody", "");
        assertEquals(status, trial.status);
        assertEquals(header == null ? List.of() : List.of(header), trial.headerLines());
        assertEquals("body", trial.text());
        assertEquals(status != 502, outcome.good());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-only: this\n\nbody", "just text\n", "\nbody", "content-type: text/plain\n", "\n"})
    void saysWhatIsMissingWhenThereAreNoUsableHeaders(String output) throws Exception {
        assertInstanceOf(GuestOutcome.BadOutput.class, print(output, ""));
        assertEquals(500, trial.status);
        assertEquals(List.of("content-type: text/plain"), trial.headerLines());
        assertEquals("Exactly one of 'location' or 'content-type' must be specified", trial.text());
    }

    @Test
    void headersThatAreNoTextAreUnusable() throws Exception {
        trial.upload.sink().write(new byte[] {'s', 't', 'a', 't', 'u', 's', ':', '2', '0', '0', (byte) 0xff, '\n', '\n'
        });
        assertInstanceOf(GuestOutcome.BadOutput.class, print("", ""));
        assertEquals(500, trial.status);
    }

    @Test
    void nothingAtAllIsNoAnswer() throws Exception {
        assertInstanceOf(GuestOutcome.BadOutput.class, print("", ""));
        assertEquals(0, trial.status);
    }

    @Test
    void anExitWithZeroIsAGoodEnd() throws Exception {
        assertEquals(new GuestOutcome.Responded(), print("status: 200\n\nbody", "0"));
        assertEquals("body", trial.text());
    }

    @Test
    void whatAFailedGuestPrintedIsNotAnswered() throws Exception {
        assertEquals(new GuestOutcome.Exited(3), print("status: 200\n\nbody", "3"));
        assertEquals(0, trial.status);
    }

    @Test
    void whatATrappedGuestPrintedIsNotAnswered() throws Exception {
        assertInstanceOf(GuestOutcome.Trapped.class, print("status: 200\n\nbody", "trap"));
        assertEquals(0, trial.status);
    }

    @Test
    void aLargeBodyBeginsBeforeTheEndAndIsCutOffWhenTheGuestFails() throws Exception {
        var large = "x".repeat(Math.toIntExact(trial.limits.cgiBody().bytes()) + 1);
        assertInstanceOf(GuestOutcome.Trapped.class, print("status: 200\n\n" + large, "trap"));
        assertEquals(200, trial.status);
        assertEquals(-1, trial.length);
        assertEquals(large + "!", trial.text());
    }

    @Test
    void aLargeBodyArrivesWhole() throws Exception {
        var large = "x".repeat(Math.toIntExact(trial.limits.cgiBody().bytes()) + 100_000);
        assertEquals(new GuestOutcome.Responded(), print("status: 200\n\n" + large, ""));
        assertEquals(large, trial.text());
    }

    @Test
    void aHeaderPartWithoutEndIsBounded() throws Exception {
        var endless = "x-a: 1\n".repeat(Math.toIntExact(trial.limits.cgiHead().bytes()) / 7 + 1);
        // Its output is closed then, which this guest takes for a failure.
        assertEquals(new GuestOutcome.Exited(74), print("status: 200\n" + endless + "x-b: 2\n".repeat(20_000), ""));
        assertEquals(0, trial.status);
    }

    @Test
    void theComponentsOwnEnvironmentWinsAndTheLengthIsThatOfTheBody() throws Exception {
        assertEquals(new GuestOutcome.Responded(), ask("/vars", "four", ""));
        var variables = List.of(trial.text().split("\n"));
        assertTrue(variables.contains("FROM=manifest"), variables.toString());
        assertTrue(variables.contains("CONTENT_LENGTH=4"), variables.toString());
        assertEquals(4, variables.size());
    }

    @Test
    void argumentsAreHandedOnAsTheyAre() throws Exception {
        assertEquals(new GuestOutcome.Responded(), ask("/args", "", ""));
        assertEquals("me\n\nb c\n", trial.text());
    }

    @Test
    void theLimitsOfWasiAreThoseOfTheRun(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.txt"), "status: 200\n\nfrom a file");
        trial.preopens = List.of(new Preopen("/", folder));
        trial.cgi = Optional.of(new CgiCall(List.of("me", "read:a.txt"), Map.of()));
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/", ""));
        assertTrue(trial.text().endsWith("from a file"));

        var bounded = new Trial(COMMAND);
        bounded.preopens = trial.preopens;
        bounded.cgi = trial.cgi;
        // The directory itself is one.
        bounded.limits = bounded.limits.withWasi(WasiLimits.DEFAULT.withOpenFiles(1));
        assertInstanceOf(GuestOutcome.Exited.class, bounded.run("GET", "/", ""));
    }

    @Test
    void aBodyOfUnknownLengthThatIsTooLargeIsRefusedBeforeTheGuestRuns() throws Exception {
        var few = trial.limits;
        trial.limits = new GuestLimits(
                few.wall(),
                few.cpu(),
                few.memory(),
                few.tableElements(),
                few.handles(),
                few.outgoingRequests(),
                few.logLine(),
                few.logBytes(),
                ByteSize.ofBytes(10),
                few.requestBytes(),
                few.responseBytes(),
                few.cgiHead(),
                few.cgiBody(),
                few.wasi(),
                few.http());
        assertEquals(new GuestOutcome.RequestTooLarge(ByteSize.ofBytes(10)), print("eleven bytes", ""));
        assertEquals(List.of(), trial.lines);
    }

    @Test
    void aBodyOfDeclaredLengthIsNotCollected() throws Exception {
        trial.requestHeaders = List.of(Trial.header("content-length", "16"));
        trial.limits = trial.limits.withMemory(ByteSize.ofMiB(2));
        assertEquals(new GuestOutcome.Responded(), print("status: 200\n\nabc", ""));
        assertEquals("abc", trial.text());
    }

    @Test
    void aClientThatBreaksOffEndsIt() throws Exception {
        trial.upload.sink().write(new byte[] {'x'});
        trial.upload.fail(HttpErrorCode.of("connection-terminated"));
        assertEquals(new GuestOutcome.Abandoned(), print("", ""));
    }
}
