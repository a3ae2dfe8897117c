package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DeployTest {
    @TempDir
    static Path folder;

    private static RunningCreel creel;

    @BeforeAll
    static void start() throws Exception {
        creel = RunningCreel.start(folder, "--executors", "2");
    }

    @AfterAll
    static void stop() throws Exception {
        creel.close();
    }

    @Test
    void deploysCallsRedeploysAndDeletes() throws Exception {
        var app = Apps.write(
                folder, "cycle", "1.0.0", Files.readAllBytes(Apps.hello().resolve("hello.wasm")), "");
        var deployed = json(creel.must("deploy", app.toString(), "--json"));
        assertEquals("cycle", deployed.path("name").asString());
        assertEquals("1.0.0", deployed.path("version").asString());
        assertEquals("ready", deployed.path("state").asString());
        assertEquals("cycle.apps.localhost", deployed.path("host").asString());
        assertEquals(
                "http://cycle.apps.localhost:" + creel.port,
                deployed.path("url").asString());
        var hello = creel.get("cycle.apps.localhost", "/some/path?q=1");
        assertEquals(200, hello.status(), () -> hello.text() + "\n" + creel.log.soFar());
        assertEquals("Hello from Creel! You asked for /some/path?q=1\n", hello.text());

        Apps.trial(folder, "cycle", "1.0.0");
        creel.must("deploy", app.toString());
        assertEquals("trial\n", creel.get("cycle.apps.localhost", "/").text());

        creel.must("delete", "cycle");
        assertEquals(404, awaitStatus("cycle.apps.localhost", 404));
        assertFalse(creel.must("apps", "--json").contains("\"cycle\""));
    }

    @Test
    void listsApplicationsInOneDocument() throws Exception {
        creel.must("deploy", Apps.trial(folder, "listed", "2.1.0").toString());
        var listed = json(creel.must("apps", "--json"));
        assertTrue(listed.isArray());
        var names = new ArrayList<String>();
        listed.forEach(app -> names.add(app.path("name").asString() + " "
                + app.path("version").asString() + " "
                + app.path("state").asString()));
        assertTrue(names.contains("listed 2.1.0 ready"), names.toString());
    }

    @Test
    void answersWellKnownPathsAsSpinDoes() throws Exception {
        creel.must("deploy", Apps.trial(folder, "known", "1.0.0").toString());
        var info =
                json(creel.get("known.apps.localhost", "/.well-known/spin/info").text());
        assertEquals("known", info.path("name").asString());
        assertTrue(info.path("oci_image_digest").asString().startsWith("sha256:"), info.toString());
        assertEquals(
                "OK",
                creel.get("known.apps.localhost", "/.well-known/spin/health").text());
        assertEquals(
                404,
                creel.get("known.apps.localhost", "/.well-known/spin/other").status());
    }

    @Test
    void showsWhatNodesAndApplicationsDo() throws Exception {
        creel.must("deploy", Apps.trial(folder, "counted", "1.0.0").toString());
        for (int i = 0; i < 3; i++) {
            creel.get("counted.apps.localhost", "/");
        }
        creel.get("counted.apps.localhost", "/trap");
        var top = creel.must("top", "--once", "--apps", "1000");
        assertTrue(top.lines().anyMatch(line -> line.startsWith("executor-1 ")), top);
        assertTrue(top.lines().anyMatch(line -> line.startsWith("executor-2 ")), top);
        var line = top.lines()
                .filter(one -> one.startsWith("counted (owner) "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(top));
        assertEquals("4", line.substring("counted (owner)".length()).strip().split(" +")[0], top);
        var nodes = json(creel.must("top", "--once", "--json")).path("nodes");
        assertEquals(2, nodes.size());
        assertEquals(2, creel.creel("top", "--interval", "1").exit());
    }

    @Test
    void showsWhatGuestsPrint() throws Exception {
        creel.must("deploy", Apps.trial(folder, "printer", "1.0.0").toString());
        creel.get("printer.apps.localhost", "/print");
        creel.get("printer.apps.localhost", "/trap");
        var logs = creel.must("logs", "printer");
        assertTrue(logs.contains("main stdout: printed to stdout"), logs);
        assertTrue(logs.contains("main stderr: printed to stderr"), logs);
        assertTrue(logs.contains("unreachable"), "a trap's reason reaches the log: " + logs);
    }

    @Test
    void twoDeploysOfOneApplicationAtOnceEndWithOneOfThemServing() throws Exception {
        var one = Apps.trial(Files.createDirectories(folder.resolve("one")), "race", "1.0.0");
        var two = Apps.trial(Files.createDirectories(folder.resolve("two")), "race", "2.0.0");
        try (var pool = Executors.newFixedThreadPool(2)) {
            Callable<Program.Result> first = () -> creel.creel("deploy", one.toString());
            Callable<Program.Result> second = () -> creel.creel("deploy", two.toString());
            var results = pool.invokeAll(java.util.List.of(first, second));
            // The one that was overtaken may say so; the other must have succeeded.
            assertTrue(results.get(0).get().exit() == 0 || results.get(1).get().exit() == 0, () -> results.toString());
        }
        assertEquals("trial\n", creel.get("race.apps.localhost", "/").text());
    }

    @Test
    void keepsTheThreeHostsApart() throws Exception {
        var bearer = java.util.List.of("Authorization: Bearer " + creel.token());
        var none = new byte[0];
        assertEquals(
                200,
                RawHttp.send(creel.port, "GET", "creel.localhost", "/api/apps", bearer, none)
                        .status());
        assertEquals(
                200,
                RawHttp.send(creel.port, "GET", "registry.creel.localhost", "/v2/", bearer, none)
                        .status());
        assertEquals(
                200,
                RawHttp.send(creel.port, "GET", "127.0.0.1:" + creel.port, "/v2/", bearer, none)
                        .status());
        assertEquals(
                404,
                RawHttp.send(creel.port, "GET", "registry.creel.localhost", "/api/apps", bearer, none)
                        .status());
        assertEquals(
                404,
                RawHttp.send(creel.port, "GET", "nobody.apps.localhost", "/api/apps", bearer, none)
                        .status());
        assertEquals(401, creel.get("creel.localhost", "/api/apps").status());
    }

    @Test
    void setsVariablesThatTheApplicationDeclares() throws Exception {
        var app = Apps.write(
                folder,
                "vars",
                "1.0.0",
                Files.readAllBytes(Apps.trialWasm()),
                "[variables]\ngreeting = { default = \"hi\" }\n");
        creel.must("deploy", app.toString(), "--variable", "greeting=moin");
        var wrong = creel.creel("deploy", app.toString(), "--variable", "greting=moin");
        assertEquals(1, wrong.exit());
        assertTrue(wrong.err().contains("greting"), wrong.err());
    }

    @Test
    void wrongUsageExitsWithTwoAndFailureWithOne() throws Exception {
        assertEquals(2, creel.creel("deploy", "--no-such-option").exit());
        assertEquals(2, creel.creel("no-such-command").exit());
        assertEquals(1, creel.creel("delete", "no-such-app").exit());
        assertEquals(0, creel.creel("--help").exit());
        var refused = Program.run(folder, Map.of("CREEL_URL", creel.url, "CREEL_TOKEN", "wrong"), "apps");
        assertEquals(1, refused.exit());
        assertFalse(refused.err().isBlank());
    }

    private static int awaitStatus(String host, int status) throws Exception {
        for (int i = 0; i < 100; i++) {
            if (creel.get(host, "/").status() == status) {
                return status;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        return creel.get(host, "/").status();
    }

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }
}
