package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.logs.GuestLine;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications whose components are CGI commands, or modules of Spin 1, on a whole executor. */
@Timeout(120)
class WagiTest {
    @TempDir
    static Path directory;

    private static TrialExecutor executor;
    private static RevisionId app;

    @BeforeAll
    static void start() throws Exception {
        executor = new TrialExecutor(TrialExecutor.quick(), directory.resolve("node"));
        app = executor.ready(push("{\"type\": \"wagi\", \"argv\": \"tool ${SCRIPT_NAME} ${ARGS}\"}"));
    }

    @AfterAll
    static void stop() {
        executor.close();
    }

    private static Digest push(String how) throws IOException {
        var command = executor.layer(MediaTypes.WASM, guest("command.wasm"));
        var old = executor.layer(MediaTypes.WASM, guest("spin1.wasm"));
        var app = """
            {"spin_lock_version": 1, "metadata": {"name": "trial"},
             "triggers": [
              {"id": "a", "trigger_type": "http", "trigger_config": {"component": "cgi", "route": "/cgi/...", "executor": %s}},
              {"id": "b", "trigger_type": "http", "trigger_config": {"component": "old", "route": "/..."}}],
             "components": [
              {"id": "cgi", "source": {"digest": "%s"}, "env": {"OWN": "setting"}},
              {"id": "old", "source": {"digest": "%s"}}]}
            """.formatted(how, command.digest(), old.digest());
        return executor.push(app, command, old);
    }

    private static byte[] guest(String name) throws IOException {
        return Files.readAllBytes(Path.of("../engine/src/test/guests", name));
    }

    @Test
    void tellsACommandOfItsRequest() throws Exception {
        var variables = List.of(executor.get(app, "/cgi/vars?q=1").body().split("\n"));
        for (var expected : List.of(
                "OWN=setting",
                "PATH_INFO=/vars",
                "QUERY_STRING=q=1",
                "SCRIPT_NAME=/cgi",
                "REMOTE_ADDR=203.0.113.7",
                "REQUEST_METHOD=GET",
                "HTTP_HOST=127.0.0.1:" + executor.port(),
                "CONTENT_LENGTH=0")) {
            assertTrue(variables.contains(expected), expected + " in " + variables);
        }
        assertTrue(variables.stream().noneMatch(line -> line.startsWith("HTTP_SPIN_")), variables.toString());
        assertTrue(variables.stream().noneMatch(line -> line.startsWith("HTTP_CREEL_")), variables.toString());
    }

    @Test
    void fillsItsArgumentsIn() throws Exception {
        assertEquals(
                "tool\n/cgi/args\na=1\nb\n",
                executor.get(app, "/cgi/args?a=1&b").body());
    }

    @Test
    void answersWithWhatACommandPrints() throws Exception {
        var response = print("status: 418 I'm a teapot\nx-kind: pot\n\nshort and stout", "");
        assertEquals(418, response.statusCode());
        assertEquals("pot", response.headers().firstValue("x-kind").orElseThrow());
        assertEquals("15", response.headers().firstValue("content-length").orElseThrow());
        assertEquals("short and stout", response.body());
        assertEquals(GuestLine.Source.STDERR, executor.line("asked for /print").source());
    }

    @Test
    void aLargeAnswerGoesOutWhileTheCommandStillPrints() throws Exception {
        var large = "0123456789".repeat(200_000);
        assertEquals(large, print("content-type: text/plain\n\n" + large, "").body());
    }

    @Test
    void aCommandThatFailsIsA500WithoutABody() throws Exception {
        for (var end : List.of("3", "trap")) {
            var response = print("content-type: text/plain\n\nprinted before", end);
            assertEquals(500, response.statusCode());
            assertEquals("", response.body());
        }
        executor.line("the guest exited with code 3");
    }

    @Test
    void saysWhatACommandForgotAndWritesItDown() throws Exception {
        var response = print("just text\n\n", "");
        assertEquals(500, response.statusCode());
        assertEquals("Exactly one of 'location' or 'content-type' must be specified", response.body());
        assertEquals(500, print("", "").statusCode());
        executor.line("it wrote nothing to its standard output");
        assertEquals(502, print("status: abc\n\n", "").statusCode());
    }

    @Test
    void aModuleOfSpin1AnswersBesideIt() throws Exception {
        var response = executor.get(app, "/show?x");
        assertTrue(response.body().startsWith("0 /show?x\n"), response.body());
        assertTrue(response.body().contains("\nspin-path-info: /show\n"), response.body());
        assertEquals("text/plain", response.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void aMethodThatSpin1DoesNotKnowIs405() throws Exception {
        var request = executor.request(app, "/show").method("BREW", BodyPublishers.noBody());
        var response = executor.client.send(request.build(), BodyHandlers.ofString());
        assertEquals(405, response.statusCode());
        assertEquals("", response.body());
    }

    @Test
    void refusesACommandWithoutTheExecutorForIt() throws Exception {
        assertEquals(
                "component \"cgi\": it is a command, not an HTTP handler; give its trigger executor = { type = \"wagi\" }",
                executor.refused(push("{\"type\": \"http\"}")));
    }

    private static HttpResponse<String> print(String output, String end) throws Exception {
        var request = executor.request(app, "/cgi/print?" + end).POST(BodyPublishers.ofString(output));
        return executor.client.send(request.build(), BodyHandlers.ofString());
    }
}
